import { documentReader } from '../read-document';
import { id as agreement, orNull, textUpTo } from '../schema-parts';
import type { AttributeId } from '../agreeing/vocabulary';

/** What came of a dispute: it was wrong and is `corrected`, or it is `right`. @public */
export const DISPUTE_OUTCOMES = ['corrected', 'right'] as const;
/** @public */
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** Words to a resident, in the languages in which they were written: one of the two at least. @public */
export interface WordsToResident { readonly en?: string; readonly cy?: string }

/** Who is meant between the two bodies, and of what. */
interface About {
  /** UUID. Sent again under it, it is the same message. */
  readonly id: string;
  /** Who is meant, between the two bodies alone: `pw:…`. */
  readonly subject: string;
  readonly attribute: AttributeId;
  /** When it was said, an instant. */
  readonly at: string;
}

/** A resident says to whoever was told something that it is wrong: the body that told it answers. @public */
export interface Disputed extends About { readonly kind: 'disputed'; /** The agreement's id. */ readonly agreement: string }
/** The answer to a dispute, under its id. @public */
export interface DisputeAnswered extends About { readonly kind: 'answered'; readonly outcome: DisputeOutcome; /** Null only where it was corrected. */ readonly words: WordsToResident | null }
/** What was told is not so any more: whoever needs it asks again (UK GDPR, Article 19). @public */
export interface Corrected extends About { readonly kind: 'corrected'; readonly agreement: string }
/** What becomes of the time in which a dispute is answered: the resident is `asked` what is right; or who they are, and it stands still (`paused`); it goes on (`resumed`); or there are two more months (`extended`). @public */
export const ANSWER_TIME_STEPS = ['asked', 'paused', 'resumed', 'extended'] as const;
/** @public */
export type AnswerTimeStep = (typeof ANSWER_TIME_STEPS)[number];
/** Says to whoever passed a dispute on, under its id, what the resident is to know while they wait (UK GDPR, Article 12A). @public */
export interface AnswerTimeTold extends About {
  readonly kind: 'time';
  readonly step: AnswerTimeStep;
  /** Null only where the time goes on. */
  readonly words: WordsToResident | null;
  /** By when there is an answer, a day: `2026-12-22`. */
  readonly dueOn: string;
  readonly isPaused: boolean;
}
/** A change that was told under this id is where it belongs, in all the records that take it. @public */
export interface ChangeConfirmed extends About { readonly kind: 'confirmed' }

/** What bodies tell each other of something that was wrong or has changed. @public */
export type Correction = Disputed | DisputeAnswered | AnswerTimeTold | Corrected | ChangeConfirmed;

const text = textUpTo(2000);
const words = { type: 'object', properties: { en: text, cy: text }, additionalProperties: false, minProperties: 1 } as const;
const ABOUT = {
  id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }, subject: { type: 'string', pattern: '^pw:[A-Za-z0-9_-]{22,64}$' },
  attribute: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$', maxLength: 100 }, at: { type: 'string', format: 'date-time' },
} as const;
const MORE: Readonly<Record<Correction['kind'], Readonly<Record<string, object>>>> = {
  disputed: { agreement }, answered: { outcome: { enum: DISPUTE_OUTCOMES }, words: orNull(words) }, time: { step: { enum: ANSWER_TIME_STEPS }, words: orNull(words), dueOn: { type: 'string', format: 'date' }, isPaused: { type: 'boolean' } }, corrected: { agreement }, confirmed: {},
};

/** What bodies tell each other of something that was wrong, as JSON Schema (draft 2020-12). @public */
export const correctionSchema = {
  $id: 'https://guildhall.example/schemas/correction.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Something that was wrong or has changed', type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' },
  oneOf: Object.entries(MORE).map(([kind, more]) => ({ properties: { kind: { const: kind }, ...ABOUT, ...more }, required: ['kind', ...Object.keys({ ...ABOUT, ...more })], additionalProperties: false })),
} as const;

/** Reads what another body tells of something that was wrong. @public */
export const readCorrection = documentReader<Correction>(correctionSchema, 'a correction');
