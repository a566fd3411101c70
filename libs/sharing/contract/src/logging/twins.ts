import { documentReader } from '../read-document';
import type { EntryKind } from './entry';

/** Which exchanges another body has in its log: asked by one of the two they are between. @public */
export interface TwinsQuestion { readonly exchanges: readonly string[] }
/** What it has of each: the kinds of its entries, none where it knows nothing of it. @public */
export interface TwinsAnswer { readonly twins: readonly { readonly exchange: string; readonly kinds: readonly EntryKind[] }[] }

/** So many at once. @public */
export const MOST_TWINS = 500;

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;

/** @public */
export const twinsQuestionSchema = {
  $id: 'https://guildhall.example/schemas/twins-question.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Which exchanges a body has in its log', type: 'object', required: ['exchanges'], additionalProperties: false,
  properties: { exchanges: { type: 'array', items: uuid, minItems: 1, maxItems: MOST_TWINS, uniqueItems: true } },
} as const;
/** @public */
export const twinsAnswerSchema = {
  $id: 'https://guildhall.example/schemas/twins-answer.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Exchanges that a body has in its log', type: 'object', required: ['twins'], additionalProperties: false,
  properties: { twins: { type: 'array', maxItems: MOST_TWINS, items: { type: 'object', required: ['exchange', 'kinds'], additionalProperties: false, properties: { exchange: uuid, kinds: { type: 'array', maxItems: 10, items: { enum: ['asked', 'answered', 'received'] } } } } } },
} as const;

/** @public */
export const readTwinsQuestion = documentReader<TwinsQuestion>(twinsQuestionSchema, 'a question about exchanges');
/** @public */
export const readTwinsAnswer = documentReader<TwinsAnswer>(twinsAnswerSchema, 'an answer about exchanges');
