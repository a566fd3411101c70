import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TokenDraft } from '@guildhall/identity-contract/far-end';
import type { JWK } from 'jose';

/** What signs a token. */
export type SigningAlgorithm = 'ES256' | 'RS256';

interface Pair { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/** One set of keys: the newest signs, and the ones before it are published for as long as they should be. */
export class SimulatedKeys {
  #published: readonly Pair[];
  #stranger?: Pair;

  /** @param prefix what stands before the name of a key: `did:web:…#` for core identities */
  constructor(private readonly prefix: string, readonly algorithm: SigningAlgorithm = 'ES256') { this.#published = [this.#newPair()]; }

  /** Another key signs from now on. The one before stays published, as at One Login, unless it is to be withdrawn at once. */
  rotate({ withdrawsOld = false }: { readonly withdrawsOld?: boolean } = {}): void {
    this.#published = [this.#newPair(), ...(withdrawsOld ? [] : this.#published)];
  }

  get newestKid(): string { return this.#newest.kid; }

  /** The public halves, with what a key set says of each. */
  jwks(): readonly JWK[] {
    return this.#published.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: this.algorithm }));
  }

  async sign({ header, claims, signedBy }: TokenDraft): Promise<string> {
    const head = Buffer.from(JSON.stringify(header)).toString('base64url');
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    if (signedBy === 'nobody') return `${head}.${body}.`;
    // The attack of RFC 8725, 2.1: whoever verifies by the token's own header takes the public key for a shared secret.
    if (signedBy === 'public-key-as-secret') return `${head}.${body}.${createHmac('sha256', this.#newest.publicKey.export({ type: 'spki', format: 'pem' })).update(`${head}.${body}`).digest('base64url')}`;
    const { SignJWT } = await import('jose');
    return new SignJWT(claims).setProtectedHeader(header).sign((signedBy === 'own-key' ? this.#newest : (this.#stranger ??= this.#newPair())).privateKey);
  }

  /** Whether one of the published keys signed this. Whether it has expired does not matter: a hint for signing out may be old. */
  async knows(token: string): Promise<boolean> {
    const { compactVerify } = await import('jose');
    for (const { publicKey } of this.#published) {
      try { await compactVerify(token, publicKey, { algorithms: [this.algorithm] }); return true; } catch { /* Another one may have. */ }
    }
    return false;
  }

  get #newest(): Pair {
    const [newest] = this.#published;
    if (!newest) throw new Error('There is no key.');
    return newest;
  }

  #newPair(): Pair {
    const { privateKey } = this.algorithm === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { kid: `${this.prefix}${randomBytes(32).toString('hex')}`, privateKey, publicKey: createPublicKey(privateKey) };
  }
}
