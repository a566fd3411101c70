import type { webcrypto } from 'node:crypto';
import { NotAuthenticated } from '@guildhall/kernel-contract';
import type { JWK, JWTVerifyGetKey } from 'jose';
import { isKeyFor, publicPartsOf } from './algorithms';
import type { Algorithm } from './algorithms';
import type { FarEndDocuments } from './far-end-documents';

/** A token is signed by a key that the issuer does not publish. */
export class UnknownKey extends NotAuthenticated {}

/** The keys by which an issuer's tokens are signed: found by `kid`, and looked for again once when one is new. */
export function publishedKeysAt(documents: FarEndDocuments, jwksUri: string, algorithm: Algorithm): JWTVerifyGetKey {
  const find = (document: unknown, kid: string | undefined): JWK | undefined => {
    const usable = keysIn(document).filter((key) => isKeyFor(key, algorithm));
    // A token need not name its key where there is only one (OpenID Connect Core 1.0, 10.1).
    return kid === undefined ? (usable.length === 1 ? usable[0] : undefined) : usable.find((key) => key.kid === kid);
  };
  return async ({ kid }): Promise<webcrypto.CryptoKey> => {
    const found = find(await documents.read(jwksUri), kid) ?? find(await documents.readAgain(jwksUri), kid);
    if (!found) throw new UnknownKey('The token is signed by a key that is not published.');
    const { importJWK } = await import('jose');
    const key = await importJWK(publicPartsOf(found), algorithm);
    if (key instanceof Uint8Array) throw new UnknownKey('The key that is published is no public key.');
    return key;
  };
}

function keysIn(document: unknown): readonly JWK[] {
  const keys = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  return Array.isArray(keys) ? (keys as readonly JWK[]) : [];
}
