import { hash } from 'node:crypto';
import { isAtLeast } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence, PublicKeySet, RedirectBegun, RedirectRefusal, RedirectRequest, RedirectSignIn, SignedOutElsewhere } from '@guildhall/identity-contract';
import { FarEnd, FarEndDocuments, busyIn, demandOurs, halfHashOf, logoutTokenIn, refusalOf, seal, tokenFault, unseal } from '@guildhall/identity-contract/far-end';
import type { Patience } from '@guildhall/identity-contract/far-end';
import { InvalidInput, done, refused } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Outcome, ProviderDependencies, Refusal, Text } from '@guildhall/kernel-contract';
import type { Configuration, UserInfoResponse } from 'openid-client';
import { PROVIDER_ID, checkConnection } from './check-connection';
import { ClientKeys } from './client-keys';
import { CLOCK_TOLERANCE_IN_SECONDS, readCoreIdentity } from './core-identity';
import type { OneLoginEnvironment } from './environment';
import { readLogoutToken } from './logout-token';
import { OneLoginClient } from './one-login-client';
import type { Client } from './one-login-client';
import type { OneLoginOptions } from './options';
import { provedAddressIn } from './proved-address';
import { ALGORITHM, identityKeysAt, signingKeysAt } from './published-keys';
import { hadSecondFactor, vectorsFor } from './vector-of-trust';

const CORE_IDENTITY = 'https://vocab.account.gov.uk/v1/coreIdentityJWT';
const ADDRESS = 'https://vocab.account.gov.uk/v1/address';
const RETURN_CODE = 'https://vocab.account.gov.uk/v1/returnCode';
/** An ID token is fetched as soon as it is made. */
const ID_TOKEN_MOST_AGE_IN_SECONDS = 300;

type Answer = Outcome<IdentityClaims, RedirectRefusal>;
/** What is needed again when the browser comes back. PKCE is RFC 7636. */
interface Kept { readonly redirectUri: string; readonly state: string; readonly nonce: string; readonly codeVerifier: string; readonly confidence: IdentityConfidence }
/** What the one answer of the token endpoint said. */
interface Vouched { readonly subject: string; readonly accessToken: string; readonly idToken: string }

/** Residents sign in at GOV.UK One Login: OpenID Connect, authorization code with PKCE, proved by a key. Tokens are read once and kept nowhere. */
export class OneLoginSignIn implements RedirectSignIn {
  readonly method = 'redirect';
  readonly title: Text = { en: 'Sign in with GOV.UK One Login', cy: 'Mewngofnodi gyda GOV.UK One Login' };
  readonly hint: Text = { en: 'One account for services of the government and of your council.', cy: 'Un cyfrif ar gyfer gwasanaethau’r llywodraeth a’ch cyngor.' };
  readonly highestConfidence: IdentityConfidence;
  readonly #secret: Uint8Array;
  readonly #keys: ClientKeys;
  readonly #farEnd: FarEnd;
  readonly #documents: FarEndDocuments;
  readonly #client: OneLoginClient;

  constructor(private readonly options: OneLoginOptions, private readonly environment: OneLoginEnvironment, private readonly dependencies: ProviderDependencies, patience: Patience = {}) {
    this.highestConfidence = options.provesUpTo ?? 'none';
    this.#secret = dependencies.secret('identity.govuk-one-login');
    this.#keys = new ClientKeys(options.privateKey);
    this.#farEnd = new FarEnd(dependencies.outbound, 'guildhall-govuk-one-login/0.1', patience);
    this.#documents = new FarEndDocuments(PROVIDER_ID, this.#farEnd, dependencies.clock, dependencies.log);
    this.#client = new OneLoginClient(options.clientId, environment, this.#keys, this.#farEnd, this.#documents, dependencies.clock);
  }

  async begin({ redirectUri, language, confidence = 'none' }: RedirectRequest): Promise<RedirectBegun> {
    demandOurs(redirectUri, this.dependencies.council);
    if (!isAtLeast(this.highestConfidence, confidence)) throw new InvalidInput(`One Login proves no identity for this council up to "${confidence}": it is set to "${this.highestConfidence}".`, [{ field: 'confidence', message: 'Offer another way, or agree it with One Login and set provesUpTo.' }]);
    const client = await this.#client.load();
    const configuration = await this.#client.configuration(client);
    const state = client.randomState();
    const nonce = client.randomNonce();
    const codeVerifier = client.randomPKCECodeVerifier();
    const claims = confidence === 'none' ? undefined : { [CORE_IDENTITY]: null, [RETURN_CODE]: null, ...(this.options.asksForAddress ? { [ADDRESS]: null } : {}) };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri, scope: 'openid email phone', state, nonce,
      code_challenge: hash('sha256', codeVerifier, 'base64url'), code_challenge_method: 'S256',
      vtr: vectorsFor(confidence), ui_locales: language, ...(claims ? { claims: JSON.stringify({ userinfo: claims }) } : {}),
    });
    const kept: Kept = { redirectUri, state, nonce, codeVerifier, confidence };
    return { url: url.href, state, keep: seal(kept, this.#secret, 'keep') };
  }

  async complete(callback: Readonly<Record<string, string>>, keep: string): Promise<Answer> {
    // What we sealed ourselves has the shape that we gave it.
    const kept = unseal(keep, this.#secret, 'keep') as Kept | undefined;
    if (!kept || callback.state !== kept.state) return refused('not-what-was-begun', 'This answer does not belong to the sign-in that was begun.');
    const client = await this.#client.load();
    try {
      const configuration = await this.#client.configuration(client);
      const vouched = await this.#vouch(client, configuration, callback, kept);
      if (!vouched.ok) return vouched;
      const { accessToken, subject, idToken } = vouched.value;
      const found = await client.fetchUserInfo(configuration, accessToken, subject);
      const proved = await this.#prove(found, subject, kept.confidence);
      if (!proved.ok) return proved;
      return done({ issuer: this.environment.issuer, subject, signOutHint: seal(idToken, this.#secret, 'sign-out'), ...contactsIn(found), ...proved.value });
    } catch (error) {
      const refusal = refusalOf(error, client);
      if (refusal.refusal.reason === 'not-valid' || refusal.refusal.reason === 'switched-off') this.dependencies.log.warn('identity.govuk-one-login.refused', { reason: refusal.refusal.reason, message: refusal.refusal.message });
      return refusal;
    }
  }

  async signOut({ returnUri, hint }: { readonly returnUri: string; readonly hint?: string }): Promise<string> {
    demandOurs(returnUri, this.dependencies.council);
    const client = await this.#client.load();
    const idToken = hint === undefined ? undefined : unseal(hint, this.#secret, 'sign-out');
    return client.buildEndSessionUrl(await this.#client.configuration(client), { post_logout_redirect_uri: returnUri, ...(typeof idToken === 'string' ? { id_token_hint: idToken } : {}) }).href;
  }

  publicKeys(): Promise<PublicKeySet> {
    return this.#keys.published();
  }

  async signedOutElsewhere(body: string): Promise<Outcome<SignedOutElsewhere, Refusal<'not-valid'>>> {
    const token = logoutTokenIn(body);
    if (!token) return refused('not-valid', 'There is no logout token.');
    try {
      const { issuer, jwks_uri } = await this.#client.metadata();
      const notice = await readLogoutToken(token, { issuer, clientId: this.options.clientId, keys: signingKeysAt(this.#documents, jwks_uri), clock: this.dependencies.clock });
      return notice ? done(notice) : refused('not-valid', 'The token is no logout token.');
    } catch (error) {
      const fault = tokenFault(error);
      if (fault) return refused('not-valid', `The logout token does not verify: ${fault}.`);
      throw error;
    }
  }

  /** Whether One Login answers, knows the council's key, and agrees with our clock. */
  check(): Promise<ConnectionCheck> {
    return checkConnection({ client: this.#client, documents: this.#documents, farEnd: this.#farEnd, environment: this.environment, clock: this.dependencies.clock, council: this.dependencies.council });
  }

  /** Exchanges the code and believes the ID token only when all of it is right. */
  async #vouch(client: Client, configuration: Configuration, callback: Readonly<Record<string, string>>, kept: Kept): Promise<Outcome<Vouched, RedirectRefusal>> {
    const address = new URL(kept.redirectUri);
    for (const [name, value] of Object.entries(callback)) address.searchParams.set(name, value);
    // Asked again only where the far end says that it did not take the request: after silence the code may be used. Every try has an assertion of its own.
    const tokens = await this.#farEnd.patiently(
      () => client.authorizationCodeGrant(configuration, address, { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.codeVerifier, idTokenExpected: true }),
      (error) => [429, 503].includes(busyIn(error)?.answered ?? 0),
    );
    const idToken = tokens.id_token ?? '';
    const { jwtVerify } = await import('jose');
    const { issuer, jwks_uri } = await this.#client.metadata();
    const { payload } = await jwtVerify(idToken, signingKeysAt(this.#documents, jwks_uri), {
      algorithms: [ALGORITHM], issuer, audience: this.options.clientId, requiredClaims: ['sub', 'exp', 'iat', 'nonce', 'at_hash', 'vot'],
      currentDate: this.dependencies.clock.now(), clockTolerance: CLOCK_TOLERANCE_IN_SECONDS, maxTokenAge: ID_TOKEN_MOST_AGE_IN_SECONDS,
    });
    if (payload.at_hash !== halfHashOf(tokens.access_token, 'sha256')) return refused('not-valid', 'The access token is not the one that the ID token was made with.');
    if (!hadSecondFactor(payload.vot)) return refused('not-confident-enough', 'The person signed in without a second factor, which was asked for.');
    return done({ subject: payload.sub ?? '', accessToken: tokens.access_token, idToken });
  }

  /** What One Login proved of who somebody is, at least as surely as was asked. */
  async #prove(found: UserInfoResponse, subject: string, asked: IdentityConfidence): Promise<Outcome<Pick<IdentityClaims, 'confidence' | 'name' | 'dateOfBirth' | 'address'>, RedirectRefusal>> {
    if (asked === 'none') return done({ confidence: 'none' });
    const token = found[CORE_IDENTITY];
    if (typeof token !== 'string') {
      const codes = returnCodesIn(found[RETURN_CODE]);
      return codes.length > 0 ? refused('not-proven', `One Login could not prove who the person is: ${codes.join(', ')}.`) : refused('not-confident-enough', 'One Login sent no proof of identity, which was asked for.');
    }
    const { clock } = this.dependencies;
    const { confidence, name, dateOfBirth } = await readCoreIdentity(token, { issuer: this.environment.identityIssuer, clientId: this.options.clientId, subject, keys: identityKeysAt(this.#documents, this.environment), clock });
    if (!isAtLeast(confidence, asked)) return refused('not-confident-enough', `Confidence ${asked} was asked for, and ${confidence} came.`);
    const address = this.options.asksForAddress ? provedAddressIn(found[ADDRESS], clock.now().toISOString().slice(0, 10)) : undefined;
    return done({ confidence, name, ...(dateOfBirth ? { dateOfBirth } : {}), ...(address ? { address } : {}) });
  }
}

/** The contacts that One Login has verified; any other is not handed on. */
function contactsIn({ email, email_verified, phone_number, phone_number_verified }: UserInfoResponse): Pick<IdentityClaims, 'verifiedEmail' | 'verifiedPhone'> {
  return { ...(email_verified === true && email ? { verifiedEmail: email } : {}), ...(phone_number_verified === true && phone_number ? { verifiedPhone: phone_number } : {}) };
}

/** One Login's return codes are single letters, and say of nobody who they are. */
function returnCodesIn(claim: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(claim) ? claim : [];
  return all.flatMap((each) => (typeof each === 'object' && each !== null && 'code' in each && typeof each.code === 'string' && /^[A-Z0-9]{1,4}$/i.test(each.code) ? [each.code] : []));
}
