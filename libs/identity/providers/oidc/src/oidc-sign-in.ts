import { isAtLeast } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence, PublicKeySet, RedirectBegun, RedirectRefusal, RedirectRequest, RedirectSignIn, SignedOutElsewhere, Team } from '@guildhall/identity-contract';
import { FarEnd, FarEndDocuments, busyIn, codeOf, demandOurs, logoutTokenIn, refusalOf, seal, tokenFault, unavailableIn, unseal } from '@guildhall/identity-contract/far-end';
import type { Patience } from '@guildhall/identity-contract/far-end';
import { InvalidInput, Unavailable, done, refused } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Outcome, ProviderDependencies, Refusal, Text } from '@guildhall/kernel-contract';
import type { Configuration, TokenEndpointResponse } from 'openid-client';
import { ALGORITHMS } from './algorithms';
import type { Algorithm } from './algorithms';
import { checkConnection } from './check-connection';
import { textAt } from './claims';
import type { Claims } from './claims';
import { ClientKeys } from './client-keys';
import { readIdToken } from './id-token';
import type { PinnedIssuer } from './issuer';
import { IssuerClient } from './issuer-client';
import type { Client } from './issuer-client';
import { readLogoutToken } from './logout-token';
import type { IssuerOptions } from './options';
import { outboundFor } from './outbound-for';
import { publishedKeysAt } from './published-keys';
import type { Reading } from './reading';

type Answer = Outcome<IdentityClaims, RedirectRefusal>;
/** What is needed again when the browser comes back. PKCE is RFC 7636. */
interface Kept { readonly redirectUri: string; readonly state: string; readonly nonce: string; readonly codeVerifier: string; readonly confidence: IdentityConfidence }
/** What it takes to ask again. */
interface KeptForRecheck { readonly refreshToken: string; readonly sub: string; readonly subject: string }
/** Whose sign-in, at which issuer, under which id. */
export interface SignInParts { readonly who: 'resident' | 'officer'; readonly id: string; readonly options: IssuerOptions; readonly pinned: PinnedIssuer; readonly reading: Reading }

/** Sign-in at any OpenID Connect provider: authorization code with PKCE, state and nonce; tokens are read once, and kept encrypted or not at all. */
export class OidcSignIn implements RedirectSignIn {
  readonly method = 'redirect';
  readonly title: Text;
  readonly hint?: Text;
  readonly highestConfidence: IdentityConfidence;
  readonly teams?: readonly Team[];
  readonly publicKeys?: () => Promise<PublicKeySet>;
  readonly recheck?: NonNullable<RedirectSignIn['recheck']>;
  readonly #secret: Uint8Array;
  readonly #algorithm: Algorithm;
  readonly #farEnd: FarEnd;
  readonly #documents: FarEndDocuments;
  readonly #client: IssuerClient;

  /** @throws Error that says which setting is missing or wrong */
  constructor(private readonly parts: SignInParts, private readonly dependencies: ProviderDependencies, patience: Patience = {}) {
    const { options, pinned, reading, id } = parts;
    const { algorithm = 'RS256', privateKey, clientSecret } = options;
    if (!ALGORITHMS.includes(algorithm)) throw new Error(`The algorithm "${String(algorithm)}" cannot be used: choose one of ${ALGORITHMS.join(', ')}.`);
    if (!privateKey === !clientSecret?.reveal()) throw new Error(`The sign-in ${id} needs either a clientSecret or a privateKey to prove itself to ${pinned.issuer}: give one of the two.`);
    this.title = reading.title;
    this.hint = reading.hint;
    this.highestConfidence = reading.highestConfidence;
    if (reading.teams) this.teams = reading.teams;
    this.#algorithm = algorithm;
    this.#secret = dependencies.secret(id);
    const keys = privateKey && new ClientKeys(privateKey);
    if (keys) this.publicKeys = () => keys.published();
    if (reading.rechecks) this.recheck = (kept) => this.#recheck(kept);
    this.#farEnd = new FarEnd(outboundFor(dependencies.outbound, pinned.issuer, options.alsoAt), 'guildhall-oidc/0.1', patience);
    this.#documents = new FarEndDocuments('identity.oidc', this.#farEnd, dependencies.clock, dependencies.log);
    this.#client = new IssuerClient(options, pinned, algorithm, keys, this.#farEnd, this.#documents, dependencies.clock);
  }

  async begin({ redirectUri, language, confidence = 'none' }: RedirectRequest): Promise<RedirectBegun> {
    demandOurs(redirectUri, this.dependencies.council);
    if (!isAtLeast(this.highestConfidence, confidence)) throw new InvalidInput(`${this.parts.id} is worth confidence "${this.highestConfidence}" at most, and "${confidence}" was asked for.`, [{ field: 'confidence', message: 'Offer another way, or say in confidence which acr or amr is worth more.' }]);
    const client = await this.#client.load();
    const configuration = await this.#client.configuration(client);
    const state = client.randomState();
    const nonce = client.randomNonce();
    const codeVerifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri, scope: ['openid', ...this.parts.reading.scopes].join(' '), state, nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256',
      ui_locales: language, ...this.parts.reading.parameters(confidence),
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
      const answer = await this.#exchange(client, configuration, callback, kept);
      return this.#logged(answer);
    } catch (error) {
      return this.#logged(refusalOf(error, client));
    }
  }

  async signOut({ returnUri, hint }: { readonly returnUri: string; readonly hint?: string }): Promise<string> {
    demandOurs(returnUri, this.dependencies.council);
    const client = await this.#client.load();
    // Not every issuer has a way out (RP-Initiated Logout 1.0 is optional): the person is signed out here all the same.
    if (!(await this.#client.metadata()).end_session_endpoint) return returnUri;
    const idToken = hint === undefined ? undefined : unseal(hint, this.#secret, 'sign-out');
    return client.buildEndSessionUrl(await this.#client.configuration(client), { post_logout_redirect_uri: returnUri, ...(typeof idToken === 'string' ? { id_token_hint: idToken } : {}) }).href;
  }

  async signedOutElsewhere(body: string): Promise<Outcome<SignedOutElsewhere, Refusal<'not-valid'>>> {
    const token = logoutTokenIn(body);
    if (!token) return refused('not-valid', 'There is no logout token.');
    try {
      const { jwks_uri } = await this.#client.metadata();
      const { pinned, options } = this.parts;
      const notice = await readLogoutToken(token, { issuer: pinned.issuer, clientId: options.clientId, algorithm: this.#algorithm, keys: publishedKeysAt(this.#documents, jwks_uri, this.#algorithm), clock: this.dependencies.clock });
      return notice ? done(notice) : refused('not-valid', 'The token is no logout token of a person.');
    } catch (error) {
      const fault = tokenFault(error);
      if (fault) return refused('not-valid', `The logout token does not verify: ${fault}.`);
      throw error;
    }
  }

  /** Whether the issuer answers, agrees with our clock, signs as it should, and knows the council. */
  check(): Promise<ConnectionCheck> {
    const { clock, council } = this.dependencies;
    return checkConnection({ client: this.#client, documents: this.#documents, farEnd: this.#farEnd, parts: this.parts, algorithm: this.#algorithm, clock, council });
  }

  /** Exchanges the code and believes the answer only when all of it is right. */
  async #exchange(client: Client, configuration: Configuration, callback: Readonly<Record<string, string>>, kept: Kept): Promise<Answer> {
    const address = new URL(kept.redirectUri);
    for (const [name, value] of Object.entries(callback)) address.searchParams.set(name, value);
    // Asked again only where the far end says that it did not take the request: after silence the code may be used. Every try has an assertion of its own.
    const tokens = await this.#farEnd.patiently(
      () => client.authorizationCodeGrant(configuration, address, { expectedState: kept.state, expectedNonce: kept.nonce, pkceCodeVerifier: kept.codeVerifier, idTokenExpected: true }),
      (error) => [429, 503].includes(busyIn(error)?.answered ?? 0),
    );
    const claims = await this.#verified(tokens, kept.nonce);
    const subject = textAt(claims, this.parts.reading.subjectIn);
    if (!subject) return refused('not-valid', `The answer lacks ${this.parts.reading.subjectIn}, by which the person is known.`);
    const said = this.parts.reading.read({ ...(await this.#userInfo(client, configuration, tokens.access_token, claims.sub)), ...claims }, kept.confidence, true);
    if (!said.ok) return said;
    return done({ issuer: this.parts.pinned.issuer, subject, signOutHint: seal(tokens.id_token ?? '', this.#secret, 'sign-out'), ...this.#recheckable(tokens.refresh_token, { sub: claims.sub, subject }), ...said.value });
  }

  /** Asks with the refresh token: an account that was closed has none that works (RFC 6749, 5.2; OpenID Connect Core 1.0, 12). */
  async #recheck(text: string): Promise<Outcome<IdentityClaims, Refusal<'no-longer-vouched'>>> {
    const kept = unseal(text, this.#secret, 'recheck') as KeptForRecheck | undefined;
    if (!kept) return refused('no-longer-vouched', 'What was kept to ask again with is not ours.');
    const client = await this.#client.load();
    const configuration = await this.#client.configuration(client);
    let tokens: TokenEndpointResponse;
    try {
      tokens = await this.#farEnd.patiently(() => client.refreshTokenGrant(configuration, kept.refreshToken), (error) => [429, 503].includes(busyIn(error)?.answered ?? 0));
    } catch (error) {
      if (error instanceof client.ResponseBodyError && ['invalid_grant', 'interaction_required', 'login_required', 'consent_required'].includes(error.error)) return refused('no-longer-vouched', `The far end no longer vouches: ${error.error}.`);
      // The council's own trouble with the far end (a secret that has lapsed) says nothing of the officer.
      throw unavailableIn(error) ?? new Unavailable(`${this.parts.pinned.issuer} could not be asked again: ${error instanceof client.ResponseBodyError ? codeOf(error.error) : 'its answer does not verify'}.`);
    }
    const found = await this.#saidAgain(client, configuration, tokens, kept.sub);
    const said = found && this.parts.reading.read(found, 'none', false);
    if (!said?.ok) return refused('no-longer-vouched', said ? said.refusal.message : 'The far end speaks of somebody else.');
    return done({ issuer: this.parts.pinned.issuer, subject: kept.subject, ...this.#recheckable(tokens.refresh_token ?? kept.refreshToken, kept), ...said.value });
  }

  /** What a refresh says of the person: in a new ID token or, since that is optional (12.2), in the user information. Undefined when it is somebody else. */
  async #saidAgain(client: Client, configuration: Configuration, tokens: TokenEndpointResponse, sub: string): Promise<Claims | undefined> {
    try {
      if (!tokens.id_token) return await client.fetchUserInfo(configuration, tokens.access_token, sub);
      const claims = await this.#verified(tokens);
      return claims.sub === sub ? claims : undefined;
    } catch (error) {
      if (tokenFault(error)) return undefined;
      throw unavailableIn(error) ?? new Unavailable(`${this.parts.pinned.issuer} did not say who is signed in.`);
    }
  }

  async #verified(tokens: TokenEndpointResponse, nonce?: string): ReturnType<typeof readIdToken> {
    const { pinned, options } = this.parts;
    const { jwks_uri } = await this.#client.metadata();
    return readIdToken(tokens.id_token ?? '', {
      issuer: pinned.issuer, clientId: options.clientId, algorithm: this.#algorithm, keys: publishedKeysAt(this.#documents, jwks_uri, this.#algorithm),
      clock: this.dependencies.clock, accessToken: tokens.access_token, ...(nonce === undefined ? {} : { nonce }),
    });
  }

  async #userInfo(client: Client, configuration: Configuration, accessToken: string, subject: string): Promise<Claims> {
    if (!this.parts.reading.asksUserInfo || !configuration.serverMetadata().userinfo_endpoint) return {};
    return client.fetchUserInfo(configuration, accessToken, subject);
  }

  #recheckable(refreshToken: string | undefined, { sub, subject }: Omit<KeptForRecheck, 'refreshToken'>): Pick<IdentityClaims, 'recheck'> {
    if (!this.parts.reading.rechecks) return {};
    if (!refreshToken) {
      // Whoever runs the council should know that a closed account is noticed at the next sign-in only.
      this.dependencies.log.warn('identity.oidc.no-refresh-token', { provider: this.parts.id });
      return {};
    }
    const kept: KeptForRecheck = { refreshToken, sub, subject };
    return { recheck: seal(kept, this.#secret, 'recheck') };
  }

  #logged<Result extends Answer>(answer: Result): Result {
    if (!answer.ok && ['not-valid', 'switched-off', 'too-many-groups', 'no-second-factor'].includes(answer.refusal.reason)) {
      this.dependencies.log.warn('identity.oidc.refused', { provider: this.parts.id, reason: answer.refusal.reason, message: answer.refusal.message });
    }
    return answer;
  }
}
