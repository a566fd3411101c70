import { SIGNED_OUT_PATH, returnPath } from '@guildhall/identity-contract';
import type { Council, Language } from '@guildhall/kernel-contract';
import type { ClientMetadata, Configuration, Provider } from 'oidc-provider';
import { DEMO_RESIDENTS, demoStaff } from '../demo-people';
import type { DemoPerson } from '../demo-people';
import { clientIdOf } from '../demo-sign-in';
import type { Who } from '../demo-sign-in';
import type { KeptKeys } from './kept-keys';
import type { Newcomers } from './newcomers';
import { shortMemory } from './short-memory';
import { noticePage, signOutPage } from './sign-in-page';
import { WORDS } from './words';

/** One client: one council's residents or its officers. */
export interface SignInClient { readonly council: Council; readonly who: Who }

/** Everything that the issuer is made from. */
export interface IssuerParts {
  readonly origin: string;
  readonly clients: ReadonlyMap<string, SignInClient>;
  readonly keys: KeptKeys;
  readonly newcomers: Newcomers;
  readonly providerIds: Readonly<Record<Who, string>>;
  /** The time by which it forgets, in milliseconds since 1970. */
  readonly now: () => number;
}

export const SESSION_COOKIE = 'dev-oidc.session';

/** The clients by their ids. */
export function clientsOf(councils: readonly Council[]): ReadonlyMap<string, SignInClient> {
  return new Map(councils.flatMap((council) => (['resident', 'officer'] as const).map((who) => [clientIdOf(council.slug, who), { council, who }] as const)));
}

/** Who may sign in at a client. */
export function peopleAt({ council, who }: SignInClient, newcomers: Newcomers): readonly DemoPerson[] {
  return who === 'officer' ? demoStaff(council.slug) : [...DEMO_RESIDENTS, ...newcomers.all()];
}

/** The OpenID Connect issuer: one for all councils, each of which is two clients of it. It is an ES module, loaded when it is started. */
export async function makeIssuer(parts: IssuerParts): Promise<Provider> {
  const { Provider } = await loadQuietly();
  return new Provider(parts.origin, configurationOf(parts));
}

/** The library says on the console, as it is loaded, that it would rather have Node 22. Ours is tested on 20 too: whoever starts a council need not read that. */
async function loadQuietly(): Promise<typeof import('oidc-provider')> {
  /* eslint-disable no-console -- the library speaks nowhere else */
  const { warn } = console;
  console.warn = (...words: unknown[]) => { if (!String(words[0]).includes('Unsupported runtime')) warn(...words); };
  try { return await import('oidc-provider'); } finally { console.warn = warn; }
  /* eslint-enable no-console */
}

function configurationOf({ clients, keys, newcomers, providerIds, now }: IssuerParts): Configuration {
  return {
    adapter: shortMemory(now),
    clients: [...clients].map(([id, client]) => clientMetadata(id, client, providerIds[client.who])),
    jwks: { keys: [keys.signing] },
    cookies: { keys: [...keys.cookies], names: { session: SESSION_COOKIE, interaction: 'dev-oidc.interaction', resume: 'dev-oidc.resume' }, long: { sameSite: 'lax', httpOnly: true, signed: true }, short: { sameSite: 'lax', httpOnly: true, signed: true } },
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    scopes: ['openid'],
    acrValues: ['none', 'low', 'medium'],
    claims: { openid: ['sub'], acr: null, profile: ['name', 'locale'], email: ['email', 'email_verified'], phone: ['phone_number', 'phone_number_verified'], staff: ['roles', 'teams'] },
    ttl: { AuthorizationCode: 60, AccessToken: 180, IdToken: 600, Interaction: 3600, Session: 43_200, Grant: 43_200 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => { ctx.type = 'html'; ctx.body = signOutPage('en', form); },
        postLogoutSuccessSource: (ctx) => { ctx.type = 'html'; ctx.body = noticePage('en', WORDS.en.signedOut, ''); },
      },
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount(ctx, subject) {
      const client = clients.get(ctx.oidc.client?.clientId ?? '');
      const person = client && peopleAt(client, newcomers).find((each) => each.subject === subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, ...claimsOf(person) }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      if (!client || !session) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email phone staff');
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = noticePage('en', WORDS.en.tooOld, `${WORDS.en.tooOldText} (${out.error}${out.error_description ? `: ${out.error_description}` : ''})`);
    },
  };
}

function clientMetadata(id: string, { council, who }: SignInClient, providerId: string): ClientMetadata {
  const origin = new URL(council.origin).origin;
  return {
    client_id: id,
    client_name: council.name.en,
    // A public client with PKCE: there is no secret to hand to anybody who starts this.
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${origin}${returnPath(who, providerId)}`],
    post_logout_redirect_uris: [`${origin}${SIGNED_OUT_PATH}`],
    id_token_signed_response_alg: 'ES256',
  };
}

function claimsOf({ name, email, isEmailVerified, phone, language, staff }: DemoPerson): Record<string, unknown> {
  return {
    name, locale: language,
    ...(email ? { email, email_verified: isEmailVerified } : {}),
    ...(phone ? { phone_number: phone, phone_number_verified: true } : {}),
    ...(staff ? { roles: staff.roles, teams: staff.teams } : {}),
  };
}

/** The language that the council's page asked for. */
export function languageOf(uiLocales: unknown): Language {
  return typeof uiLocales === 'string' && uiLocales.split(' ').find((each) => each === 'en' || each === 'cy') === 'cy' ? 'cy' : 'en';
}
