import type { JWK } from 'jose';
import type { SimulatedClient } from './simulated-client';
import { SimulatedKeys } from './simulated-keys';

/** What signs sign-ins: ES256, and RS256 for the clients that are registered so. */
export class SignInKeys {
  readonly #ec = new SimulatedKeys('');
  /** Made and published as soon as there is such a client: an RSA key takes long to make. */
  #rsa?: SimulatedKeys;

  makeReadyFor({ idTokenAlgorithm }: SimulatedClient): void { if (idTokenAlgorithm === 'RS256') this.#rsa ??= new SimulatedKeys('', 'RS256'); }
  /** Whatever is about no ID token is signed with ES256. */
  of(client?: SimulatedClient): SimulatedKeys { return client?.idTokenAlgorithm === 'RS256' && this.#rsa ? this.#rsa : this.#ec; }
  jwks(): readonly JWK[] { return this.#all().flatMap((keys) => keys.jwks()); }
  rotate(options?: { readonly withdrawsOld?: boolean }): void { for (const keys of this.#all()) keys.rotate(options); }

  /** Whether one of the published keys signed this. */
  async knows(token: string): Promise<boolean> {
    for (const keys of this.#all()) if (await keys.knows(token)) return true;
    return false;
  }

  #all(): readonly SimulatedKeys[] { return this.#rsa ? [this.#ec, this.#rsa] : [this.#ec]; }
}
