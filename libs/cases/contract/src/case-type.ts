import type { Permission, Text } from '@guildhall/kernel-contract';
import type { ReportStatus } from './report-status';
import { namesIn } from './words';

/**
 * - `open`: the council has something to do; its time runs
 * - `waiting`: the resident has something to do; the council's time stands still
 * - `closed`: nothing more to do, unless a transition leads back
 * @public
 */
export type StateKind = 'open' | 'waiting' | 'closed';

/** How long data may be kept in a state, counted from the day on which the case came into it, and why. @public */
export interface Retention {
  /** Whole months, at least 1. */
  readonly months: number;
  /** What the privacy notice says: `Claims for damage may be made for six years`. */
  readonly because: Text;
}

/** Colour of a status tag: MOJ and GOV.UK tag classes. Never the only sign: the tag has words. @public */
export type TagColour = 'grey' | 'green' | 'teal' | 'blue' | 'purple' | 'magenta' | 'red' | 'orange' | 'yellow';

/** One state of a case type. @public */
export interface CaseState {
  readonly kind: StateKind;
  /** Two or three words for the tag: `Repair ordered`. */
  readonly title: Text;
  /** What officers read instead, where the resident's words would mislead: `Waiting for the resident` for `Waiting for you`. */
  readonly deskTitle?: Text;
  readonly colour: TagColour;
  /**
   * The plain sentence with which the resident's status page begins. May name `((reference))`, `((openedOn))`, `((dueOn))` (no value once the day has passed), `((closedOn))`,
   * `((summary))` and `((council))`; words in `[[ ]]` stand only when their placeholders have values.
   */
  readonly publicText: Text;
  /** What the resident can do or expect now, below the sentence. Same placeholders. */
  readonly nextText?: Text;
  /** What other systems that follow the report read (Open311, FixMyStreet): `action_scheduled`. What the kind comes to unless said otherwise. */
  readonly reportStatus?: ReportStatus;
  /** Working days after the case comes into this state by which it must leave it. */
  readonly deadlineInWorkingDays?: number;
  /** How long the case is kept when it stays here. No state is without: a state that nobody thought about is data kept for ever. */
  readonly retention: Retention;
}

/** Reasons for a move. @public */
export interface ReasonsWanted {
  readonly required: boolean;
  /** Whether the resident reads them. */
  readonly public: boolean;
  /** The question above the box: `Why can this not be repaired?` */
  readonly question: Text;
  readonly hint?: Text;
}

/** A decision that a transition takes. Reasons are then always required and public. @public */
export interface DecisionTaken {
  /** `granted`, `refused`, or a word of the case type's own. */
  readonly outcome: string;
  readonly title: Text;
  /** The letter that carries it. Body as paragraphs; may name the state's placeholders and `((name))`, `((reasons))`, `((today))`, `((officer))`. */
  readonly letter?: { readonly heading: Text; readonly body: Text };
}

/** Who may make a move. @public */
export type Mover = 'officer' | 'resident' | 'system';

/** A way from one state to another. @public */
export interface CaseTransition<State extends string = string> {
  readonly id: string;
  readonly from: readonly State[];
  readonly to: State;
  /** The words on the button, beginning with a verb: `Order the repair`. */
  readonly title: Text;
  /** Who: officers (and machines in their place) unless said otherwise. */
  readonly by?: readonly Mover[];
  /** What an officer must hold; WORK_ON_CASES unless said otherwise, DECIDE_CASES for a decision. */
  readonly permission?: Permission;
  readonly reasons?: ReasonsWanted;
  readonly decision?: DecisionTaken;
  /** What the resident's timeline says of this move; the new state's public sentence unless said otherwise. */
  readonly publicText?: Text;
  /**
   * Template of the message that tells the resident, `none` for no message; `cases.moved` (or `cases.decided`, `cases.waiting`) unless
   * said otherwise. A resident's own move sends none.
   */
  readonly message?: string;
  /** What was paid for the case goes back to the payer, whole: announced with the move, so that a letter that promises money back is never alone with its promise. */
  readonly refunds?: 'in-full';
}

/** What kinds of case there are: data, so that a council can read, change and publish them. @public */
export interface CaseType<State extends string = string> {
  /** `report-a-problem.pothole`: begins with the package that brings it. */
  readonly id: string;
  /** Counts up with every change of states or transitions. A case keeps the version with which it was opened. */
  readonly version: number;
  /** The versions before this one, as long as cases have them. */
  readonly earlier?: readonly CaseType[];
  readonly title: Text;
  /** Code of the team that gets new cases: `streets`. */
  readonly team?: string;
  readonly initial: State;
  /** Working days within which the council means to be done; stands still while the resident is waited for. */
  readonly deadlineInWorkingDays?: number;
  readonly states: Readonly<Record<State, CaseState>>;
  readonly transitions: readonly CaseTransition<State>[];
  /** Template of the message at the opening; `cases.opened` unless said otherwise, `none` where the service sends its own. */
  readonly openedMessage?: string;
  /** What the resident's timeline says of the opening. */
  readonly openedText?: Text;
  /** Whether documents that the resident sends later are welcome on the status page. */
  readonly takesDocumentsLater?: boolean;
  /** Invented cases with which a development database begins; none for what cannot stand alone, like a case that is paid for. */
  readonly samples?: readonly CaseSample[];
}

/** An invented case. @public */
export interface CaseSample {
  /** May name `((street))`. */
  readonly summary: Text;
  readonly question: Text;
  readonly answer: Text;
}

/** Placeholders that a state's words may name. @public */
export const STATE_PLACEHOLDERS: readonly string[] = ['reference', 'openedOn', 'dueOn', 'closedOn', 'summary', 'council'];
/** Placeholders that a decision's letter may name. @public */
export const LETTER_PLACEHOLDERS: readonly string[] = [...STATE_PLACEHOLDERS, 'name', 'reasons', 'today', 'officer'];

/**
 * Declares a case type. A state without retention or a transition to a state that is not there does not compile; what the compiler cannot see
 * is refused here with a sentence that says what to change.
 *
 * @public
 * @throws Error (of what is typed, with the sentence in both languages as its cause) when a state cannot be reached, when no closed state can be reached from it, or when an id, a period or a placeholder is wrong
 */
export function defineCaseType<const State extends string>(type: Omit<CaseType<State>, 'initial' | 'transitions'> & { readonly initial: NoInfer<State>; readonly transitions: readonly CaseTransition<NoInfer<State>>[] }): CaseType<State> {
  const where = `The case type ${type.id}`;
  if (!/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(type.id)) throw new Error(`The case type's id "${type.id}" must be lower-case words with hyphens and dots, like "report-a-problem.pothole".`);
  if (!Number.isInteger(type.version) || type.version < 1) throw new Error(`${where} needs a version: a whole number from 1.`);
  for (const { id, version } of type.earlier ?? []) {
    if (id !== type.id || version >= type.version) throw new Error(`${where}: "earlier" holds ${id} version ${version}, which is not an earlier version of it.`);
  }
  const states = Object.entries<CaseState>(type.states);
  const names = new Set(states.map(([name]) => name));
  for (const [name, state] of states) {
    checkName(where, 'state', name);
    checkPeriod(`${where}, state ${name}: retention.months`, state.retention.months);
    if (state.deadlineInWorkingDays !== undefined) checkPeriod(`${where}, state ${name}: deadlineInWorkingDays`, state.deadlineInWorkingDays);
    for (const text of [state.publicText, state.nextText]) checkPlaceholders(`${where}, state ${name}`, text, STATE_PLACEHOLDERS);
  }
  if (type.deadlineInWorkingDays !== undefined) checkPeriod(`${where}: deadlineInWorkingDays`, type.deadlineInWorkingDays);
  if (!names.has(type.initial)) throw new Error(`${where} begins in ${type.initial}, which is not among its states.`);
  const ids = new Set<string>();
  for (const transition of type.transitions) {
    checkName(where, 'transition', transition.id);
    if (ids.has(transition.id)) throw new Error(`${where} has two transitions called ${transition.id}. Give one of them another id, or one of them both states in "from".`);
    ids.add(transition.id);
    if (transition.from.length === 0) throw new Error(`${where}: the transition ${transition.id} leads from nowhere. Name a state in "from".`);
    for (const state of [...transition.from, transition.to]) {
      if (!names.has(state)) throw new Error(`${where}: the transition ${transition.id} names the state ${state}, which is not there.`);
    }
    if (transition.decision?.letter) {
      for (const text of [transition.decision.letter.heading, transition.decision.letter.body]) checkPlaceholders(`${where}, letter of ${transition.id}`, text, LETTER_PLACEHOLDERS);
    }
    if (transition.decision && transition.by?.includes('resident')) throw new Error(`${where}: the resident cannot take the decision of ${transition.id}.`);
  }
  const reachable = reachableFrom(type, [type.initial]);
  for (const name of names) {
    if (!reachable.has(name)) throw new Error(`${where}: no transition leads to the state ${name}.`);
    if (![...reachableFrom(type, [name])].some((reached) => (type.states as Record<string, CaseState>)[reached]?.kind === 'closed')) throw new Error(`${where}: a case in the state ${name} can never be closed. Add a transition to a closed state.`);
  }
  return Object.freeze(type);
}

function reachableFrom(type: CaseType, start: readonly string[]): ReadonlySet<string> {
  const reached = new Set(start);
  let grew = true;
  while (grew) {
    grew = false;
    for (const { from, to } of type.transitions) {
      if (!reached.has(to) && from.some((state) => reached.has(state))) { reached.add(to); grew = true; }
    }
  }
  return reached;
}
function checkName(where: string, what: string, name: string): void {
  if (!/^[a-z][a-z0-9-]{0,48}$/.test(name)) throw new Error(`${where}: the ${what} "${name}" must be lower-case words with hyphens, like "repair-ordered".`);
}
function inBoth(sentence: Text): Error {
  return new Error(sentence.en, { cause: sentence });
}
function checkPeriod(where: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw inBoth({ en: `${where} must be a whole number from 1, not ${value}.`, cy: `${where}: rhaid iddo fod yn rhif cyfan o 1 i fyny, nid ${value}.` });
}
function checkPlaceholders(where: string, text: Text | undefined, allowed: readonly string[]): void {
  for (const name of Object.values(text ?? {}).flatMap(namesIn)) {
    if (!allowed.includes(name)) throw inBoth({ en: `${where}: the placeholder ((${name})) is not one of ${allowed.join(', ')}.`, cy: `${where}: nid yw’r dalfan ((${name})) yn un o ${allowed.join(', ')}.` });
  }
}
