import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { canonicalize } from '../canonical-json';
import { signEnvelope, verifyEnvelope, type Envelope, type NamedKey } from '../dsse';
import type { Body } from '../trusting/body';
import { keysAt } from '../trusting/body';
import type { Agreement } from './agreement';
import { partiesOf, readAgreement } from './agreement';
import type { Malformed } from '../read-document';

/** What an agreement is in its envelope. @public */
export const AGREEMENT_TYPE = 'application/vnd.guildhall.agreement+json';

/** Signs for one body, or adds its signature to those that are there. @public @throws TypeError when the envelope is of another document */
export function signAgreement(agreement: Agreement, signer: NamedKey, signed?: Envelope): Envelope {
  const envelope = signEnvelope(AGREEMENT_TYPE, canonicalize(agreement), [signer]);
  if (signed && (signed.payload !== envelope.payload || signed.payloadType !== envelope.payloadType)) throw new TypeError('Another text was signed before: all parties sign the same one.');
  return { ...envelope, signatures: [...(signed?.signatures ?? []).filter(({ keyid }) => keyid !== signer.keyid), ...envelope.signatures] };
}

/** An agreement, and who has signed it. @public */
export interface SignedAgreement { readonly agreement: Agreement; readonly signedBy: readonly string[]; /** Parties without whom it is not in force. */ readonly missing: readonly string[] }

/**
 * Opens an agreement, and says which of its parties have signed: each by a key of its own that was good at that moment.
 * @public
 * @param at when whoever opens it had it first: so it outlives the keys that signed it, and a thief cannot date one back
 */
export function openAgreement(envelope: Envelope, bodies: readonly Body[], at: Date): Outcome<SignedAgreement, Refusal<'malformed'> | Malformed> {
  if (envelope.payloadType !== AGREEMENT_TYPE) return refused('malformed', 'This is not an agreement.');
  const read = readAgreement(jsonIn(envelope.payload));
  if (!read.ok) return read;
  const agreement = read.value;
  const signedBy = partiesOf(agreement).filter((id) => {
    const keys = bodies.filter((body) => body.id === id).flatMap((body) => keysAt(body, at));
    return keys.length > 0 && verifyEnvelope(envelope, keys, 1).ok;
  });
  return done({ agreement, signedBy, missing: partiesOf(agreement).filter((id) => !signedBy.includes(id)) });
}

function jsonIn(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
