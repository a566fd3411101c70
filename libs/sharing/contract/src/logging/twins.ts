import { documentReader } from '../read-document';
import { orNull } from '../schema-parts';
import { ENTRY_KINDS, type Entry } from './entry';

/** Which exchanges and changes another body has in its log: asked by one of the two they are between. @public */
export interface TwinsQuestion { readonly exchanges: readonly string[] }
/** An entry of its log, where it stands, and the hashes in base64 that lead from it to the checkpoint. @public */
export interface EntryShown { readonly entry: Entry; readonly index: number; readonly proof: readonly string[] }
/** What it has of each, in the order of its log, none where it knows nothing of it; and a signed checkpoint over them all. @public */
export interface TwinsAnswer { readonly checkpoint: string; readonly twins: readonly { readonly exchange: string; readonly entries: readonly EntryShown[] }[] }

/** So many exchanges at once, and so many entries of one. @public */
export const MOST_TWINS = 100;
/** @public */
export const MOST_OF_EXCHANGE = 10;

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
const text = { type: 'string', maxLength: 500 } as const;

const entry = {
  type: 'object', required: ['v', 't', 'kind', 'exchange', 'peer', 'agreement', 'purpose', 'attributes', 'subject', 'allow', 'failed', 'req', 'res', 'peerCheckpoint'], additionalProperties: false,
  properties: {
    v: { const: 1 }, t: { type: 'string', format: 'date-time' }, kind: { enum: ENTRY_KINDS }, exchange: uuid, peer: orNull(text), agreement: orNull(text), purpose: orNull(text), attributes: { type: 'array', maxItems: 50, items: text }, subject: text, allow: orNull({ type: 'boolean' }),
    failed: { type: 'array', maxItems: 100, items: text }, req: orNull(text), res: orNull(text), peerCheckpoint: orNull(text),
  },
} as const;
const shown = {
  type: 'object', required: ['entry', 'index', 'proof'], additionalProperties: false,
  properties: { entry, index: { type: 'integer', minimum: 0 }, proof: { type: 'array', maxItems: 64, items: { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' } } },
} as const;

/** @public */
export const twinsQuestionSchema = {
  $id: 'https://guildhall.example/schemas/twins-question.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Which exchanges a body has in its log', type: 'object', required: ['exchanges'], additionalProperties: false,
  properties: { exchanges: { type: 'array', items: uuid, minItems: 1, maxItems: MOST_TWINS, uniqueItems: true } },
} as const;
/** @public */
export const twinsAnswerSchema = {
  $id: 'https://guildhall.example/schemas/twins-answer.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Exchanges that a body has in its log', type: 'object', required: ['checkpoint', 'twins'], additionalProperties: false,
  properties: {
    checkpoint: { type: 'string', maxLength: 5000 },
    twins: { type: 'array', maxItems: MOST_TWINS, items: { type: 'object', required: ['exchange', 'entries'], additionalProperties: false, properties: { exchange: uuid, entries: { type: 'array', maxItems: MOST_OF_EXCHANGE, items: shown } } } },
  },
} as const;

/** @public */
export const readTwinsQuestion = documentReader<TwinsQuestion>(twinsQuestionSchema, 'a question about exchanges');
/** @public */
export const readTwinsAnswer = documentReader<TwinsAnswer>(twinsAnswerSchema, 'an answer about exchanges');
