import { createHash } from 'node:crypto';

/** What two people compare by telephone to know that they have the same key: SHA-256 of its 32 bytes, in groups of four. @param x the key in base64url, as in a JWK (RFC 8037) @public */
export function keyFingerprint(x: string): string {
  return (createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex').toUpperCase().match(/.{4}/g) ?? []).join(' ');
}
