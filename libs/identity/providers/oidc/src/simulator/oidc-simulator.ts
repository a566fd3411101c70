import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWTPayload } from 'jose';
import type { Provider } from 'oidc-provider';
import { beforeItGoes, readForm, sendPage } from './answers';
import { call } from '@guildhall/identity-contract/far-end';
import type { TokenDraft, TokenFaultToPlay } from '@guildhall/identity-contract/far-end';
import { FAULTS, isFault } from './faults';
import type { FaultName } from './faults';
import { makeIssuer, registrationOf } from './issuer';
import { SIMULATED_RESIDENTS, SIMULATED_STAFF, subjectOf } from './people';
import type { SimulatedPerson } from './people';
import { SHAPES } from './shapes';
import type { Shape, SignedInFacts } from './shapes';
import { shortMemory } from './short-memory';
import type { SimulatedClient } from './simulated-client';
import { SimulatedKeys } from './simulated-keys';
import type { SimulatedAlgorithm } from './simulated-keys';
import { choosePage, controlPage, noticePage } from './simulator-pages';

/** What a simulator is started with. @public */
export interface SimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** `plain` unless told. */
  readonly shape?: Shape;
  readonly clients: readonly SimulatedClient[];
  /** Residents for `plain`, staff for the others, unless told. */
  readonly people?: readonly SimulatedPerson[];
  /** RS256 unless told. */
  readonly algorithm?: SimulatedAlgorithm;
  /** A clock of the test's own. */
  readonly now?: () => Date;
  /** `Cache-Control` of the configuration and the keys. */
  readonly cacheControl?: string;
}
/** What an endpoint answers instead of its own answer. @public */
export interface CannedAnswer { readonly status?: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly delayInMs?: number; /** The connection is cut instead. */ readonly isCut?: boolean; /** How often; always unless told. */ readonly times?: number; /** The endpoint does its work before it answers so: what it acknowledges is lost. */ readonly afterItsWork?: boolean }
/** An endpoint of the simulator. @public */
export type Endpoint = 'configuration' | 'authorization' | 'token' | 'jwks' | 'userinfo' | 'end_session';
/** One call as it came. @public */
export interface SeenCall { readonly method: string; readonly endpoint: Endpoint | undefined; readonly path: string; readonly userAgent: string | undefined; /** 0 when the connection was cut. */ readonly status: number }
/** What came of telling a council that somebody signed out. @public */
export interface SentLogout { readonly clientId: string; readonly status: number | 'no-answer' }

/** A running simulator. @public */
export interface OidcSimulator {
  readonly origin: string;
  readonly issuer: string;
  readonly people: readonly SimulatedPerson[];
  /** Every call so far, but for those of the control page. */
  readonly calls: readonly SeenCall[];
  register(client: SimulatedClient): void;
  /** Makes these things go wrong from now on, and nothing else. */
  fail(...faults: readonly FaultName[]): void;
  /** Answers at this endpoint with something else. Without an answer: as it should again. */
  answer(endpoint: Endpoint, answer?: CannedAnswer): void;
  rotateKeys(options?: { readonly withdrawsOld?: boolean }): Promise<void>;
  /** The account is closed: nobody signs in to it, and no refresh token of it works. */
  closeAccount(personId: string): void;
  reopenAccount(personId: string): void;
  /** What the directory says of somebody changes: groups, roles, address. */
  change(personId: string, changes: Partial<Omit<SimulatedPerson, 'id'>>): void;
  subjectOf(personId: string): string;
  /** A logout token as it would be sent. */
  logoutToken(clientId: string, subject: string): Promise<string>;
  /** Tells a client that somebody signed out. */
  sendLogout(clientId: string, personId: string): Promise<SentLogout>;
  stop(): Promise<void>;
}

const CONFIGURATION = '/.well-known/openid-configuration';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Starts a simulator of an OpenID Connect provider on this machine: a plain one, or one in the shape of Microsoft Entra ID or Keycloak, with a page at `/` to make things go wrong.
 * @example const simulator = await startOidcSimulator({ shape: 'keycloak', clients: [{ clientId, clientSecret, redirectUris, postLogoutRedirectUris }] }); … await simulator.stop();
 * @public
 */
export async function startOidcSimulator(options: SimulatorOptions): Promise<OidcSimulator> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // This machine only: whoever reaches the page may be anybody.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const simulator = new Simulator(server, options);
  await simulator.open();
  return simulator;
}

class Simulator implements OidcSimulator {
  readonly origin: string;
  readonly issuer: string;
  readonly calls: SeenCall[] = [];
  readonly #people: Map<string, SimulatedPerson>;
  readonly #clients: Map<string, SimulatedClient>;
  readonly #closed = new Set<string>();
  readonly #faults = new Set<FaultName>();
  readonly #answers = new Map<Endpoint, CannedAnswer & { left: number }>();
  /** How each sign-in went, by the nonce that its tokens carry. */
  readonly #facts = new Map<string, SignedInFacts>();
  readonly #sessions = new Map<string, { readonly clientId: string; readonly personId: string }>();
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #keys: SimulatedKeys;
  readonly #memory: ReturnType<typeof shortMemory>;
  #provider!: Provider;

  constructor(private readonly server: Server, private readonly options: SimulatorOptions) {
    const { issuerPath, routes } = SHAPES[this.#shape];
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    this.issuer = `${this.origin}${issuerPath}`;
    this.#people = new Map((options.people ?? (this.#shape === 'plain' ? SIMULATED_RESIDENTS : SIMULATED_STAFF)).map((person) => [person.id, person]));
    this.#clients = new Map(options.clients.map((client) => [client.clientId, client]));
    this.#keys = new SimulatedKeys(options.algorithm ?? 'RS256');
    this.#memory = shortMemory(() => this.#now() * 1000, async (id) => { const client = this.#clients.get(id); return client && registrationOf(client); });
    this.#endpoints = new Map([[`${issuerPath}${CONFIGURATION}`, 'configuration'], ...Object.entries(routes).map(([name, path]) => [path, name as Endpoint] as const)]);
  }

  async open(): Promise<void> {
    await this.#remake();
    this.server.on('request', (request, response) => { this.#take(request, response).catch(() => { response.destroy(); }); });
  }

  get people(): readonly SimulatedPerson[] { return [...this.#people.values()]; }
  register(client: SimulatedClient): void { this.#clients.set(client.clientId, client); }
  fail(...faults: readonly FaultName[]): void { this.#faults.clear(); for (const fault of faults) this.#faults.add(fault); }
  answer(endpoint: Endpoint, answer?: CannedAnswer): void { if (answer) this.#answers.set(endpoint, { ...answer, left: answer.times ?? Number.POSITIVE_INFINITY }); else this.#answers.delete(endpoint); }
  closeAccount(personId: string): void { this.#closed.add(personId); }
  reopenAccount(personId: string): void { this.#closed.delete(personId); }
  subjectOf(personId: string): string { return subjectOf({ id: personId }); }

  change(personId: string, changes: Partial<Omit<SimulatedPerson, 'id'>>): void {
    const person = this.#people.get(personId);
    if (person) this.#people.set(personId, { ...person, ...changes });
  }

  async rotateKeys(options: { readonly withdrawsOld?: boolean } = {}): Promise<void> {
    this.#keys.rotate(options);
    await this.#remake();
  }

  logoutToken(clientId: string, subject: string): Promise<string> {
    const now = this.#now();
    return this.#sign('logout-token', 'logout+jwt', { iss: this.issuer, aud: clientId, sub: subject, sid: randomUUID(), iat: now, exp: now + 120, jti: randomUUID(), events: { [LOGOUT_EVENT]: {} } });
  }

  async sendLogout(clientId: string, personId: string): Promise<SentLogout> {
    const address = this.#clients.get(clientId)?.backChannelLogoutUri;
    this.#sessions.delete(`${clientId} ${personId}`);
    if (!address) return { clientId, status: 'no-answer' };
    try {
      return { clientId, status: (await call(address, 'oidc-simulator', new URLSearchParams({ logout_token: await this.logoutToken(clientId, this.subjectOf(personId)) }))).status };
    } catch {
      // A council that is down is told again, or not: what matters here is that it did not answer.
      return { clientId, status: 'no-answer' };
    }
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  get #shape(): Shape { return this.options.shape ?? 'plain'; }
  #now(): number { return Math.floor((this.options.now?.() ?? new Date()).getTime() / 1000); }

  async #remake(): Promise<void> {
    this.#provider = await makeIssuer({
      issuer: this.issuer, shape: this.#shape, rules: SHAPES[this.#shape], keys: this.#keys, memory: this.#memory, algorithm: this.options.algorithm ?? 'RS256',
      personOf: (subject) => this.people.find((person) => subjectOf(person) === subject && !this.#closed.has(person.id)),
      factsOf: (nonce) => this.#facts.get(nonce ?? ''),
    });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    response.setHeader('date', new Date(this.#now() * 1000).toUTCString());
    if (url.pathname === '/') { sendPage(response, 200, this.#controls()); return; }
    if (url.pathname === '/control' && request.method === 'POST') { await this.#control(await readForm(request)); response.writeHead(303, { location: '/' }).end(); return; }
    const endpoint = this.#endpoints.get(url.pathname);
    const canned = endpoint && this.#canned(endpoint);
    response.on('close', () => { this.calls.push({ method: request.method ?? '', endpoint, path: url.pathname, userAgent: request.headers['user-agent'], status: response.writableFinished ? response.statusCode : 0 }); });
    if (canned?.delayInMs) await new Promise((resolve) => { setTimeout(resolve, canned.delayInMs); });
    const instead = (): void => { if (canned?.isCut) response.destroy(); else response.writeHead(canned?.status ?? 200, { 'content-type': 'application/json', ...canned?.headers }).end(canned?.body ?? ''); };
    if (canned && !canned.afterItsWork) { request.resume(); instead(); return; }
    if (url.pathname.startsWith('/choose/')) { await this.#choose(request, response); return; }
    if (endpoint === 'authorization') this.#note(url.searchParams);
    // Every sign-in here is a new one: whoever tries things out wants to choose whom to be.
    if (endpoint === 'authorization') request.headers.cookie = '';
    if (endpoint === 'configuration') request.url = CONFIGURATION;
    beforeItGoes(response, (body, send) => {
      if (canned?.isCut) { response.destroy(); return; }
      if (canned) { response.statusCode = canned.status ?? 200; send(canned.body ?? ''); return; }
      this.#changed(endpoint, response, body).then(send, () => { response.destroy(); });
    });
    await this.#provider.callback()(request, response);
  }

  /** What was asked for with this sign-in, for its tokens to say. */
  #note(query: URLSearchParams): void {
    const asked = query.get('claims');
    let context: string | undefined;
    try { context = asked ? (JSON.parse(asked) as { id_token?: { acrs?: { value?: string } } }).id_token?.acrs?.value : undefined; } catch { context = undefined; }
    const isRefreshable = this.#shape === 'keycloak' || (query.get('scope') ?? '').split(' ').includes('offline_access');
    this.#facts.set(query.get('nonce') ?? '', { hasSecondFactor: false, isRefreshable, ...(context ? { asksForContext: context } : {}) });
  }

  async #choose(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let details: Awaited<ReturnType<Provider['interactionDetails']>>;
    try { details = await this.#provider.interactionDetails(request, response); } catch { sendPage(response, 400, noticePage('This page is too old', 'Begin again at the council.')); return; }
    const language = String(details.params.ui_locales ?? '').split(' ')[0] === 'cy' ? 'cy' : 'en';
    if (request.method !== 'POST') { sendPage(response, 200, choosePage(language, this.people.filter(({ id }) => !this.#closed.has(id)))); return; }
    const form = await readForm(request);
    const person = this.#people.get(form.get('person') ?? '');
    const error = form.get('error');
    if (error) { await this.#provider.interactionFinished(request, response, { error, error_description: 'Chosen at the simulator' }, { mergeWithLastSubmission: false }); return; }
    if (!person || this.#closed.has(person.id)) { sendPage(response, 400, noticePage('You cannot sign in', 'This account is closed.')); return; }
    const nonce = String(details.params.nonce ?? '');
    const factor = form.get('factor');
    this.#facts.set(nonce, { isRefreshable: false, ...this.#facts.get(nonce), hasSecondFactor: factor ? factor === 'two' : person.hasSecondFactor });
    this.#sessions.set(`${String(details.params.client_id)} ${person.id}`, { clientId: String(details.params.client_id), personId: person.id });
    await this.#provider.interactionFinished(request, response, { login: { accountId: subjectOf(person), remember: false } }, { mergeWithLastSubmission: false });
  }

  /** What the library answers, in the shape of the far end, and with what goes wrong. */
  async #changed(endpoint: Endpoint | undefined, response: ServerResponse, body: string): Promise<string> {
    if (endpoint === 'configuration' || endpoint === 'jwks') response.setHeader('cache-control', this.options.cacheControl ?? 'public, max-age=300');
    if (endpoint === undefined || endpoint === 'authorization') this.#changeRedirect(response);
    if (response.statusCode !== 200 || !['configuration', 'token', 'userinfo'].includes(endpoint ?? '')) return body;
    const answer = JSON.parse(body) as Record<string, unknown>;
    if (endpoint === 'configuration' && !SHAPES[this.#shape].namesIssuer) delete answer.authorization_response_iss_parameter_supported;
    if (endpoint === 'userinfo' && this.#faults.has('userinfo-of-somebody-else')) answer.sub = 'somebody-else';
    if (endpoint === 'token' && typeof answer.id_token === 'string') answer.id_token = await this.#idToken(answer.id_token);
    return JSON.stringify(answer);
  }

  #changeRedirect(response: ServerResponse): void {
    const location = response.getHeader('location');
    if (typeof location !== 'string' || !URL.canParse(location)) return;
    const url = new URL(location);
    if (url.origin === this.origin || !url.searchParams.has('iss')) return;
    if (!SHAPES[this.#shape].namesIssuer || this.#faults.has('redirect-without-issuer')) url.searchParams.delete('iss');
    else if (this.#faults.has('redirect-wrong-issuer')) url.searchParams.set('iss', 'https://somebody-else.example/');
    response.setHeader('location', url.href);
  }

  /** The library's ID token again, with what this kind of far end writes into it. */
  async #idToken(token: string): Promise<string> {
    const { decodeJwt } = await import('jose');
    const claims = decodeJwt<{ nonce?: string }>(token);
    const person = this.people.find((each) => subjectOf(each) === claims.sub);
    const facts = this.#facts.get(claims.nonce ?? '') ?? { hasSecondFactor: false, isRefreshable: false };
    // The library goes by the real clock.
    const shift = this.#now() - Math.floor(Date.now() / 1000);
    const times = Object.fromEntries(['iat', 'exp', 'auth_time'].flatMap((name) => { const at = claims[name]; return typeof at === 'number' ? [[name, at + shift]] : []; }));
    return this.#sign('id-token', 'JWT', { ...claims, ...times, ...(person ? SHAPES[this.#shape].claimsOf(person, facts) : {}) });
  }

  async #sign(what: (typeof FAULTS)[FaultName]['in'], typ: string, claims: JWTPayload): Promise<string> {
    const draft: TokenDraft = { header: { alg: this.options.algorithm ?? 'RS256', kid: this.#keys.newestKid, typ }, claims, signedBy: 'own-key' };
    for (const name of this.#faults) {
      const fault: TokenFaultToPlay = FAULTS[name];
      if (fault.in === what) fault.change?.(draft);
    }
    return this.#keys.sign(draft);
  }

  #controls(): string {
    return controlPage({ faults: this.#faults, people: this.people, closed: this.#closed, sessions: [...this.#sessions.values()], paths: [...new Set(this.#endpoints.values())] });
  }

  async #control(form: URLSearchParams): Promise<void> {
    if (form.has('close')) this.closeAccount(form.get('close') ?? '');
    if (form.has('reopen')) this.reopenAccount(form.get('reopen') ?? '');
    switch (form.get('do')) {
      case 'faults': this.fail(...form.getAll('fault').filter(isFault)); break;
      case 'answer': this.answer((form.get('path') ?? '') as Endpoint, { status: Number(form.get('status')) || 503, times: Number(form.get('times')) || 1, delayInMs: (Number(form.get('delay')) || 0) * 1000, headers: { 'retry-after': '1' } }); break;
      case 'rotate': await this.rotateKeys(); break;
      case 'withdraw': await this.rotateKeys({ withdrawsOld: true }); break;
      case 'log-out': { const [clientId = '', personId = ''] = (form.get('session') ?? '').split(' '); await this.sendLogout(clientId, personId); break; }
      default: break;
    }
  }

  #canned(endpoint: Endpoint): CannedAnswer | undefined {
    const canned = this.#answers.get(endpoint);
    if (!canned) return undefined;
    canned.left -= 1;
    if (canned.left <= 0) this.#answers.delete(endpoint);
    return canned;
  }
}
