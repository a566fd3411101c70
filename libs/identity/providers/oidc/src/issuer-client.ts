import type { FarEnd, FarEndDocuments } from '@guildhall/identity-contract/far-end';
import { Unavailable } from '@guildhall/kernel-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { ClientAuth, Configuration, ServerMetadata } from 'openid-client';
import type { Algorithm } from './algorithms';
import type { ClientKeys } from './client-keys';
import { CLOCK_TOLERANCE_IN_SECONDS } from './id-token';
import { configurationAddressOf } from './issuer';
import type { PinnedIssuer } from './issuer';
import type { IssuerOptions } from './options';

export type Client = typeof import('openid-client');

/** What an issuer says of itself, as far as it is used. */
export type IssuerMetadata = ServerMetadata & { readonly jwks_uri: string; readonly authorization_endpoint: string; readonly token_endpoint: string };

const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
const ENDPOINTS = [...NEEDED, 'userinfo_endpoint', 'end_session_endpoint'] as const;

/** Puts together the OpenID Connect client (the certified openid-client) with the council's proof, our clock and our way to call. */
export class IssuerClient {
  constructor(
    private readonly options: IssuerOptions,
    private readonly pinned: PinnedIssuer,
    private readonly algorithm: Algorithm,
    private readonly keys: ClientKeys | undefined,
    private readonly farEnd: FarEnd,
    private readonly documents: FarEndDocuments,
    private readonly clock: Clock,
  ) {}

  /** An ES module, and of no use until somebody signs in. */
  load(): Promise<Client> {
    return import('openid-client');
  }

  /** What the issuer says of itself. @throws Unavailable when it cannot be had, or is not what is pinned */
  async metadata(): Promise<IssuerMetadata> {
    const { issuer, isForTrying } = this.pinned;
    const document = await this.documents.read(configurationAddressOf(issuer));
    // To the letter (OpenID Connect Discovery 1.0, 4.3): an issuer with a template or another directory in it is another issuer.
    if (!isMetadata(document) || document.issuer !== issuer) throw new Unavailable(`What is published at ${issuer} is not the configuration of ${issuer}.`);
    for (const name of ENDPOINTS) {
      const address = document[name];
      if (address !== undefined && !(typeof address === 'string' && URL.canParse(address) && ['https:', ...(isForTrying ? ['http:'] : [])].includes(new URL(address).protocol))) throw new Unavailable(`The configuration of ${issuer} has a ${name} that is not https.`);
    }
    const { id_token_signing_alg_values_supported: signs } = document;
    if (Array.isArray(signs) && !signs.includes(this.algorithm)) throw new Unavailable(`${issuer} does not sign by ${this.algorithm}, which is the only algorithm that this council believes. Set algorithm to one of its own.`);
    return document;
  }

  /** The library's configuration, anew for every use: the keys may have changed, and the clock is ours. */
  async configuration(client: Client): Promise<Configuration> {
    const metadata = await this.metadata();
    const configuration = new client.Configuration(metadata, this.options.clientId, {
      id_token_signed_response_alg: this.algorithm,
      [client.clockSkew]: Math.round((this.clock.now().getTime() - Date.now()) / 1000),
      [client.clockTolerance]: CLOCK_TOLERANCE_IN_SECONDS,
    }, await this.#proof(client, metadata));
    configuration[client.customFetch] = this.farEnd.fetch;
    // Each call of the far end has a time-out of its own.
    configuration.timeout = 0;
    // A simulator on this machine speaks plain HTTP; nothing else is let through where the issuer is pinned.
    if (this.pinned.isForTrying) client.allowInsecureRequests(configuration);
    return configuration;
  }

  async #proof(client: Client, { issuer, token_endpoint, token_endpoint_auth_methods_supported: methods }: IssuerMetadata): Promise<ClientAuth> {
    if (this.keys) {
      const { key, kid, algorithm, thumbprint } = await this.keys.signing();
      const audience = this.options.assertionAudience === 'token-endpoint' ? token_endpoint : issuer;
      return client.PrivateKeyJwt({ key, kid }, {
        [client.modifyAssertion]: (header, payload) => {
          payload.aud = audience;
          header.alg = algorithm;
          if (thumbprint) header['x5t#S256'] = thumbprint;
        },
      });
    }
    const secret = this.options.clientSecret?.reveal() ?? '';
    // Basic is what every server must take (RFC 6749, 2.3.1), unless it says otherwise.
    return methods && !methods.includes('client_secret_basic') ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
  }
}

function isMetadata(document: unknown): document is IssuerMetadata {
  if (typeof document !== 'object' || document === null) return false;
  const found = document as Readonly<Record<string, unknown>>;
  return ['issuer', ...NEEDED].every((name) => typeof found[name] === 'string');
}
