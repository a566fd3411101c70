import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call } from '@guildhall/identity-contract/far-end';
import { environmentOf } from '../environment';
import type { OneLoginEnvironment } from '../environment';
import type { AuthorizeRequest } from './authorize-request';
import { lookAt } from './authorize-request';
import type { BrowserSession } from './browser-sessions';
import { BrowserSessions, leftToDo } from './browser-sessions';
import { clientOf } from './client-assertion';
import { isFault } from './faults';
import type { FaultName } from './faults';
import { SIMULATED_PEOPLE } from './people';
import type { SimulatedPerson } from './people';
import { ProtocolError } from './protocol-error';
import { configurationOf, didDocumentOf } from './published-documents';
import { jsonReply, pageReply, readForm, redirectReply } from './replies';
import type { Reply } from './replies';
import { parametersOf } from './request-object';
import type { SimulatedClient } from './simulated-client';
import { SignInKeys } from './sign-in-keys';
import { SimulatedKeys } from './simulated-keys';
import { SimulatedTokens } from './simulated-tokens';
import { authorizePage, controlPage, noticePage } from './simulator-pages';
import { userInfoOf } from './user-info';

/** What a simulator is started with. @public */
export interface SimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  readonly clients: readonly SimulatedClient[];
  readonly people?: readonly SimulatedPerson[];
  /** A clock of the test's own. */
  readonly now?: () => Date;
  /** `Cache-Control` of the configuration, the keys and the DID document. */
  readonly cacheControl?: string;
}
/** What an endpoint answers instead of its own answer. @public */
export interface CannedAnswer { readonly status?: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly delayInMs?: number; /** The connection is cut instead. */ readonly isCut?: boolean; /** How often; always unless told. */ readonly times?: number; /** The endpoint does its work before it answers so: what it acknowledges is lost. */ readonly afterItsWork?: boolean }
/** One call as it came. @public */
export interface SeenCall { readonly method: string; readonly path: string; readonly userAgent: string | undefined; /** 0 when the connection was cut. */ readonly status: number }
/** What came of telling a council that somebody signed out. @public */
export interface SentLogout { readonly clientId: string; readonly status: number | 'no-answer' }

/** A running simulator. @public */
export interface OneLoginSimulator {
  readonly origin: string;
  /** What a council sets as `environment`; `origin` does as well. */
  readonly environment: OneLoginEnvironment;
  readonly people: readonly SimulatedPerson[];
  /** Every call so far, but for those of the control page. */
  readonly calls: readonly SeenCall[];
  readonly sentLogouts: readonly SentLogout[];
  register(client: SimulatedClient): void;
  /** Makes these things go wrong from now on, and nothing else. */
  fail(...faults: readonly FaultName[]): void;
  /** Answers at this path with something else. Without an answer: as it should again. */
  answer(path: string, answer?: CannedAnswer): void;
  rotateKeys(which: 'sign-in' | 'identity', options?: { readonly withdrawsOld?: boolean }): void;
  /** The subject by which a client knows somebody. */
  subjectOf(clientId: string, personId: string): string;
  /** A logout token as it would be sent. */
  logoutToken(clientId: string, subject: string): Promise<string>;
  /** Tells a client that somebody signed out. */
  sendLogout(clientId: string, subject: string): Promise<SentLogout>;
  stop(): Promise<void>;
}

const CODE_LIVES_IN_SECONDS = 300;
const ACCESS_TOKEN_LIVES_IN_SECONDS = 180;
const DEFAULT_LOGOUT = 'https://www.gov.uk/';
/** Called by servers, not by browsers: whoever does not say who they are gets 403. */
const DIRECT = new Set(['/token', '/userinfo', '/.well-known/openid-configuration', '/.well-known/jwks.json', '/.well-known/did.json']);

type Identity = SimulatedPerson['identity'];
/** A request that waits for somebody to choose: among whom, and, where they have signed in already, when that was. */
interface Asked { readonly request: AuthorizeRequest; readonly people: readonly SimulatedPerson[]; readonly authenticatedAt?: number }
interface Grant { readonly request: AuthorizeRequest; readonly person: SimulatedPerson; readonly subject: string; readonly identity: Identity; readonly sessionId: string; readonly authenticatedAt: number; readonly until: number; accessToken?: string; isUsed: boolean }
interface Session { readonly clientId: string; readonly subject: string; readonly email: string; readonly sessionId: string }

/**
 * Starts a simulator of GOV.UK One Login on this machine: its endpoints, its checks, its errors and its keys, and a page at `/` to make things go wrong.
 * @example const simulator = await startOneLoginSimulator({ clients: [{ clientId, publicKeys: { jwksUri }, redirectUris, postLogoutRedirectUris }] }); … await simulator.stop();
 * @public
 */
export async function startOneLoginSimulator(options: SimulatorOptions): Promise<OneLoginSimulator> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // This machine only: whoever reaches the page may be anybody.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return new Simulator(server, options);
}

class Simulator implements OneLoginSimulator {
  readonly origin: string;
  readonly environment: OneLoginEnvironment;
  readonly people: readonly SimulatedPerson[];
  readonly calls: SeenCall[] = [];
  readonly sentLogouts: SentLogout[] = [];
  readonly #clients: Map<string, SimulatedClient>;
  readonly #signIn = new SignInKeys();
  readonly #identity: SimulatedKeys;
  readonly #tokens: SimulatedTokens;
  readonly #faults = new Set<FaultName>();
  readonly #answers = new Map<string, CannedAnswer & { left: number }>();
  readonly #asked = new Map<string, Asked>();
  readonly #browsers = new BrowserSessions(() => this.#now());
  readonly #codes = new Map<string, Grant>();
  readonly #access = new Map<string, Grant & { readonly accessUntil: number }>();
  readonly #assertions = new Map<string, number>();
  #sessions: readonly Session[] = [];

  constructor(private readonly server: Server, private readonly options: SimulatorOptions) {
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    this.environment = environmentOf(this.origin);
    this.people = options.people ?? SIMULATED_PEOPLE;
    this.#clients = new Map();
    for (const client of options.clients) this.register(client);
    this.#identity = new SimulatedKeys(`${this.environment.did}#`);
    this.#tokens = new SimulatedTokens({ issuer: this.environment.issuer, identityIssuer: this.environment.identityIssuer, signIn: this.#signIn, identity: this.#identity, faults: this.#faults, nowInSeconds: () => this.#now() });
    server.on('request', (request, response) => { void this.#take(request, response); });
  }

  register(client: SimulatedClient): void {
    this.#clients.set(client.clientId, client);
    this.#signIn.makeReadyFor(client);
  }
  fail(...faults: readonly FaultName[]): void { this.#faults.clear(); for (const fault of faults) this.#faults.add(fault); }
  answer(path: string, answer?: CannedAnswer): void { if (answer) this.#answers.set(path, { ...answer, left: answer.times ?? Number.POSITIVE_INFINITY }); else this.#answers.delete(path); }
  rotateKeys(which: 'sign-in' | 'identity', options?: { readonly withdrawsOld?: boolean }): void { (which === 'identity' ? this.#identity : this.#signIn).rotate(options); }

  subjectOf(clientId: string, personId: string): string {
    const client = this.#clients.get(clientId);
    const sector = client?.sectorIdentifier ?? new URL(client?.redirectUris[0] ?? this.origin).host;
    return `urn:fdc:gov.uk:2022:${createHash('sha256').update(`${sector} ${personId}`).digest('base64url')}`;
  }

  logoutToken(clientId: string, subject: string): Promise<string> { return this.#tokens.logoutToken(clientId, subject); }

  async sendLogout(clientId: string, subject: string): Promise<SentLogout> {
    const uri = this.#clients.get(clientId)?.backChannelLogoutUri;
    if (!uri) throw new Error(`${clientId} has registered no address for back-channel logout.`);
    this.#browsers.endAllOf(({ id }) => this.subjectOf(clientId, id) === subject);
    const form = new URLSearchParams({ logout_token: await this.logoutToken(clientId, subject) });
    const status = await call(uri, 'one-login-simulator', form).then((answer) => answer.status, () => 'no-answer' as const);
    const sent = { clientId, status };
    this.sentLogouts.push(sent);
    return sent;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => { this.server.close(() => resolve()); this.server.closeAllConnections(); });
  }

  #now(): number { return Math.floor((this.options.now?.() ?? new Date()).getTime() / 1000); }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const canned = this.#canned(url.pathname);
    const reply = await this.#reply(request, url, canned).catch((error: unknown) => (error instanceof ProtocolError ? jsonReply(error.status, { error: error.error, error_description: error.description }) : jsonReply(500, { error: 'server_error', error_description: 'The simulator failed' })));
    if (!url.pathname.startsWith('/control') && url.pathname !== '/') this.calls.push({ method: request.method ?? '', path: url.pathname, userAgent: request.headers['user-agent'], status: canned?.isCut ? 0 : reply.status });
    if (canned?.delayInMs) await new Promise((resolve) => { setTimeout(resolve, canned.delayInMs); });
    if (canned?.isCut) request.socket.destroy();
    else response.writeHead(reply.status, { date: new Date(this.#now() * 1000).toUTCString(), ...reply.headers }).end(reply.body);
  }

  async #reply(request: IncomingMessage, url: URL, canned: CannedAnswer | undefined): Promise<Reply> {
    const form = await readForm(request);
    if (DIRECT.has(url.pathname) && !request.headers['user-agent']) return { status: 403, headers: {}, body: '' };
    const instead: Reply | undefined = canned && { status: canned.status ?? 200, headers: { 'content-type': 'application/json', ...canned.headers }, body: canned.body ?? '' };
    if (instead && !canned?.afterItsWork) return instead;
    const reply = await this.#route(request, url, form);
    return instead ?? reply;
  }

  async #route(request: IncomingMessage, url: URL, form: URLSearchParams): Promise<Reply> {
    const kept = { 'cache-control': this.options.cacheControl ?? 'public, max-age=300' };
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration': return jsonReply(200, configurationOf(this.environment), kept);
      case 'GET /.well-known/jwks.json': return jsonReply(200, { keys: this.#signIn.jwks() }, kept);
      case 'GET /.well-known/did.json': return jsonReply(200, didDocumentOf(this.environment, this.#identity.jwks()), kept);
      case 'GET /authorize': return this.#authorize(url.searchParams, request.headers.cookie);
      case 'POST /authorize': return this.#chosen(form);
      case 'POST /token': return jsonReply(200, await this.#token(form), { 'cache-control': 'no-store' });
      case 'GET /userinfo': case 'POST /userinfo': return this.#userinfo(request);
      case 'GET /logout': return this.#logout(url.searchParams, request.headers.cookie);
      case 'GET /': return pageReply(200, controlPage(this.#faults, this.#sessions));
      case 'POST /control': return this.#control(form);
      default: return pageReply(404, noticePage('Not found', 'The simulator has no such page.'));
    }
  }

  async #authorize(query: URLSearchParams, cookies: string | undefined): Promise<Reply> {
    const parameters = await parametersOf(query, { clients: this.#clients, audience: `${this.environment.issuer}authorize`, now: new Date(this.#now() * 1000) });
    if (typeof parameters === 'string') return pageReply(400, noticePage('The request cannot be used', parameters));
    const looked = lookAt(parameters, this.#clients);
    if (looked.kind === 'refused') return pageReply(400, noticePage('The request cannot be used', looked.description));
    if (looked.kind === 'error') return backTo(looked, { error: looked.error, error_description: looked.description });
    const { request } = looked;
    // Only a signed request may have somebody prove again that they are who they were (documentation, "Reauthenticate users"); elsewhere prompt=login changes nothing.
    if (request.prompt === 'login' && request.idTokenHint && query.has('request')) {
      const again = await this.#personIn(request.idTokenHint, request.client.clientId);
      return again ? this.#ask({ request, people: [again] }) : backTo(request, { error: 'invalid_request', error_description: 'Invalid id_token_hint' });
    }
    const session = this.#browsers.of(cookies);
    const left = leftToDo(request, session, this.#now());
    if (session && left === 'nothing') return this.#signedIn(request, session);
    if (request.prompt === 'none') return backTo(request, { error: 'login_required', error_description: 'Login required' });
    return this.#ask(session && left === 'identity' ? { request, people: [session.person], authenticatedAt: session.authenticatedAt } : { request, people: this.people });
  }

  #ask(asked: Asked): Reply {
    const id = randomUUID();
    this.#asked.set(id, asked);
    return pageReply(200, authorizePage(id, asked.request, asked.people));
  }

  /** Whom an ID token of ours for this client is about; whether it has expired does not matter. */
  async #personIn(idToken: string, clientId: string): Promise<SimulatedPerson | undefined> {
    if (!(await this.#signIn.knows(idToken))) return undefined;
    const { decodeJwt } = await import('jose');
    const { aud, sub } = decodeJwt(idToken);
    return aud === clientId ? this.people.find(({ id }) => this.subjectOf(clientId, id) === sub) : undefined;
  }

  #chosen(form: URLSearchParams): Reply {
    const id = form.get('request') ?? '';
    const asked = this.#asked.get(id);
    const person = asked?.people.find((each) => each.id === form.get('person'));
    const error = form.get('error');
    if (!asked || (!person && !error)) return pageReply(400, noticePage('This page is too old', 'Begin again at the council.'));
    this.#asked.delete(id);
    const { request } = asked;
    if (error || !person) return backTo(request, { error: error ?? 'server_error', error_description: 'Chosen at the simulator' });
    const identity = request.level === 'P0' ? undefined : ((form.get('identity') || person.identity) as Identity);
    const session = { person, authenticatedAt: asked.authenticatedAt ?? this.#now(), credential: request.credential, identity };
    const reply = this.#signedIn(request, session);
    return { ...reply, headers: { ...reply.headers, 'set-cookie': this.#browsers.open(session) } };
  }

  #signedIn(request: AuthorizeRequest, { person, authenticatedAt, identity = person.identity }: BrowserSession): Reply {
    const code = randomBytes(32).toString('base64url');
    const subject = this.subjectOf(request.client.clientId, person.id);
    const sessionId = randomUUID();
    this.#codes.set(code, { request, person, subject, identity, sessionId, authenticatedAt, until: this.#now() + CODE_LIVES_IN_SECONDS, isUsed: false });
    this.#sessions = [...this.#sessions.filter((each) => each.clientId !== request.client.clientId || each.subject !== subject), { clientId: request.client.clientId, subject, email: person.email, sessionId }];
    return backTo(request, { code });
  }

  async #token(form: URLSearchParams): Promise<object> {
    if (!form.get('grant_type')) throw new ProtocolError(400, 'invalid_request', 'Request is missing grant_type parameter');
    if (form.get('grant_type') !== 'authorization_code') throw new ProtocolError(400, 'unsupported_grant_type', 'Unsupported grant type');
    for (const name of ['redirect_uri', 'code']) if (!form.get(name)) throw new ProtocolError(400, 'invalid_request', `Request is missing ${name} parameter`);
    const { issuer } = this.environment;
    const client = await clientOf(form, { audiences: [`${issuer}token`, issuer], clients: this.#clients, seen: this.#assertions, nowInSeconds: this.#now() });
    const grant = this.#codes.get(form.get('code') ?? '');
    // A code that comes twice may have been stolen: what it gave the first time ends too (RFC 9700, 2.1.1).
    if (grant?.isUsed && grant.accessToken) this.#access.delete(grant.accessToken);
    const isRight = grant && !grant.isUsed && grant.until >= this.#now() && grant.request.client.clientId === client.clientId && grant.request.redirectUri === form.get('redirect_uri') && isProved(grant.request.codeChallenge, form.get('code_verifier'));
    if (!grant || !isRight) throw new ProtocolError(400, 'invalid_grant', 'Invalid grant');
    const accessToken = randomBytes(32).toString('base64url');
    grant.isUsed = true;
    grant.accessToken = accessToken;
    this.#access.set(accessToken, { ...grant, accessUntil: this.#now() + ACCESS_TOKEN_LIVES_IN_SECONDS });
    return { access_token: accessToken, token_type: 'Bearer', expires_in: ACCESS_TOKEN_LIVES_IN_SECONDS, id_token: await this.#tokens.idToken(grant.request, grant, accessToken) };
  }

  async #userinfo(request: IncomingMessage): Promise<Reply> {
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const grant = this.#access.get(token);
    if (!grant || grant.accessUntil < this.#now()) return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="Invalid access token"' }, body: '' };
    const { person, subject, identity, request: asked } = grant;
    const shown = this.#faults.has('userinfo-of-somebody-else') ? 'urn:fdc:gov.uk:2022:somebody-else' : subject;
    return jsonReply(200, await userInfoOf(shown, person, identity, asked, () => this.#tokens.coreIdentity(asked.client, subject, person, identity)));
  }

  async #logout(query: URLSearchParams, cookies: string | undefined): Promise<Reply> {
    const here = this.#browsers.of(cookies)?.person.email;
    const [hint, returnUri] = [query.get('id_token_hint'), query.get('post_logout_redirect_uri')];
    const back = (address: string, more: Readonly<Record<string, string>> = {}): Reply => redirectReply(address, { ...more, ...(query.get('state') ? { state: query.get('state') ?? '' } : {}) });
    if (!hint || !(await this.#signIn.knows(hint))) {
      await this.#signOutEverywhere(here);
      return back(DEFAULT_LOGOUT, hint ? { error_code: 'invalid_request', error_description: 'unable to validate id_token_hint' } : {});
    }
    const { decodeJwt } = await import('jose');
    const { aud, sid } = decodeJwt<{ sid?: string }>(hint);
    const ended = this.#sessions.find(({ sessionId }) => sessionId === sid);
    await this.#signOutEverywhere(ended?.email ?? here, ended);
    const client = typeof aud === 'string' ? this.#clients.get(aud) : undefined;
    if (!client) return back(DEFAULT_LOGOUT, { error_code: 'unauthorized_client', error_description: 'client not found' });
    if (!returnUri) return back(DEFAULT_LOGOUT);
    if (!client.postLogoutRedirectUris.includes(returnUri)) return back(DEFAULT_LOGOUT, { error_code: 'invalid_request', error_description: 'client registry does not contain post_logout_redirect_uri' });
    return back(returnUri);
  }

  /** Somebody is signed out in every browser and at every service; those that did not ask for it are told. */
  async #signOutEverywhere(email: string | undefined, asking?: Session): Promise<void> {
    const told = this.#sessions.filter((each) => each.email === email && each !== asking);
    this.#sessions = this.#sessions.filter((each) => each.email !== email);
    this.#browsers.endAllOf((person) => person.email === email);
    for (const { clientId, subject } of told) if (this.#clients.get(clientId)?.backChannelLogoutUri) await this.sendLogout(clientId, subject);
  }

  async #control(form: URLSearchParams): Promise<Reply> {
    switch (form.get('do')) {
      case 'faults': this.fail(...form.getAll('fault').filter(isFault)); break;
      case 'answer': this.answer(form.get('path') ?? '', { status: Number(form.get('status')) || 503, times: Number(form.get('times')) || 1, delayInMs: (Number(form.get('delay')) || 0) * 1000, headers: { 'retry-after': '1' } }); break;
      case 'rotate': this.rotateKeys(form.get('keys') === 'identity' ? 'identity' : 'sign-in'); break;
      case 'log-out': { const [clientId = '', subject = ''] = (form.get('session') ?? '').split(' '); await this.sendLogout(clientId, subject); break; }
      default: break;
    }
    return { status: 303, headers: { location: '/' }, body: '' };
  }

  #canned(path: string): CannedAnswer | undefined {
    const canned = this.#answers.get(path);
    if (!canned) return undefined;
    canned.left -= 1;
    if (canned.left <= 0) this.#answers.delete(path);
    return canned;
  }
}

/** PKCE (RFC 7636, 4.6): a code that was asked for with a challenge needs its verifier, and one without needs none. */
function isProved(challenge: string | undefined, verifier: string | null): boolean {
  return challenge === undefined ? verifier === null : createHash('sha256').update(verifier ?? '').digest('base64url') === challenge;
}

function backTo({ redirectUri, state, usesFragment }: { readonly redirectUri: string; readonly state: string; readonly usesFragment: boolean }, parameters: Readonly<Record<string, string>>): Reply {
  return redirectReply(redirectUri, { ...parameters, ...(state ? { state } : {}) }, usesFragment);
}
