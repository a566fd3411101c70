import type { webcrypto } from 'node:crypto';
import { TokenFault } from '@guildhall/identity-contract/far-end';
import type { FarEndDocuments } from '@guildhall/identity-contract/far-end';
import type { JWK, JWTVerifyGetKey } from 'jose';

/** One Login signs everything with ES256. Whatever a token's own header says, nothing else is tried (RFC 8725, 3.1). */
export const ALGORITHM = 'ES256';

/** What is said of a token that is signed by a key that is not published. */
const UNKNOWN_KEY = 'ERR_UNKNOWN_KEY';

/** The keys by which sign-ins and sign-outs are signed: found by `kid`, and looked for again once when one is new. */
export function signingKeysAt(documents: FarEndDocuments, jwksUri: string): JWTVerifyGetKey {
  return async ({ kid }) => keyIn(kid, () => documents.read(jwksUri), () => documents.readAgain(jwksUri), jwksOf);
}

/**
 * The keys of core identities: in the pinned document of the pinned controller. A token may name a key of that controller only: its id is never resolved,
 * so that nobody can have us ask a server of theirs for a key of theirs.
 */
export function identityKeysAt(documents: FarEndDocuments, { did, didDocument }: { readonly did: string; readonly didDocument: string }): JWTVerifyGetKey {
  return async ({ kid }) => {
    if (!kid?.startsWith(`${did}#`)) throw new TokenFault(UNKNOWN_KEY);
    return keyIn(kid, () => documents.read(didDocument), () => documents.readAgain(didDocument), (document) => methodsOf(document, did));
  };
}

async function keyIn(kid: string | undefined, read: () => Promise<unknown>, readAgain: () => Promise<unknown>, keysOf: (document: unknown) => readonly JWK[]): Promise<webcrypto.CryptoKey> {
  if (!kid) throw new TokenFault(UNKNOWN_KEY);
  const isIt = (key: JWK): boolean => key.kid === kid;
  const found = keysOf(await read()).find(isIt) ?? keysOf(await readAgain()).find(isIt);
  if (!found) throw new TokenFault(UNKNOWN_KEY);
  const { importJWK } = await import('jose');
  const key = await importJWK({ kty: found.kty, crv: found.crv, x: found.x, y: found.y }, ALGORITHM);
  if (key instanceof Uint8Array) throw new TokenFault(UNKNOWN_KEY);
  return key;
}

/** The keys of a JSON Web Key Set that may verify ES256. */
function jwksOf(document: unknown): readonly JWK[] {
  return listIn(document, 'keys').filter(isUsable).filter(({ use }) => use === undefined || use === 'sig');
}

/** The keys of a DID document (W3C DID Core, 5.2) that may verify what this controller asserts. */
function methodsOf(document: unknown, did: string): readonly JWK[] {
  if (!isObject(document) || document.id !== did) return [];
  return listIn(document, 'assertionMethod').flatMap((method) => {
    if (!isObject(method) || method.controller !== did || typeof method.id !== 'string' || !isUsable(method.publicKeyJwk)) return [];
    return [{ ...method.publicKeyJwk, kid: method.id }];
  });
}

function listIn(document: unknown, name: string): readonly unknown[] {
  const list = isObject(document) ? document[name] : undefined;
  return Array.isArray(list) ? list : [];
}
function isUsable(key: unknown): key is JWK & { readonly kty: 'EC' } {
  return isObject(key) && key.kty === 'EC' && key.crv === 'P-256' && typeof key.x === 'string' && typeof key.y === 'string' && (key.alg === undefined || key.alg === ALGORITHM);
}
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
