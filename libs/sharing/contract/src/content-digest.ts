import { hash, timingSafeEqual } from 'node:crypto';
import { parseDictionary } from './structured-fields';

/** The two that are not deprecated (RFC 9530, 7.2). @public */
export type DigestAlgorithm = 'sha-256' | 'sha-512';

const ALGORITHMS: Readonly<Record<DigestAlgorithm, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/**
 * The field `Content-Digest` of a message with this content (RFC 9530, section 2).
 * @public
 * @example contentDigest('{"hello": "world"}') // 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'
 */
export function contentDigest(content: string | Uint8Array, algorithm: DigestAlgorithm = 'sha-256'): string {
  return `${algorithm}=:${hash(ALGORITHMS[algorithm], content, 'base64')}:`;
}

/**
 * Whether content is what its `Content-Digest` says. Every digest by an algorithm that is known must be right; one of them must be there.
 * @public
 */
export function verifyContentDigest(field: string, content: string | Uint8Array): boolean {
  let isKnown = false;
  try {
    for (const [algorithm, member] of parseDictionary(field)) {
      if (!isAlgorithm(algorithm)) continue;
      isKnown = true;
      if ('items' in member || !(member.value instanceof Uint8Array)) return false;
      const digest = digestOf(content, algorithm);
      if (member.value.byteLength !== digest.byteLength || !timingSafeEqual(member.value, digest)) return false;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  return isKnown;
}

function isAlgorithm(name: string): name is DigestAlgorithm { return Object.hasOwn(ALGORITHMS, name); }

function digestOf(content: string | Uint8Array, algorithm: DigestAlgorithm): Uint8Array {
  return new Uint8Array(hash(ALGORITHMS[algorithm], content, 'buffer'));
}
