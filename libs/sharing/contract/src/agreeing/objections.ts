import type { Agreement } from './agreement';
import { ASSURANCE_LEVELS, CHOICE_MODES } from './agreement';
import type { Guideline, GuidelineRule } from './guideline';
import { dateAfter, isLongerThan, periodInEnglish } from './periods';
import type { AttributeId, Sensitivity, Vocabulary } from './vocabulary';

/** What stands against an agreement in somebody's rules. @public */
export interface Objection {
  readonly guideline: string;
  /** Whose rule it is. */
  readonly by: string;
  readonly rule: string;
  /** The rule, and what the agreement says instead. For an officer. */
  readonly text: string;
}

/** What some service, or another system of a receiver, asks for, and what for. @public */
export interface AskedFor { readonly attribute: AttributeId; readonly purpose: string }

/** What is known of the world an agreement is for. @public */
export interface ObjectionsAsked {
  readonly vocabulary: Vocabulary;
  /** What its receivers ask for, all of it; without it nobody can say whether every item is used: {@link unsettled}. */
  readonly used?: readonly AskedFor[];
}

/**
 * What stands against an agreement in each of these guidelines, one sentence each; nothing when all of them allow it. With the guidelines of both sides it answers: can these two share this, and if not,
 * where do their rules differ?
 * @public
 */
export function objections(agreement: Agreement, guidelines: readonly Guideline[], asked: ObjectionsAsked): readonly Objection[] {
  return guidelines.flatMap(({ id, by, rules }) => rules.flatMap((rule) => {
    const instead = breach(agreement, rule, asked);
    return instead === undefined ? [] : [{ guideline: id, by, rule: rule.id, text: `${asked.vocabulary.bodies[by]?.en ?? by}: ${withoutFullStop(rule.sentence.en)}. ${instead}` }];
  }));
}

/**
 * The rules of these guidelines of which nobody can say here whether an agreement keeps to them: silence of {@link objections} is no consent to these.
 * @public
 */
export function unsettled(guidelines: readonly Guideline[], { vocabulary, used }: ObjectionsAsked): readonly Objection[] {
  if (used) return [];
  return guidelines.flatMap(({ id, by, rules }) => rules.filter(({ check }) => check === 'every-item-is-used').map((rule) => ({
    guideline: id, by, rule: rule.id, text: `${vocabulary.bodies[by]?.en ?? by}: ${withoutFullStop(rule.sentence.en)}. This cannot be looked at here: whoever asks knows what its services ask for.`,
  })));
}

/** What the agreement does against the rule, in a sentence; nothing when it keeps to it. */
function breach(agreement: Agreement, rule: GuidelineRule, { vocabulary, used }: ObjectionsAsked): string | undefined {
  const { attributes, choice, purpose, retention, review, from, channels, assurance, dpia, children, automatedDecision } = agreement;
  const shared = (ids: readonly string[]): readonly string[] => attributes.filter((id) => ids.includes(id));
  const unless = (holds: boolean, instead: string): string | undefined => (holds ? undefined : instead);
  switch (rule.check) {
    case 'choice': {
      const concerned = rule.of === undefined || attributes.some((id) => isAtLeast(vocabulary.attributes.find((one) => one.id === id)?.sensitivity, rule.of as Sensitivity));
      return unless(!concerned || freedom(choice.mode) >= freedom(rule.atLeast), `This agreement is ${CHOICE_WORDS[choice.mode]}.`);
    }
    case 'review-within': return unless(review <= dateAfter(from, rule.period), `This agreement is first reviewed on ${review}.`);
    case 'kept-no-longer-than': return unless(!isLongerThan(retention, rule.period), `This agreement keeps what is told for ${periodInEnglish(retention)}.`);
    case 'never-shared': case 'answers-not-copies': return unless(shared(rule.attributes).length === 0, `This agreement shares ${shared(rule.attributes).join(', ')}.`);
    case 'never-for': return unless(!rule.purposes.includes(purpose), `This agreement is for ${purpose}.`);
    case 'only-managed-devices': return unless(channels.every(({ device }) => device !== 'unmanaged'), 'This agreement lets devices ask that nobody looks after.');
    case 'assurance': return unless(assurance.some(({ by }) => ASSURANCE_LEVELS.indexOf(by) >= ASSURANCE_LEVELS.indexOf(rule.by)), `This agreement asks for no assurance by ${rule.by}.`);
    case 'dpia': return unless(dpia !== null, 'This agreement names no data protection impact assessment.');
    case 'children-need-a-reason': return unless(shared(rule.attributes).length === 0 || children !== null, `This agreement shares ${shared(rule.attributes).join(', ')} and gives no compelling reason.`);
    case 'every-item-is-used': {
      const idle = attributes.filter((id) => used && !used.some((one) => one.attribute === id && one.purpose === purpose));
      return unless(idle.length === 0, `Nobody asks for ${idle.join(', ')} to that end.`);
    }
    case 'no-decision-by-machine-alone': return unless(automatedDecision === null, `This agreement is for a decision by a machine: ${automatedDecision ?? ''}.`);
    case 'what-was-shared-is-not-used-again': return unless(choice.mode === 'none' || choice.onWithdrawal !== 'keep-what-was-decided', 'This agreement lets what was decided stand when somebody says no.');
  }
}

const CHOICE_WORDS = { 'opt-in': 'opt-in: nothing is shared until somebody says yes', 'opt-out': 'opt-out: it is shared until somebody says no', none: 'without a choice' } as const;
/** The freer, the more: opt-in, opt-out, none. */
function freedom(mode: Agreement['choice']['mode']): number { return -CHOICE_MODES.indexOf(mode); }

const SENSITIVITIES: readonly (Sensitivity | undefined)[] = ['ordinary', 'sensitive', 'special-category'];
function isAtLeast(sensitivity: Sensitivity | undefined, least: Sensitivity): boolean { return SENSITIVITIES.indexOf(sensitivity) >= SENSITIVITIES.indexOf(least); }

function withoutFullStop(sentence: string): string { return sentence.replace(/\.$/, ''); }
