import type { Outcome, Refusal, Text } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, isBare, keysAt, signEnvelope, verifyEnvelope, type BodyKey, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';

/** What a publisher is. All are listed by the same rules. @public */
export const PUBLISHER_KINDS = ['council', 'regional-body', 'supplier', 'community', 'assessor'] as const;
/** @public */
export type PublisherKind = (typeof PUBLISHER_KINDS)[number];

/** A key of a publisher's, and in whose hands it is: a contract is published by two people. @public */
export interface PublisherKey extends BodyKey {
  /** A person by their work, not by their name: `lead-developer`. */
  readonly holder: string;
}

/** Somebody who publishes packages: in their own words, signed by their own key. @public */
export interface Publisher {
  readonly id: string;
  readonly name: Text;
  readonly kind: PublisherKind;
  /** Scopes of npm under which it publishes: `@westmarch`. */
  readonly scopes: readonly string[];
  readonly contact: { readonly email: string; readonly web?: string };
  readonly keys: readonly PublisherKey[];
  /** Bodies and firms that own it or that it belongs to: what it says of their packages is their own word. */
  readonly linkedTo: readonly string[];
  /** The larger is the newer; the one before it must have named the key that signs. */
  readonly serial: number;
}

const id = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 } as const;
const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const instant = { type: 'string', format: 'date-time' } as const;

/** A publisher as JSON Schema (draft 2020-12). @public */
export const publisherSchema = {
  $id: 'https://guildhall.example/schemas/publisher.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Publisher', type: 'object',
  required: ['id', 'name', 'kind', 'scopes', 'contact', 'keys', 'linkedTo', 'serial'], additionalProperties: false,
  properties: {
    id, name: { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } }, kind: { enum: PUBLISHER_KINDS },
    scopes: { type: 'array', maxItems: 20, uniqueItems: true, items: { type: 'string', pattern: '^@[a-z0-9][a-z0-9._-]*$', maxLength: 100 } },
    contact: { type: 'object', required: ['email'], additionalProperties: false, properties: { email: { type: 'string', pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 254 }, web: { type: 'string', pattern: '^https?://\\S+$', maxLength: 300 } } },
    keys: {
      type: 'array', minItems: 1, maxItems: 20,
      items: { type: 'object', required: ['keyid', 'x', 'from', 'holder'], additionalProperties: false, properties: { keyid: { type: 'string', pattern: '^[a-z0-9-]+#[A-Za-z0-9._-]+$', maxLength: 150 }, x: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' }, from: instant, until: instant, compromisedSince: instant, holder: id } },
    },
    linkedTo: { type: 'array', maxItems: 100, items: id }, serial: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
  },
} as const;
/** Reads a publisher that nobody has signed yet. @public */
export const readPublisher = documentReader<Publisher>(publisherSchema, 'a publisher');

/** What a publisher is in its envelope. @public */
export const PUBLISHER_TYPE = 'application/vnd.guildhall.publisher+json';
/** @public */
export function signPublisher(publisher: Publisher, signers: readonly NamedKey[]): Envelope { return signEnvelope(PUBLISHER_TYPE, canonicalize(publisher), signers); }

/** Why what somebody says of themselves is not taken. @public */
export type PublisherRefusal = Refusal<'malformed' | 'not-signed' | 'not-newer' | 'another'> | Malformed;

/**
 * Opens what a publisher says of itself. The first time it is signed by one of its own keys, and whether that is who it says it is, is for whoever lists it to make sure; later by a key that the one before
 * named and that was good then, so that a stranger cannot put keys of their own in its place.
 * @public
 * @param before what is known of it, where something is
 */
export function openPublisher(envelope: Envelope, before: Publisher | undefined, now: Date): Outcome<Publisher, PublisherRefusal> {
  if (envelope.payloadType !== PUBLISHER_TYPE) return refused('malformed', 'This is not a publisher.');
  const read = readPublisher(jsonOf(envelope));
  if (!read.ok) return read;
  const publisher = read.value;
  const twice = publisher.keys.find((key, at) => publisher.keys.some((other, earlier) => earlier < at && (other.keyid === key.keyid || isSameKey(other, key))));
  if (twice) return refused('malformed', `The key ${twice.keyid} is named twice. A key is in the hands of one person.`);
  if (before && publisher.id !== before.id) return refused('another', `This is ${publisher.id}, and not ${before.id}.`);
  if (before && publisher.serial <= before.serial) return refused('not-newer', `Number ${before.serial} of ${publisher.id} is known already, and this is number ${publisher.serial}.`);
  if (!verifyEnvelope(envelope, publisherKeysAt(before ?? publisher, now), 1).ok) return refused('not-signed', before ? `This is not signed by a key that ${publisher.id} had before.` : `This is not signed by a key of ${publisher.id}.`);
  return done(publisher);
}

/** By its bytes: base64url of 32 bytes ends in two bits that mean nothing, so that a key can be written in four ways. */
function isSameKey(one: PublisherKey, other: PublisherKey): boolean { return Buffer.from(one.x, 'base64url').equals(Buffer.from(other.x, 'base64url')); }

/**
 * The keys with which a publisher could sign at that moment.
 * @public
 * @param seenAt when a log that is believed first had what was signed; that moment unless told. A stolen key can sign for any day, and so is believed of nothing that a log had only later
 */
export function publisherKeysAt(publisher: Pick<Publisher, 'keys'>, at: Date, seenAt = at): readonly NamedKey[] { return keysAt({ keys: publisher.keys.filter(({ compromisedSince }) => compromisedSince === undefined || seenAt < new Date(compromisedSince)) }, at); }

/**
 * Why an envelope is not kept though its publisher has signed it: there is more in it than was signed, which anybody could put there, so that the same would be listed again and again.
 * @public
 * @param states whose keys may have signed, good or ended
 * @returns a sentence; nothing where it is as it was signed
 */
export function respelt(envelope: Envelope, ...states: readonly Pick<Publisher, 'keys'>[]): string | undefined {
  const keys = keysAt({ keys: states.flatMap((state) => state.keys.map(({ keyid, x }) => ({ keyid, x, from: '1970-01-01T00:00:00Z' }))) }, new Date());
  return isBare(envelope, keys) ? undefined : 'It is not written as it was signed, or has signatures that nobody known here has made. Hand in the file that was signed.';
}

/** Clocks of those who sign and those who list differ by no more. */
export const CLOCKS_DIFFER_BY_MS = 5 * 60 * 1000;

/** What an envelope holds, whoever signed it; nothing where that is no JSON. */
export function jsonOf({ payload }: Pick<Envelope, 'payload'>): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
