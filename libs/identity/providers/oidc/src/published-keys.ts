import type { webcrypto } from 'node:crypto';
import { TokenFault } from '@guildhall/identity-contract/far-end';
import type { FarEndDocuments } from '@guildhall/identity-contract/far-end';
import type { JWK, JWTVerifyGetKey } from 'jose';
import { isKeyFor, publicPartsOf } from './algorithms';
import type { Algorithm } from './algorithms';

/** What is said of a token that is signed by a key that is not published. */
const UNKNOWN_KEY = 'ERR_UNKNOWN_KEY';

/** The keys by which an issuer's tokens are signed: found by `kid`, and looked for again once when one is new. */
export function publishedKeysAt(documents: FarEndDocuments, jwksUri: string, algorithm: Algorithm): JWTVerifyGetKey {
  const find = (document: unknown, kid: string | undefined): JWK | undefined => {
    const usable = keysIn(document).filter((key) => isKeyFor(key, algorithm));
    // A token need not name its key where there is only one (OpenID Connect Core 1.0, 10.1).
    return kid === undefined ? (usable.length === 1 ? usable[0] : undefined) : usable.find((key) => key.kid === kid);
  };
  return async ({ kid }): Promise<webcrypto.CryptoKey> => {
    const found = find(await documents.read(jwksUri), kid) ?? find(await documents.readAgain(jwksUri), kid);
    if (!found) throw new TokenFault(UNKNOWN_KEY);
    const { importJWK } = await import('jose');
    const key = await importJWK(publicPartsOf(found), algorithm);
    if (key instanceof Uint8Array) throw new TokenFault(UNKNOWN_KEY);
    return key;
  };
}

function keysIn(document: unknown): readonly JWK[] {
  const keys = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  return Array.isArray(keys) ? (keys as readonly JWK[]) : [];
}
