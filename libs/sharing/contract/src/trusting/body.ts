import type { KeyObject } from 'node:crypto';
import type { Text } from '@guildhall/kernel-contract';
import { ed25519Of } from '../ed25519';
import type { WayToLink } from '../linking/link-messages';
import type { NamedKey } from '../dsse';

/** A key of a body: for Ed25519, and for so long. @public */
export interface BodyKey {
  /** The body, and the key's own name: `riverbourne#2026-1`. */
  readonly keyid: string;
  /** Its 32 bytes in base64url, as `x` of a JWK (RFC 8037). */
  readonly x: string;
  /** Instants: what was signed before or after is not believed. */
  readonly from: string;
  readonly until?: string;
  /** From when somebody else may have had it: what was signed since is void, and what was logged before stands. */
  readonly compromisedSince?: string;
}

/** A public body that shares. @public */
export interface Body {
  readonly id: string;
  readonly name: Text;
  /** Where its node is: `https://share.riverbourne.example`. */
  readonly endpoint: string;
  /** The name of its log: `riverbourne.example/log`. */
  readonly logOrigin: string;
  readonly keys: readonly BodyKey[];
  /** Who makes and runs its systems for it: `host-it`. Whoever belongs to these does not look at them from outside. */
  readonly suppliers?: readonly string[];
  /** How people can be linked with it; not at all unless told. */
  readonly waysToLink?: readonly WayToLink[];
}

/** The keys with which a body could sign at that moment. @public */
export function keysAt({ keys }: Pick<Body, 'keys'>, at: Date): readonly NamedKey[] {
  return keys.filter((key) => isGoodAt(key, at)).map(({ keyid, x }) => ({ keyid, key: keyOf(x) }));
}

function isGoodAt({ from, until, compromisedSince }: BodyKey, at: Date): boolean {
  return at >= new Date(from) && !(until !== undefined && at > new Date(until)) && !(compromisedSince !== undefined && at >= new Date(compromisedSince));
}

const kept = new Map<string, KeyObject>();

/** A key is read once: reading it takes longer than a decision. */
function keyOf(x: string): KeyObject {
  const known = kept.get(x);
  if (known) return known;
  const key = ed25519Of(new Uint8Array(Buffer.from(x, 'base64url')));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(x, key);
  return key;
}
const MOST_KEPT = 10_000;
