import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject, webcrypto } from 'node:crypto';
import type { PublicKeySet } from '@guildhall/identity-contract';
import type { Secret } from '@guildhall/kernel-contract';
import { publicPartsOf } from './algorithms';

const KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/g;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;

/** What signs for the council, by which algorithm, and the names by which the far end finds the public half. */
export interface SigningKey { readonly key: webcrypto.CryptoKey; readonly kid: string; readonly algorithm: 'RS256' | 'PS256' | 'ES256'; /** Of the certificate (RFC 7515, 4.1.8). */ readonly thumbprint?: string }

/** The council's own keys: the first signs, all are published. */
export class ClientKeys {
  readonly #keys: readonly KeyObject[];
  #signing?: Promise<SigningKey>;
  readonly #thumbprint?: string;

  /** @throws Error that says what is wrong with the setting, never what is in it */
  constructor(secret: Secret) {
    // A variable of an environment often has no line ends: \n is written for them.
    const text = secret.reveal().replaceAll('\\n', '\n');
    this.#keys = (text.match(KEY) ?? []).map(readKey);
    const [first] = this.#keys;
    if (!first) throw new Error('The private key for the sign-in holds no key. Give one in PEM form, beginning with -----BEGIN PRIVATE KEY-----.');
    const certificate = CERTIFICATE.exec(text)?.[0];
    this.#thumbprint = certificate && thumbprintOf(certificate, first);
  }

  /** The key that signs now, made ready once: that takes longer than to sign. */
  signing(): Promise<SigningKey> {
    return (this.#signing ??= this.#readied());
  }

  /** The public halves, for the far end to fetch. */
  async published(): Promise<PublicKeySet> {
    return { keys: await Promise.all(this.#keys.map(async (key) => ({ ...publicHalf(key), kid: await kidOf(key), use: 'sig' }))) };
  }

  async #readied(): Promise<SigningKey> {
    const [first] = this.#keys;
    if (!first) throw new Error('There is no private key for the sign-in.');
    // Entra ID wants PSS of keys that have a certificate; everybody knows the older form.
    const algorithm = first.asymmetricKeyType === 'ec' ? 'ES256' : this.#thumbprint ? 'PS256' : 'RS256';
    const means = algorithm === 'ES256' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: algorithm === 'PS256' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(first.export({ type: 'pkcs8', format: 'der' })), means, false, ['sign']);
    return { key, kid: await kidOf(first), algorithm, ...(this.#thumbprint ? { thumbprint: this.#thumbprint } : {}) };
  }
}

function readKey(pem: string): KeyObject {
  let key: KeyObject;
  // What the library says of a key that it cannot read may quote it.
  try { key = createPrivateKey(pem); } catch { throw new Error('The private key for the sign-in cannot be read. Give an RSA or EC key in PEM form, without a password.'); }
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const isUsable = (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) || (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1');
  if (!isUsable) throw new Error(`The private key for the sign-in is of a kind that cannot be used (${key.asymmetricKeyType ?? 'unknown'} ${modulusLength || namedCurve || ''}): make one of RSA with at least 2,048 bits, or of EC P-256.`);
  return key;
}

function thumbprintOf(pem: string, key: KeyObject): string {
  let certificate: X509Certificate;
  try { certificate = new X509Certificate(pem); } catch { throw new Error('The certificate beside the private key for the sign-in cannot be read.'); }
  if (!certificate.checkPrivateKey(key)) throw new Error('The certificate beside the private key for the sign-in is of another key.');
  return Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
}

function publicHalf(key: KeyObject): Readonly<Record<string, string>> {
  return publicPartsOf(createPublicKey(key).export({ format: 'jwk' }) as Readonly<Record<string, unknown>>) as Readonly<Record<string, string>>;
}

/** The key's thumbprint (RFC 7638): the same wherever it is computed, so there is no name to be configured. */
async function kidOf(key: KeyObject): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose');
  return calculateJwkThumbprint(publicHalf(key));
}
