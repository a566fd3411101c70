import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { refused } from '@guildhall/kernel-contract';
import { verifyEnvelope, type Envelope, type NamedKey } from '../dsse';
import type { Malformed } from '../read-document';

/** A document that its issuer alone signs: its type in the envelope, how it is read, and what is said when it is not that. */
export interface SignedKind<Document> { readonly type: string; readonly read: (json: unknown) => Outcome<Document, Malformed>; readonly notThis: string; readonly notSigned: string }

/** Opens a document that its issuer has signed. */
export function openSigned<Document>(envelope: Envelope, issuer: readonly NamedKey[], { type, read, notThis, notSigned }: SignedKind<Document>): Outcome<Document, Refusal<'malformed' | 'not-signed'> | Malformed> {
  if (envelope.payloadType !== type) return refused('malformed', notThis);
  const opened = verifyEnvelope(envelope, issuer, 1);
  if (!opened.ok) return refused('not-signed', notSigned);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(opened.value.payload).toString('utf8')) as unknown;
  } catch {
    return refused('malformed', notThis);
  }
  return read(json);
}
