import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TokenDraft } from '@guildhall/identity-contract/far-end';
import type { JWK } from 'jose';

/** By which algorithm the simulated issuer signs. @public */
export type SimulatedAlgorithm = 'RS256' | 'ES256';
interface Pair { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/** The issuer's keys: the newest signs, and the ones before it are published for as long as they should be. */
export class SimulatedKeys {
  #pairs: readonly Pair[];
  #stranger?: Pair;

  constructor(private readonly algorithm: SimulatedAlgorithm) {
    this.#pairs = [newPair(algorithm)];
  }

  /** Another key signs from now on. The one before stays published unless it is to be withdrawn at once. */
  rotate({ withdrawsOld = false }: { readonly withdrawsOld?: boolean } = {}): void {
    this.#pairs = [newPair(this.algorithm), ...(withdrawsOld ? [] : this.#pairs)];
  }

  get newestKid(): string { return this.#newest.kid; }

  /** With the private halves, for the issuer itself. */
  own(): readonly JWK[] {
    return this.#pairs.map(({ kid, privateKey }) => ({ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: this.algorithm }));
  }

  async sign({ header, claims, signedBy }: TokenDraft): Promise<string> {
    const head = Buffer.from(JSON.stringify(header)).toString('base64url');
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    if (signedBy === 'nobody') return `${head}.${body}.`;
    // The attack of RFC 8725, 2.1: whoever verifies by the token's own header takes the public key for a shared secret.
    if (signedBy === 'public-key-as-secret') return `${head}.${body}.${createHmac('sha256', this.#newest.publicKey.export({ type: 'spki', format: 'pem' })).update(`${head}.${body}`).digest('base64url')}`;
    const { SignJWT } = await import('jose');
    // Made when it is first wanted: making an RSA key takes a moment.
    const { privateKey } = signedBy === 'own-key' ? this.#newest : (this.#stranger ??= newPair(this.algorithm));
    return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  }

  get #newest(): Pair {
    const [newest] = this.#pairs;
    if (!newest) throw new Error('There is no key.');
    return newest;
  }
}

function newPair(algorithm: SimulatedAlgorithm): Pair {
  const { privateKey } = algorithm === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid: randomBytes(16).toString('base64url'), privateKey, publicKey: createPublicKey(privateKey) };
}
