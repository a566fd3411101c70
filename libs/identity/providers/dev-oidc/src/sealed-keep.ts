import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IdentityConfidence } from '@guildhall/identity-contract';

/** What is needed again when the browser comes back. */
export interface Kept {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly codeVerifier: string;
  readonly confidence: IdentityConfidence;
}

/** Writes what must be kept as one opaque text, signed. */
export function seal(kept: Kept, secret: Uint8Array): string {
  const body = Buffer.from(JSON.stringify(kept)).toString('base64url');
  return `${body}.${signature(body, secret)}`;
}

/** Reads it back; undefined when anything in it was changed. */
export function unseal(text: string, secret: Uint8Array): Kept | undefined {
  const [body = '', given = '', ...rest] = text.split('.');
  const expected = Buffer.from(signature(body, secret));
  const found = Buffer.from(given);
  if (rest.length > 0 || found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined;
  // What we signed ourselves has the shape that we gave it.
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Kept;
}

function signature(body: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
