import type { Language } from '@guildhall/kernel-contract';
import type { Agreement } from '../agreeing/agreement';
import { documentDigest } from '../agreeing/agreement';
import { documentReader } from '../read-document';

/** @public */
export const CHOICE_STATES = ['given', 'withdrawn'] as const;
/** @public */
export type ChoiceState = (typeof CHOICE_STATES)[number];

/** What somebody has said of an agreement. A later one takes the place of an earlier. @public */
export interface Choice {
  /** The agreement's id: a choice lasts from version to version, unless a version changes what is shared or why. */
  readonly agreement: string;
  /** Who is meant, between the two bodies alone. */
  readonly subject: string;
  readonly state: ChoiceState;
  readonly at: string;
  /** What was asked: `choiceScope` of the agreement as it was then. Bodies of versions before it neither send it nor take it. */
  readonly scope?: string;
  /** Of the words that were shown before: `sha256:…`. */
  readonly noticeDigest: string;
  readonly language: Language;
  /** Who pressed: the resident, or an adviser for them. */
  readonly by: 'resident' | 'adviser';
}

/** A choice as JSON Schema (draft 2020-12). @public */
export const choiceSchema = {
  $id: 'https://guildhall.example/schemas/choice.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Choice', type: 'object',
  required: ['agreement', 'subject', 'state', 'at', 'noticeDigest', 'language', 'by'], additionalProperties: false,
  properties: {
    agreement: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }, subject: { type: 'string', pattern: '^pw:[A-Za-z0-9_-]{22,64}$' }, state: { enum: CHOICE_STATES }, at: { type: 'string', format: 'date-time' },
    scope: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, noticeDigest: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, language: { enum: ['en', 'cy'] }, by: { enum: ['resident', 'adviser'] },
  },
} as const;

/** Reads a choice that another body has sent. @public */
export const readChoice = documentReader<Choice>(choiceSchema, 'a choice');

/** What a body asks another to hear how somebody's choice stands there now. @public */
export interface ChoiceQuestion extends Pick<Choice, 'agreement' | 'subject'> { /** What is known there itself, without asking others: whoever asks is asked by one of them. */ readonly hereOnly?: true }
/** What is answered: the latest choice that is known there, or none. @public */
export interface ChoiceStanding { readonly choice: Pick<Choice, 'state' | 'at' | 'scope'> | null }

const { agreement, subject, state, at, scope } = choiceSchema.properties;
/** Reads a question for how a choice stands. @public */
export const readChoiceQuestion = documentReader<ChoiceQuestion>({ type: 'object', required: ['agreement', 'subject'], additionalProperties: false, properties: { agreement, subject, hereOnly: { const: true } } }, 'a question for a choice');
/** Reads the answer to it. @public */
export const readChoiceStanding = documentReader<ChoiceStanding>({
  type: 'object', required: ['choice'], additionalProperties: false, properties: { choice: { anyOf: [{ type: 'object', required: ['state', 'at'], additionalProperties: false, properties: { state, at, scope } }, { type: 'null' }] } },
}, 'how a choice stands');

/** What somebody says yes to. */
type Scope = Pick<Agreement, 'holders' | 'receivers' | 'purpose' | 'attributes' | 'lawfulBasis' | 'special'> & { readonly choice: Pick<Agreement['choice'], 'mode'> };
/** Documents do not change: each is digested once, for it is asked at every decision. */
const scopes = new WeakMap<Scope, string>();

/** What a yes is a yes to, whatever else of the agreement changes: who tells whom what, why, by which basis, and what choice there is. @public */
export function choiceScope(agreement: Scope): string {
  const known = scopes.get(agreement);
  if (known !== undefined) return known;
  const { holders, receivers, purpose, attributes, lawfulBasis, special, choice: { mode } } = agreement;
  const found = documentDigest({ holders: [...holders].sort(), receivers: [...receivers].sort(), purpose, attributes: [...attributes].sort(), lawfulBasis, special, mode });
  scopes.set(agreement, found);
  return found;
}

/** Of what somebody has said, what counts for this version: a no always does, and a yes when it was a yes to the same; one that does not say to what, unless the same is known with it. The later one, and of two at one moment the no. @public */
export function choiceThatCounts<Said extends Pick<Choice, 'state' | 'at' | 'scope'>>(agreement: Scope, ...said: readonly (Said | null | undefined)[]): Said | undefined {
  const scopeOf = (one: Said): string => one.scope ?? said.find((other) => other?.scope !== undefined && other.state === one.state && Date.parse(other.at) === Date.parse(one.at))?.scope ?? choiceScope(agreement);
  return said.reduce<Said | undefined>((counted, one) => (one && (one.state === 'withdrawn' || scopeOf(one) === choiceScope(agreement)) ? laterChoice(counted, one) : counted), undefined);
}

/** Whether something may be shared after this choice, or after none. @public */
export function isLetBy({ mode }: Pick<Agreement['choice'], 'mode'>, state: ChoiceState | undefined): boolean {
  switch (mode) {
    case 'opt-in': return state === 'given';
    case 'opt-out': return state !== 'withdrawn';
    case 'none': return true;
  }
}

/** The later of two choices; of two at one moment the one that says no. @public */
export function laterChoice<Kept extends Pick<Choice, 'state' | 'at'>>(one: Kept | undefined, other: Kept | undefined): Kept | undefined {
  if (!one || !other) return one ?? other;
  const [at, otherAt] = [new Date(one.at).getTime(), new Date(other.at).getTime()];
  if (at !== otherAt) return at > otherAt ? one : other;
  return one.state === 'withdrawn' ? one : other;
}
