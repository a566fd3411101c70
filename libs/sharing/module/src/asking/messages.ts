import type { KeyObject } from 'node:crypto';
import { Token, keysAt, parseList, type Body, type SignedRequest, type VerifiedSignature } from '@guildhall/sharing-contract';
import type { Appending } from '../logging/sharing-log';

/** A signature is believed for five minutes, and half of one for clocks. */
const NONCE_FOR_MS = 330_000;

/** By this field an asker says which members of an answer it can read that a body of the version before cannot. It is not signed: whoever takes it away takes away words, and no evidence. */
export const READS_FIELD = 'guildhall-reads';
/** As bodies have said it since there are such members, and as those of then compare it, whole. It is no list of structured fields: whoever has a third word sends all three as one (RFC 9651, 3.1). */
export const READS_MORE = 'too-old source-titles';

/** The members that an asker says it can read: of a list of tokens each; none where it is no list. */
export function readsMore({ fields }: SignedRequest): ReadonlySet<string> {
  const said = String(fields[READS_FIELD] ?? '').trim();
  if (said === READS_MORE) return new Set(said.split(' '));
  try {
    return new Set(parseList(said).flatMap((member) => ('value' in member && member.value instanceof Token ? [member.value.name] : [])));
  } catch {
    return new Set();
  }
}

/** The body that a signature says it is by: `riverbourne` of `keyid="riverbourne#2026-1"`. Its keys decide whether it is. */
export function bodyNamedIn({ fields }: SignedRequest): string { return /keyid="([a-z0-9-]{1,100})#/.exec(String(fields['signature-input'] ?? ''))?.[1] ?? ''; }

/** A body's key of this name, where it could sign with it at that moment. */
export function keyOf(body: Body | undefined, keyid: string, at: Date): KeyObject | undefined { return body && keysAt(body, at).find((key) => key.keyid === keyid)?.key; }

/** What makes a message one that came once. */
export function nonceOf({ keyid, nonce, created }: VerifiedSignature & { readonly nonce: string }): NonNullable<Appending['nonce']> { return { keyid, nonce, until: new Date(created.getTime() + NONCE_FOR_MS) }; }

/** RFC 9457. */
export function problem(status: number, title: string, detail: string): string { return JSON.stringify({ type: 'about:blank', title, status, detail }); }

/** What a text says; nothing when it is no JSON. */
export function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
