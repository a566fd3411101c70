import { documentReader } from '../read-document';
import type { PersonKeys } from './person-keys';

/** How somebody's records at two bodies may be linked: they sign in at the other body too, or one record there alone fits what they have proved here. @public */
export const WAYS_TO_LINK = ['sign-in', 'match'] as const;
/** @public */
export type WayToLink = (typeof WAYS_TO_LINK)[number];

/**
 * What a body says to another of a link (`POST …/links`, signed for `guildhall-link`): `match` asks whether one person alone fits, `begin` says that somebody is on their way to sign in there,
 * `redeem` brings what they came back with, and `end` that the link is no more: `because` the person was erased there, where that is so. Then what was told of them is erased there, too (UK GDPR, Article 19).
 * @public
 */
export type LinkMessage =
  | { readonly kind: 'match'; readonly keys: PersonKeys }
  | { readonly kind: 'begin'; /** Comes back with the browser; it means something only to who made it. */ readonly state: string }
  | { readonly kind: 'redeem'; readonly code: string; readonly state: string }
  | { readonly kind: 'end'; readonly subject: string; readonly because?: 'erased' };

/** What is answered: to `match` whom the keys fit, to `begin` where the browser goes, to `redeem` the name that only the two have, to `end` that it is so. @public */
export type LinkAnswer =
  | { readonly match: 'one'; readonly subject: string }
  | { readonly match: 'none' | 'several' }
  | { readonly ticket: string }
  | { readonly subject: string }
  | { readonly ended: true };

const opaque = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' } as const;
const subject = { type: 'string', pattern: '^pw:[A-Za-z0-9_-]{22,64}$' } as const;
const keys = {
  type: 'object', required: ['name', 'dateOfBirth', 'postcode'], additionalProperties: false,
  properties: { name: { type: 'string', minLength: 1, maxLength: 200 }, dateOfBirth: { type: 'string', format: 'date' }, postcode: { type: 'string', minLength: 1, maxLength: 10 }, uprn: { type: 'string', pattern: '^[1-9]\\d{0,11}$' } },
} as const;
const exactly = (properties: object): object => ({ type: 'object', required: Object.keys(properties), additionalProperties: false, properties });

/** A message about a link as JSON Schema (draft 2020-12). @public */
export const linkMessageSchema = {
  $id: 'https://guildhall.example/schemas/link-message.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Message about a link', type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' },
  oneOf: [exactly({ kind: { const: 'match' }, keys }), exactly({ kind: { const: 'begin' }, state: opaque }), exactly({ kind: { const: 'redeem' }, code: opaque, state: opaque }), { type: 'object', required: ['kind', 'subject'], additionalProperties: false, properties: { kind: { const: 'end' }, subject, because: { const: 'erased' } } }],
} as const;
/** What is answered to it. @public */
export const linkAnswerSchema = {
  $id: 'https://guildhall.example/schemas/link-answer.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Answer about a link', type: 'object',
  oneOf: [exactly({ match: { const: 'one' }, subject }), exactly({ match: { enum: ['none', 'several'] } }), exactly({ ticket: opaque }), exactly({ subject }), exactly({ ended: { const: true } })],
} as const;

/** @public */
export const readLinkMessage = documentReader<LinkMessage>(linkMessageSchema, 'a message about a link');
/** @public */
export const readLinkAnswer = documentReader<LinkAnswer>(linkAnswerSchema, 'an answer about a link');
