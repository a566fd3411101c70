import { createHmac } from 'node:crypto';
import { canonicalize } from '../canonical-json';
import type { AttributeId } from '../agreeing/vocabulary';
import type { CheckId, Decision, ExchangeRequest } from '../asking/exchange';

/**
 * What happened: `asked` before a question goes out, `answered` before an answer does, `received` when it has come; a choice; what is said to be wrong, was put right, or was `found-right`; a change that was `change-told` to another body unasked, or `change-heard` from it; that another body has `erased` what it had told; that their records at two bodies were linked, and are so no more.
 * @public
 */
export const ENTRY_KINDS = ['asked', 'answered', 'received', 'choice-given', 'choice-withdrawn', 'disputed', 'corrected', 'found-right', 'change-told', 'change-heard', 'erased', 'linked', 'unlinked'] as const;
/** @public */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A line of a body's log. It holds no value and no name: who is meant can be worked out only with a key that is the person's own, and is destroyed with their record. @public */
export interface Entry {
  readonly v: 1;
  /** When, an instant. */
  readonly t: string;
  readonly kind: EntryKind;
  /** The exchange; null for what is none. */
  readonly exchange: string | null;
  /** The other body; null where there is none. */
  readonly peer: string | null;
  readonly agreement: string | null;
  readonly purpose: string | null;
  readonly attributes: readonly AttributeId[];
  /** {@link subjectMark} of who is meant. */
  readonly subject: string;
  /** Null where nothing was to be decided. */
  readonly allow: boolean | null;
  /** The checks that failed. */
  readonly failed: readonly CheckId[];
  /** `Content-Digest` of the question and of what was answered. */
  readonly req: string | null;
  readonly res: string | null;
  /** The other body's checkpoint, as it came with its message: SHA-256 in base64url. */
  readonly peerCheckpoint: string | null;
}

/** The bytes of an entry, whose hash is the leaf of the log's tree: canonical JSON (RFC 8785). @public */
export function entryBytes(entry: Entry): Uint8Array { return new Uint8Array(Buffer.from(canonicalize(entry))); }

/** Who is meant, in the log of one body: the same mark each time, and nobody's who has not the key. @public @param subjectKey 32 bytes, of one person */
export function subjectMark(subjectKey: Uint8Array, localId: string): string { return createHmac('sha256', subjectKey).update(localId).digest('base64url'); }

/** What an entry says of a question, and of what was decided about it. @public */
export function entryOf(kind: 'asked' | 'answered' | 'received' | 'change-told' | 'change-heard', request: Pick<ExchangeRequest, 'exchange' | 'agreement' | 'purpose' | 'attributes'>, { at, peer, subject, decision, req, res = null, peerCheckpoint = null }: {
  readonly at: Date; readonly peer: string | null; readonly subject: string; readonly decision: Decision; readonly req: string | null; readonly res?: string | null; readonly peerCheckpoint?: string | null;
}): Entry {
  const { exchange, agreement, purpose, attributes } = request;
  return { v: 1, t: at.toISOString(), kind, exchange, peer, agreement, purpose, attributes, subject, allow: decision.allow, failed: decision.reasons.filter(({ pass }) => !pass).map(({ id }) => id), req, res, peerCheckpoint };
}
