import type { JWK } from 'jose';

/** How an issuer may sign: with a key pair only. `none`, and secrets that both sides know, are not among them (RFC 8725, 3.1 and 3.2). @public */
export type Algorithm = (typeof ALGORITHMS)[number];
export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

const CURVES: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', EdDSA: 'Ed25519', Ed25519: 'Ed25519' };
const PARTS: Readonly<Record<string, readonly string[]>> = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] };

/** Whether a published key may verify what this algorithm signed: of its kind and curve, public, and not published for something else (RFC 7517, 4). */
export function isKeyFor(key: unknown, algorithm: Algorithm): key is JWK & { readonly kty: string } {
  if (typeof key !== 'object' || key === null) return false;
  const found = key as Readonly<Record<string, unknown>>;
  const kind = kindOf(algorithm);
  return found.kty === kind && (PARTS[kind] ?? []).every((part) => typeof found[part] === 'string')
    && (CURVES[algorithm] === undefined || found.crv === CURVES[algorithm])
    && (found.use === undefined || found.use === 'sig') && (found.alg === undefined || found.alg === algorithm);
}

/** The public parts of a key, and nothing else of what was published. */
export function publicPartsOf(key: Readonly<Record<string, unknown>>): JWK {
  const kty = String(key.kty);
  return Object.fromEntries([['kty', kty], ...(PARTS[kty] ?? []).map((part) => [part, key[part]])]) as JWK;
}

/** The hash that goes with an algorithm (OpenID Connect Core 1.0, 3.1.3.6): Ed25519 goes with SHA-512. */
export function hashOf(algorithm: Algorithm): 'sha256' | 'sha384' | 'sha512' {
  return algorithm.endsWith('256') ? 'sha256' : algorithm.endsWith('384') ? 'sha384' : 'sha512';
}

function kindOf(algorithm: Algorithm): 'RSA' | 'EC' | 'OKP' {
  return algorithm.startsWith('RS') || algorithm.startsWith('PS') ? 'RSA' : algorithm.startsWith('ES') ? 'EC' : 'OKP';
}
