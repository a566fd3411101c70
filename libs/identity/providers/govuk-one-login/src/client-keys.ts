import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject, webcrypto } from 'node:crypto';
import type { PublicKeySet } from '@guildhall/identity-contract';
import type { Secret } from '@guildhall/kernel-contract';

/** One Login takes RSA signatures from clients only. */
const ALGORITHM = 'RS256';
const PEM = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/g;

/** What signs for the council, and the name by which One Login finds the public half. */
export interface SigningKey { readonly key: webcrypto.CryptoKey; readonly kid: string }

/** The council's own keys: the first signs, all are published. */
export class ClientKeys {
  readonly #keys: readonly KeyObject[];
  #signing?: Promise<SigningKey>;
  #published?: Promise<PublicKeySet>;

  /** @throws Error that says what is wrong with the setting, never what is in it */
  constructor(secret: Secret) {
    // A variable of an environment often has no line ends: \n is written for them.
    this.#keys = (secret.reveal().replaceAll('\\n', '\n').match(PEM) ?? []).map(readKey);
    if (this.#keys.length === 0) throw new Error('The private key for One Login holds no key. Give an RSA key in PEM form, beginning with -----BEGIN PRIVATE KEY-----.');
  }

  /** The key that signs now, made ready once: that takes longer than to sign. */
  signing(): Promise<SigningKey> {
    return (this.#signing ??= this.#readied());
  }

  /** The public halves, for One Login to fetch. */
  published(): Promise<PublicKeySet> {
    return (this.#published ??= this.#publicHalves());
  }

  async #publicHalves(): Promise<PublicKeySet> {
    return { keys: await Promise.all(this.#keys.map(async (key) => ({ ...publicHalf(key), kid: await kidOf(key), use: 'sig', alg: ALGORITHM }))) };
  }

  async #readied(): Promise<SigningKey> {
    const [first] = this.#keys;
    if (!first) throw new Error('There is no private key for One Login.');
    const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(first.export({ type: 'pkcs8', format: 'der' })), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
    return { key, kid: await kidOf(first) };
  }
}

function readKey(pem: string): KeyObject {
  let key: KeyObject;
  // What the library says of a key that it cannot read may quote it.
  try { key = createPrivateKey(pem); } catch { throw new Error('The private key for One Login cannot be read. Give an RSA key in PEM form, without a password.'); }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa') throw new Error(`The private key for One Login is of type ${key.asymmetricKeyType ?? 'unknown'}: One Login takes RSA keys only.`);
  if (bits < 2048) throw new Error(`The private key for One Login has ${bits} bits: make one of at least 2,048.`);
  return key;
}

function publicHalf(key: KeyObject): { readonly kty: string; readonly n: string; readonly e: string } {
  const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' });
  return { kty: 'RSA', n, e };
}

/** The key's thumbprint (RFC 7638): the same wherever it is computed, so there is no name to be configured. */
async function kidOf(key: KeyObject): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose');
  return calculateJwkThumbprint(publicHalf(key));
}
