import { createHash } from 'node:crypto';

/** The left half of the hash of an access token, which an ID token has as `at_hash` (OpenID Connect Core 1.0, 3.1.3.6). @beta */
export function halfHashOf(token: string, algorithm: 'sha256' | 'sha384' | 'sha512'): string {
  const hash = createHash(algorithm).update(token, 'ascii').digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}
