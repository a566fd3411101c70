import type { Language } from '@guildhall/kernel-contract';
import type { Agreement } from '../agreeing/agreement';
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
    noticeDigest: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, language: { enum: ['en', 'cy'] }, by: { enum: ['resident', 'adviser'] },
  },
} as const;

/** Reads a choice that another body has sent. @public */
export const readChoice = documentReader<Choice>(choiceSchema, 'a choice');

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
