import type { JWK } from 'jose';

/** A council as it is registered at the issuer: with a secret, or with public keys. @public */
export interface SimulatedClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Where its public keys are fetched from, or the keys themselves. */
  readonly publicKeys?: { readonly jwksUri: string } | { readonly keys: readonly JWK[] };
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backChannelLogoutUri?: string;
}
