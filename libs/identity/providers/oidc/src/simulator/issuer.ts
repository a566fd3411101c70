import type { AdapterConstructor, AdapterPayload, Configuration, JWK, Provider } from 'oidc-provider';
import { call } from '@guildhall/identity-contract/far-end';
import type { SimulatedPerson } from './people';
import type { Shape, ShapeRules, SignedInFacts } from './shapes';
import type { SimulatedAlgorithm, SimulatedKeys } from './simulated-keys';
import type { SimulatedClient } from './simulated-client';
import { leavePage, noticePage } from './simulator-pages';

/** Everything that the issuer is made from. */
export interface IssuerParts {
  readonly issuer: string;
  readonly shape: Shape;
  readonly rules: ShapeRules;
  readonly keys: SimulatedKeys;
  readonly memory: AdapterConstructor;
  readonly algorithm: SimulatedAlgorithm;
  personOf(subject: string): SimulatedPerson | undefined;
  factsOf(nonce: string | undefined): SignedInFacts | undefined;
}

const HOUR = 3_600;

/** The issuer itself is the certified oidc-provider, so that what a council sends is looked at as real servers do. It is an ES module. */
export async function makeIssuer(parts: IssuerParts): Promise<Provider> {
  const { Provider } = await loadQuietly();
  return new Provider(parts.issuer, configurationOf(parts));
}

/** The library says on the console, as it is loaded, that it would rather have Node 22. Ours is tested on 20 too: whoever tries a sign-in need not read that. */
async function loadQuietly(): Promise<typeof import('oidc-provider')> {
  /* eslint-disable no-console -- the library speaks nowhere else */
  const { warn } = console;
  console.warn = (...words: unknown[]) => { if (!String(words[0]).includes('Unsupported runtime')) warn(...words); };
  try { return await import('oidc-provider'); } finally { console.warn = warn; }
  /* eslint-enable no-console */
}

function configurationOf({ shape, rules, keys, memory, algorithm, personOf, factsOf }: IssuerParts): Configuration {
  return {
    adapter: memory,
    jwks: { keys: keys.own() as JWK[] },
    routes: rules.routes,
    cookies: { keys: ['only-for-trying'], names: { session: 'oidc-simulator.session', interaction: 'oidc-simulator.interaction', resume: 'oidc-simulator.resume' }, long: { sameSite: 'lax', httpOnly: true, signed: true }, short: { sameSite: 'lax', httpOnly: true, signed: true } },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: [algorithm], clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
    clientDefaults: { id_token_signed_response_alg: algorithm },
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access'],
    acrValues: ['checked', '1', '2'],
    claims: { openid: ['sub'], acr: null, profile: ['name', 'given_name', 'family_name', 'locale'], email: ['email', 'email_verified'], phone: ['phone_number', 'phone_number_verified'] },
    // As most servers do: what the scopes ask for stands in the ID token too.
    conformIdTokenClaims: false,
    clockTolerance: 30,
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: HOUR, Interaction: HOUR, Session: 12 * HOUR, Grant: 12 * HOUR, RefreshToken: 12 * HOUR },
    rotateRefreshToken: true,
    // Keycloak's end with the session there; Entra ID gives one to whoever asks for offline_access.
    expiresWithSession: () => shape !== 'entra',
    issueRefreshToken: async (_ctx, _client, source) => factsOf((source as { nonce?: string }).nonce)?.isRefreshable ?? false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => { ctx.type = 'html'; ctx.body = leavePage(form); },
        postLogoutSuccessSource: (ctx) => { ctx.type = 'html'; ctx.body = noticePage('You are signed out', ''); },
      },
    },
    interactions: { url: (_ctx, interaction) => `/choose/${interaction.uid}` },
    findAccount(_ctx, subject) {
      const person = personOf(subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, ...claimsOf(person) }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email phone offline_access');
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = noticePage('The request cannot be used', `${out.error}${out.error_description ? `: ${out.error_description}` : ''}`);
    },
  };
}

function claimsOf({ givenName, familyName, email, isEmailVerified, phone, locale }: SimulatedPerson): Record<string, unknown> {
  return { name: `${givenName} ${familyName}`, given_name: givenName, family_name: familyName, email, email_verified: isEmailVerified, ...(locale ? { locale } : {}), ...(phone ? { phone_number: phone, phone_number_verified: true } : {}) };
}

/** A registration as the library wants it. Keys that stand at an address are fetched anew each time. */
export async function registrationOf({ clientId, clientSecret, publicKeys, redirectUris, postLogoutRedirectUris }: SimulatedClient): Promise<AdapterPayload> {
  const keys = publicKeys && ('keys' in publicKeys ? publicKeys.keys : (JSON.parse((await call(publicKeys.jwksUri, 'oidc-simulator')).body) as { keys: readonly JWK[] }).keys);
  return {
    client_id: clientId, redirect_uris: [...redirectUris], post_logout_redirect_uris: [...postLogoutRedirectUris], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
    ...(keys ? { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [...keys] as JWK[] } } : { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecret ?? '' }),
  };
}

