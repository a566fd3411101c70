import type { Outcome, Refusal, Text } from '@guildhall/kernel-contract';
import { canonicalize } from '../canonical-json';
import { signEnvelope, type Envelope, type NamedKey } from '../dsse';
import type { Malformed } from '../read-document';
import { WAYS_TO_LINK } from '../linking/link-messages';
import { documentReader } from '../read-document';
import { id, instant, textUpTo, wordsOf } from '../schema-parts';
import type { Body } from './body';
import { openSigned } from './open-signed';

/** Somebody whom a list names as one who looks at systems for others. @public */
export interface Assessor {
  readonly id: string;
  readonly name: Text;
  readonly keys: Body['keys'];
  /** Under which scheme: `UKAS`, `CHECK`, `CREST`. */
  readonly accreditations: readonly string[];
  /** Bodies and suppliers that own it or that it belongs to: what it says of them is their own word. */
  readonly linkedTo: readonly string[];
}

/** Whom a regional body knows: its members and those who assess. Each council decides which lists it follows, or pins a peer by itself. @public */
export interface TrustList {
  readonly id: string;
  /** Who issued it. */
  readonly by: string;
  /** The larger is the newer: an older one is never taken again. */
  readonly serial: number;
  readonly issued: string;
  readonly expires: string;
  readonly members: readonly Body[];
  readonly assessors: readonly Assessor[];
}

const text = textUpTo(300);
const words = wordsOf(text);
const keys = {
  type: 'array', minItems: 1, maxItems: 20,
  items: { type: 'object', required: ['keyid', 'x', 'from'], additionalProperties: false, properties: { keyid: { type: 'string', pattern: '^[a-z0-9-]+#[A-Za-z0-9._-]+$', maxLength: 150 }, x: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' }, from: instant, until: instant, compromisedSince: instant } },
} as const;
/** A body as JSON Schema (draft 2020-12). */
export const bodySchema = {
  type: 'object', required: ['id', 'name', 'endpoint', 'logOrigin', 'keys'], additionalProperties: false,
  properties: { id, name: words, endpoint: { type: 'string', pattern: '^https?://[^\\s?#]+$', maxLength: 300 }, logOrigin: { type: 'string', pattern: '^[^\\s+]+$', maxLength: 200 }, keys, suppliers: { type: 'array', items: id, maxItems: 50 }, waysToLink: { type: 'array', items: { enum: WAYS_TO_LINK }, uniqueItems: true } },
} as const;

/** Reads a body as its node or somebody else tells of it. Whether its keys are its own is for whoever compares them. @public */
export const readBody = documentReader<Body>(bodySchema, 'a body');

/** A trust list as JSON Schema (draft 2020-12). @public */
export const trustListSchema = {
  $id: 'https://guildhall.example/schemas/trust-list.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Trust list', type: 'object',
  required: ['id', 'by', 'serial', 'issued', 'expires', 'members', 'assessors'], additionalProperties: false,
  properties: {
    id, by: id, serial: { type: 'integer', minimum: 1 }, issued: instant, expires: instant,
    members: { type: 'array', items: bodySchema, maxItems: 2000 },
    assessors: { type: 'array', maxItems: 500, items: { type: 'object', required: ['id', 'name', 'keys', 'accreditations', 'linkedTo'], additionalProperties: false, properties: { id, name: words, keys, accreditations: { type: 'array', items: text, maxItems: 20 }, linkedTo: { type: 'array', items: id, maxItems: 100 } } } },
  },
} as const;
/** Reads a list that nobody has signed yet. What somebody has signed is for {@link openTrustList}. @public */
export const readTrustList = documentReader<TrustList>(trustListSchema, 'a trust list');

/** What a trust list is in its envelope. @public */
export const TRUST_LIST_TYPE = 'application/vnd.guildhall.trust-list+json';

/** @public */
export function signTrustList(list: TrustList, signer: NamedKey): Envelope { return signEnvelope(TRUST_LIST_TYPE, canonicalize(list), [signer]); }

/** Opens a list that its issuer has signed. How long it is good for is for {@link standingOf} to say. @public */
export function openTrustList(envelope: Envelope, issuer: readonly NamedKey[]): Outcome<TrustList, Refusal<'malformed' | 'not-signed'> | Malformed> {
  return openSigned(envelope, issuer, { type: TRUST_LIST_TYPE, read: readTrustList, notThis: 'This is not a trust list.', notSigned: 'The list is not signed by whoever issues it.' });
}

const DAY_IN_MS = 24 * 60 * 60 * 1000;
const GRACE_IN_DAYS = 30;
const WARNED_DAYS_BEFORE = 7;

/**
 * How far a list carries: `current`; `ending` within a week; `expired`, when whoever was known goes on and nobody new is; `void` after the days of grace, when nobody is known by it.
 * @public
 */
export type ListStanding = 'current' | 'ending' | 'expired' | 'void';
/** @public */
export function standingOf({ expires }: Pick<TrustList, 'expires'>, now: Date, graceInDays?: number): ListStanding {
  const left = new Date(expires).getTime() - now.getTime();
  if (left > WARNED_DAYS_BEFORE * DAY_IN_MS) return 'current';
  if (left > 0) return 'ending';
  return now < voidFrom({ expires }, graceInDays) ? 'expired' : 'void';
}

/** From when nobody is known by a list any more, unless a newer one comes. @public */
export function voidFrom({ expires }: Pick<TrustList, 'expires'>, graceInDays = GRACE_IN_DAYS): Date { return new Date(new Date(expires).getTime() + graceInDays * DAY_IN_MS); }
