import type { FarEnd, FarEndDocuments } from '@guildhall/identity-contract/far-end';
import { Unavailable } from '@guildhall/kernel-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { Configuration, ServerMetadata } from 'openid-client';
import type { ClientKeys } from './client-keys';
import { CLOCK_TOLERANCE_IN_SECONDS } from './core-identity';
import type { OneLoginEnvironment } from './environment';
import { ALGORITHM } from './published-keys';

export type Client = typeof import('openid-client');

/** What One Login says of itself, as far as it is used. */
export type OneLoginMetadata = ServerMetadata & { readonly jwks_uri: string; readonly authorization_endpoint: string; readonly token_endpoint: string; readonly userinfo_endpoint: string; readonly end_session_endpoint: string };

/** Puts together the OpenID Connect client (the certified openid-client) with the council's key, our clock and our way to call. */
export class OneLoginClient {
  #client?: Promise<Client>;
  /** What was found right, and what the library was told: for as long as the document is the same. */
  #right?: OneLoginMetadata;
  #configured?: { readonly metadata: OneLoginMetadata; readonly skew: number; readonly configuration: Configuration };

  constructor(
    private readonly clientId: string,
    private readonly environment: OneLoginEnvironment,
    private readonly keys: ClientKeys,
    private readonly farEnd: FarEnd,
    private readonly documents: FarEndDocuments,
    private readonly clock: Clock,
  ) {}

  /** An ES module, and of no use until somebody signs in. */
  load(): Promise<Client> {
    return (this.#client ??= import('openid-client'));
  }

  /** What One Login says of itself. @throws Unavailable when it cannot be had, or is not what is pinned */
  async metadata(): Promise<OneLoginMetadata> {
    const { issuer } = this.environment;
    const document = await this.documents.read(new URL('.well-known/openid-configuration', issuer).href);
    if (this.#right && document === this.#right) return this.#right;
    if (!isMetadata(document) || document.issuer !== issuer) throw new Unavailable(`What is published at ${issuer} is not the configuration of ${issuer}.`);
    // The endpoint that is sent a code and an assertion is below the issuer that was pinned: an altered configuration cannot lead them elsewhere (RFC 9700, 4.4).
    for (const url of [document.authorization_endpoint, document.token_endpoint, document.userinfo_endpoint, document.jwks_uri, document.end_session_endpoint]) {
      if (!URL.canParse(url) || new URL(url).origin !== new URL(issuer).origin) throw new Unavailable(`The configuration of ${issuer} leads to another server.`);
    }
    return (this.#right = document);
  }

  /** The library's configuration, anew when what is published or the clock has changed. */
  async configuration(client: Client): Promise<Configuration> {
    const metadata = await this.metadata();
    const skew = Math.round((this.clock.now().getTime() - Date.now()) / 1000);
    const before = this.#configured;
    if (before?.metadata === metadata && before.skew === skew) return before.configuration;
    const signing = await this.keys.signing();
    const authentication = client.PrivateKeyJwt(signing, {
      // The older form of One Login's two: every version of it takes this one.
      [client.modifyAssertion]: (_header, payload) => { payload.aud = metadata.token_endpoint; },
    });
    const configuration = new client.Configuration(metadata, this.clientId, {
      id_token_signed_response_alg: ALGORITHM,
      [client.clockSkew]: skew,
      [client.clockTolerance]: CLOCK_TOLERANCE_IN_SECONDS,
    }, authentication);
    configuration[client.customFetch] = this.farEnd.fetch;
    // Each call of the far end has a time-out of its own.
    configuration.timeout = 0;
    // A simulator on this machine speaks plain HTTP; nothing else is let through by environmentOf.
    if (metadata.issuer.startsWith('http:')) client.allowInsecureRequests(configuration);
    this.#configured = { metadata, skew, configuration };
    return configuration;
  }
}

function isMetadata(document: unknown): document is OneLoginMetadata {
  if (typeof document !== 'object' || document === null) return false;
  const found = document as Readonly<Record<string, unknown>>;
  return ['issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'end_session_endpoint'].every((name) => typeof found[name] === 'string');
}
