import { CONFIDENCES, isAtLeast } from '@guildhall/identity-contract';
import type { Directory, IdentityClaims, IdentityConfidence, RedirectBegun, RedirectRefusal, RedirectRequest, RedirectSignIn } from '@guildhall/identity-contract';
import { InvalidInput, Unavailable, done, isGuildhallError, refused } from '@guildhall/kernel-contract';
import type { ConnectionCheck, OfficerRole, Outcome, ProviderDependencies, Text } from '@guildhall/kernel-contract';
import type { Configuration, CustomFetch, UserInfoResponse } from 'openid-client';
import { demoDirectory } from './demo-people';
import { seal, unseal } from './sealed-keep';

type Client = typeof import('openid-client');
type Answer = Outcome<IdentityClaims, RedirectRefusal>;

/** Whose sign-in it is. */
export type Who = 'resident' | 'officer';

const TITLES: Readonly<Record<Who, Text>> = {
  resident: { en: 'Sign in as an invented person', cy: 'Mewngofnodi fel person dychmygol' },
  officer: { en: 'Sign in as an invented officer', cy: 'Mewngofnodi fel swyddog dychmygol' },
};
const HINT: Text = { en: 'For trying things out: nobody there is real.', cy: 'I roi cynnig ar bethau: nid oes neb yno’n go iawn.' };

/** The client's side of the development identity provider: OpenID Connect, authorization code with PKCE, state and nonce. */
export class DemoSignIn implements RedirectSignIn {
  readonly method = 'redirect';
  readonly title: Text;
  readonly hint = HINT;
  /** Only officers have a directory. */
  readonly directory?: () => Promise<Directory>;
  readonly #secret: Uint8Array;
  #discovered?: Promise<Configuration>;

  constructor(private readonly who: Who, private readonly dependencies: ProviderDependencies) {
    this.title = TITLES[who];
    this.#secret = dependencies.secret('identity.dev-oidc');
    if (who === 'officer') this.directory = async () => demoDirectory(dependencies.council.slug);
  }

  async begin({ redirectUri, language, confidence = 'none' }: RedirectRequest): Promise<RedirectBegun> {
    this.#demandOurs(redirectUri);
    const client = await loadClient();
    const configuration = await this.#configuration(client);
    const state = client.randomState();
    const nonce = client.randomNonce();
    const codeVerifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri, scope: this.who === 'officer' ? 'openid profile email staff' : 'openid profile email phone',
      state, nonce, code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256',
      ui_locales: language, acr_values: confidence,
      // Whoever tries things out wants to choose whom to be every time.
      prompt: 'login',
    });
    return { url: url.href, state, keep: seal({ redirectUri, state, nonce, codeVerifier, confidence }, this.#secret) };
  }

  async complete(callback: Readonly<Record<string, string>>, keep: string): Promise<Answer> {
    const kept = unseal(keep, this.#secret);
    if (!kept || callback.state !== kept.state) return refused('not-what-was-begun', 'This answer does not belong to the sign-in that was begun.');
    const client = await loadClient();
    const configuration = await this.#configuration(client);
    const address = new URL(kept.redirectUri);
    for (const [name, value] of Object.entries(callback)) address.searchParams.set(name, value);
    try {
      const tokens = await client.authorizationCodeGrant(configuration, address, { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.codeVerifier, idTokenExpected: true });
      const idToken = tokens.claims();
      if (!idToken) return refused('not-valid', 'The answer names nobody.');
      const found = await client.fetchUserInfo(configuration, tokens.access_token, idToken.sub);
      const confidence = readConfidence(idToken.acr);
      if (!isAtLeast(confidence, kept.confidence)) return refused('not-confident-enough', `Confidence ${kept.confidence} was asked for, and ${confidence} came.`);
      return done({ issuer: configuration.serverMetadata().issuer, subject: idToken.sub, confidence, signOutHint: tokens.id_token, ...readPerson(found) });
    } catch (error) {
      return refusalOf(error, client);
    }
  }

  async signOut({ returnUri, hint }: { returnUri: string; hint?: string }): Promise<string> {
    this.#demandOurs(returnUri);
    const client = await loadClient();
    return client.buildEndSessionUrl(await this.#configuration(client), { post_logout_redirect_uri: returnUri, ...(hint ? { id_token_hint: hint } : {}) }).href;
  }

  /** Whether the far end answers. */
  async check(): Promise<ConnectionCheck> {
    try {
      const { issuer } = (await this.#configuration(await loadClient())).serverMetadata();
      return { ok: true, message: `The development sign-in answers at ${issuer}.` };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #demandOurs(address: string): void {
    const ours = new URL(this.dependencies.council.origin).origin;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url?.origin !== ours || url.username || url.password) throw new InvalidInput(`A sign-in may only lead back to ${ours}.`, [{ field: 'redirectUri', message: `Begin with ${ours}.` }]);
  }

  /** What the far end says of itself, asked once; asked again when it could not be had. */
  #configuration(client: Client): Promise<Configuration> {
    this.#discovered ??= this.#discover(client).catch((error: unknown) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }

  async #discover(client: Client): Promise<Configuration> {
    const { companionOrigin, council } = this.dependencies;
    if (!companionOrigin) throw new Unavailable('The development sign-in is not running here.');
    const fetchOutbound = this.#fetch();
    try {
      const configuration = await client.discovery(new URL(companionOrigin), clientIdOf(council.slug, this.who), { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: undefined }, client.None(), {
        [client.customFetch]: fetchOutbound,
        // The companion is on this machine and speaks plain HTTP.
        execute: [client.allowInsecureRequests],
      });
      configuration[client.customFetch] = fetchOutbound;
      return configuration;
    } catch (error) {
      throw unavailable(error);
    }
  }

  #fetch(): CustomFetch {
    return async (url, { method, headers, body }) => {
      const response = await this.dependencies.outbound.fetch(url, {
        method: method === 'POST' ? 'POST' : 'GET', headers,
        ...(typeof body === 'string' || body instanceof URLSearchParams || body instanceof Uint8Array ? { body } : {}),
      });
      return new Response(response.status === 204 ? null : response.text(), { status: response.status, headers: response.headers });
    };
  }
}

/** A council's client at the development identity provider. */
export function clientIdOf(slug: string, who: Who): string {
  return `${slug}.${who}s`;
}

/** An ES module, and of no use until somebody signs in. */
function loadClient(): Promise<Client> {
  return import('openid-client');
}

function readConfidence(acr: unknown): IdentityConfidence {
  return CONFIDENCES.find((level) => level === acr) ?? 'none';
}

function readPerson(found: UserInfoResponse): Partial<IdentityClaims> {
  const roles = readTexts(found.roles).filter((role): role is OfficerRole => ['adviser', 'case-officer', 'team-manager'].includes(role));
  return {
    name: found.name,
    ...(found.email_verified === true && found.email ? { verifiedEmail: found.email } : {}),
    ...(found.phone_number_verified === true && found.phone_number ? { verifiedPhone: found.phone_number } : {}),
    ...(found.locale === 'en' || found.locale === 'cy' ? { preferredLanguage: found.locale } : {}),
    ...(roles.length > 0 ? { staff: { roles, teams: readTexts(found.teams) } } : {}),
  };
}
function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function refusalOf(error: unknown, client: Client): Answer {
  if (causedByOutage(error)) throw unavailable(error);
  if (error instanceof client.AuthorizationResponseError) {
    if (['temporarily_unavailable', 'server_error'].includes(error.error)) throw unavailable(error);
    if (['access_denied', 'login_required', 'interaction_required'].includes(error.error)) return refused('declined', 'The person did not sign in.');
    return refused('not-valid', `The far end refused: ${error.error}.`);
  }
  if (error instanceof client.ResponseBodyError) {
    if (error.status >= 500) throw unavailable(error);
    return error.error === 'invalid_grant' ? refused('used-or-expired', 'This answer was used before, or is too old.') : refused('not-valid', `The far end refused: ${error.error}.`);
  }
  if (error instanceof client.ClientError || error instanceof client.WWWAuthenticateChallengeError) return refused('not-valid', `The answer does not verify: ${error.code}.`);
  throw error;
}

function causedByOutage(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (isGuildhallError(each) && each.code === 'unavailable') return true;
  return false;
}
function unavailable(error: unknown): Error {
  return isGuildhallError(error) && error.code === 'unavailable' ? error : new Unavailable(`The development sign-in does not answer: ${error instanceof Error ? error.message : String(error)}`);
}
