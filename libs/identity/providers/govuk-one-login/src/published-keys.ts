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
  return async ({ kid }) => keyIn(kid, () => documents.read(jwksUri), () => documents.readAgain(jwksUri), readyForSignIns, jwksOf);
}

/**
 * The keys of core identities: in the pinned document of the pinned controller. A token may name a key of that controller only: its id is never resolved,
 * so that nobody can have us ask a server of theirs for a key of theirs.
 */
export function identityKeysAt(documents: FarEndDocuments, { did, didDocument }: { readonly did: string; readonly didDocument: string }): JWTVerifyGetKey {
  return async ({ kid }) => {
    if (!kid?.startsWith(`${did}#`)) throw new TokenFault(UNKNOWN_KEY);
    return keyIn(kid, () => documents.read(didDocument), () => documents.readAgain(didDocument), readyForIdentities, (document) => methodsOf(document, did));
  };
}

/** Keys made ready, for as long as the document that they are in is kept: to make one ready takes as long as to verify with it. */
type Ready = WeakMap<object, Map<string, Promise<webcrypto.CryptoKey>>>;
/** Apart: whatever signs sign-ins vouches for no identity, in whichever document it stands. */
const readyForSignIns: Ready = new WeakMap();
const readyForIdentities: Ready = new WeakMap();

async function keyIn(kid: string | undefined, read: () => Promise<unknown>, readAgain: () => Promise<unknown>, ready: Ready, keysOf: (document: unknown) => readonly JWK[]): Promise<webcrypto.CryptoKey> {
  if (!kid) throw new TokenFault(UNKNOWN_KEY);
  const key = readyIn(ready, await read(), kid, keysOf) ?? readyIn(ready, await readAgain(), kid, keysOf);
  if (!key) throw new TokenFault(UNKNOWN_KEY);
  return key;
}

function readyIn(ready: Ready, document: unknown, kid: string, keysOf: (document: unknown) => readonly JWK[]): Promise<webcrypto.CryptoKey> | undefined {
  if (!isObject(document)) return undefined;
  const keys = ready.get(document) ?? new Map<string, Promise<webcrypto.CryptoKey>>();
  const before = keys.get(kid);
  if (before) return before;
  const found = keysOf(document).find((key) => key.kid === kid);
  if (!found) return undefined;
  const key = made(found);
  ready.set(document, keys.set(kid, key));
  return key;
}

async function made({ kty, crv, x, y }: JWK): Promise<webcrypto.CryptoKey> {
  const { importJWK } = await import('jose');
  const key = await importJWK({ kty, crv, x, y }, ALGORITHM);
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
