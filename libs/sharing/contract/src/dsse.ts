import type { KeyObject } from 'node:crypto';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { signEd25519, verifyEd25519 } from './ed25519';
import { documentReader } from './read-document';

/** A signed document: Dead Simple Signing Envelope, version 1.0. @public */
export interface Envelope {
  /** Base64 of the document. */
  readonly payload: string;
  /** What kind of document: `application/vnd.in-toto+json`. Signed with it, so that it can be taken for no other. */
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid?: string; /** Base64. */ readonly sig: string }[];
}
/** A key and the name under which others find it. @public */
export interface NamedKey { readonly keyid: string; readonly key: KeyObject }

const base64 = { type: 'string', pattern: '^[A-Za-z0-9+/_-]*={0,2}$' } as const;
/** Reads an envelope from a file. What is in it and who has signed it is for {@link verifyEnvelope}. @public */
export const readEnvelope = documentReader<Envelope>({
  type: 'object', required: ['payload', 'payloadType', 'signatures'], additionalProperties: false,
  properties: {
    payload: base64, payloadType: { type: 'string', minLength: 1, maxLength: 200 },
    signatures: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'object', required: ['sig'], additionalProperties: false, properties: { keyid: { type: 'string', maxLength: 200 }, sig: { ...base64, maxLength: 200 } } } },
  },
}, 'a signed document');

/** What is signed of an envelope: `PAE(type, body)` of the protocol. @public */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `), payload]));
}

/** @public @throws TypeError when a key is not a private one for Ed25519 */
export function signEnvelope(payloadType: string, payload: string | Uint8Array, signers: readonly NamedKey[]): Envelope {
  const bytes = new Uint8Array(Buffer.from(payload));
  return {
    payload: Buffer.from(bytes).toString('base64'), payloadType,
    signatures: signers.map(({ keyid, key }) => ({ keyid, sig: Buffer.from(signEd25519(preAuthenticationEncoding(payloadType, bytes), key)).toString('base64') })),
  };
}

/** What was signed, and by whom of those who were asked about. @public */
export interface Opened { readonly payload: Uint8Array; readonly payloadType: string; readonly keyids: readonly string[] }

/**
 * Opens an envelope that enough of these have signed. Who a signature says it is by is a hint: the key decides, and each counts once.
 * @public
 * @param threshold of so many different keys, all of them unless told
 */
export function verifyEnvelope(envelope: Envelope, verifiers: readonly NamedKey[], threshold = verifiers.length): Outcome<Opened, Refusal<'malformed' | 'too-few-signatures'>> {
  if (!Number.isInteger(threshold) || threshold < 1) throw new RangeError('At least one signature is wanted.');
  const payload = bytesIn(envelope.payload);
  if (!payload || typeof envelope.payloadType !== 'string') return refused('malformed', 'This is not an envelope.');
  const signed = preAuthenticationEncoding(envelope.payloadType, payload);
  const signatures = envelope.signatures.flatMap(({ sig }) => bytesIn(sig) ?? []);
  const found = verifiers.filter(({ key }) => signatures.some((signature) => verifyEd25519(signed, signature, key)));
  const keys = new Set(found.map(({ key }) => key.export({ format: 'jwk' }).x));
  if (keys.size < threshold) return refused('too-few-signatures', `${keys.size} of ${threshold} signatures are there.`);
  return done({ payload, payloadType: envelope.payloadType, keyids: found.map(({ keyid }) => keyid) });
}

/**
 * Whether an envelope is as it was signed and nothing beside: each signature by the key that it names, each key once, all in the one base64 that is written for it. An envelope can be opened with more in it,
 * which anybody could put there; where it is known by its digest, that would be another one each time.
 * @public
 * @param verifiers all keys that may have signed, good or ended
 */
export function isBare({ payload, payloadType, signatures }: Envelope, verifiers: readonly NamedKey[]): boolean {
  const signed = preAuthenticationEncoding(payloadType, new Uint8Array(Buffer.from(payload, 'base64')));
  const isPlain = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;
  return isPlain(payload) && signatures.length > 0 && new Set(signatures.map(({ keyid }) => keyid)).size === signatures.length
    && signatures.every(({ sig, keyid }) => isPlain(sig) && verifiers.some((one) => one.keyid === keyid && verifyEd25519(signed, new Uint8Array(Buffer.from(sig, 'base64')), one.key)));
}

/** Base64, of either alphabet: whoever verifies takes both (protocol, "Envelope"). */
function bytesIn(text: unknown): Uint8Array | undefined {
  return typeof text === 'string' && /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}
