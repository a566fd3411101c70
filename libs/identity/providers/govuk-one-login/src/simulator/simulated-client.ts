import type { JWK } from 'jose';

/** A council's service as it is registered with the simulator: the fields of One Login's own admin tool. @public */
export interface SimulatedClient {
  readonly clientId: string;
  /** Where its public keys are fetched from, or the keys themselves: needed by all but a client with a secret. */
  readonly publicKeys?: { readonly jwksUri: string } | { readonly keys: readonly JWK[] };
  /** Shows it instead of signing (`client_secret_post`): for third-party platforms that cannot sign, which may then only have people sign in and never ask for an identity. */
  readonly clientSecret?: string;
  /** What signs its ID tokens; ES256 unless told. */
  readonly idTokenAlgorithm?: 'ES256' | 'RS256';
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backChannelLogoutUri?: string;
  readonly scopes?: readonly string[];
  /** Which levels of identity it may ask for; P0 unless told. */
  readonly levels?: readonly ('P0' | 'P1' | 'P2')[];
  /** Which claims it may ask for; all unless told. */
  readonly claims?: readonly string[];
  readonly demandsPkce?: boolean;
  /** Its `max_age` counts: One Login allows that on request only, and ignores it otherwise. */
  readonly allowsMaxAge?: boolean;
  /** Switched off by One Login: every sign-in comes back with unauthorized_client. */
  readonly isDeactivated?: boolean;
  /** Who shares subjects: the host of the first redirect address unless told. */
  readonly sectorIdentifier?: string;
}
