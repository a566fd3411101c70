import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AccessTokens, credentialsIn } from './access-tokens';
import { Faults } from './faults';
import type { OsPlacesFault } from './faults';
import { simulatorPage } from './page';
import type { SimulatedPlace } from './place';
import { BadQuestion, answerOf } from './questions';
import { recordsOf } from './records';
import { seamark } from './village';

/** How a simulator is started. @public */
export interface OsPlacesSimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** The key that it knows; one of its own making unless told. */
  readonly key?: string;
  /** The secret of its key, with which access tokens are got; one of its own making unless told. */
  readonly secret?: string;
  /** Keys of other projects that it knows as well. */
  readonly otherKeys?: readonly string[];
  /** Keys that it knows and whose project does not have OS Places. */
  readonly keysWithoutPlaces?: readonly string[];
  /** 600 unless told, as a live project has; 50 is a project in development mode. */
  readonly requestsPerMinute?: number;
  /** The gazetteer; the invented village of Seamark unless told. */
  readonly places?: readonly SimulatedPlace[];
  readonly delayInSeconds?: number;
  readonly now?: () => Date;
}

/** A simulator that runs. @public */
export interface OsPlacesSimulator {
  /** For `osPlaces({ origin })`. */
  readonly origin: string;
  readonly key: string;
  /** With the key, for an access token (`POST /oauth2/token/v1`). */
  readonly secret: string;
  /** What was asked, the oldest first; no key and no token is part of it. */
  readonly seen: readonly { readonly at: string; readonly question: string; readonly status: number | string }[];
  /** The next questions fail so; `Infinity` times is until cleared. */
  failNext(fault: OsPlacesFault, times?: number): void;
  /** Forgets faults, what was seen, and the questions of this minute. */
  clear(): void;
  stop(): Promise<void>;
}

const BASE = '/search/places/v1/';
const TOKENS = '/oauth2/token/v1';
const MOST_SEEN = 200;
const LONGEST_BODY = 100_000;

/**
 * Serves OS Places on this machine from an invented gazetteer, and a page at its root that drives it.
 * @public
 * @example const far = await startOsPlaces(); addresses({ providers: [osPlaces({ origin: far.origin, key: new Secret(far.key) })] })
 */
export async function startOsPlaces(options: OsPlacesSimulatorOptions = {}): Promise<OsPlacesSimulator> {
  const key = options.key ?? randomBytes(16).toString('hex');
  const secret = options.secret ?? randomBytes(16).toString('hex');
  const desk = new Desk({ ...options, key, secret });
  const server = createServer((request, response) => { desk.serve(request, response).catch(() => response.destroy()); });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
  desk.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: desk.origin, key, secret, seen: desk.seen,
    failNext: (fault, times = 1) => desk.faults.plan(fault, times),
    clear: () => desk.clear(),
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}

class Desk {
  origin = '';
  readonly faults = new Faults();
  readonly seen: { at: string; question: string; status: number | string }[] = [];
  #times: number[] = [];
  readonly #records;
  readonly #tokens = new AccessTokens(() => this.#now());

  constructor(private readonly options: OsPlacesSimulatorOptions & { readonly key: string; readonly secret: string }) { this.#records = recordsOf(options.places ?? seamark); }

  clear(): void {
    this.faults.clear();
    this.seen.length = 0;
    this.#times = [];
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://os-places.example');
    if (url.pathname === TOKENS) return this.#giveToken(request, response);
    if (!url.pathname.startsWith(BASE)) return this.#drive(request, response, url);
    const note = (status: number | string): void => {
      const shown = new URLSearchParams(url.searchParams);
      shown.delete('key');
      this.seen.push({ at: this.#now().toISOString(), question: `${url.pathname.slice(BASE.length)}?${decodeURIComponent(shown.toString().replace(/%(?![0-9A-F]{2})/gi, '%25'))}`, status });
      if (this.seen.length > MOST_SEEN) this.seen.shift();
    };
    const send = (status: number, body: object | string): void => {
      note(status);
      const isPage = typeof body === 'string' && body.startsWith('<');
      response.writeHead(status, { 'content-type': isPage ? 'text/html' : 'application/json;charset=UTF-8', date: this.#now().toUTCString() }).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const fault = this.faults.next();
    if (fault === 'lose-connection') { note(fault); return void request.socket.destroy(); }
    if (fault === 'hang') return note(fault);
    if (fault === 'delay' || this.options.delayInSeconds) await wait((this.options.delayInSeconds ?? 2) * 1000);
    if (fault === 'key-refused') return send(401, gatewayFault('Invalid ApiKey', 'oauth.v2.InvalidApiKey'));
    if (fault === 'not-in-plan') return send(403, gatewayFault('Forbidden', 'oauth.v2.InvalidApiKeyForGivenResource'));
    if (fault === 'too-many') return send(429, tooMany());
    if (fault === 'unavailable') return send(503, gatewayFault('The Service is temporarily unavailable', 'messaging.adaptors.http.flow.ServiceUnavailable'));
    if (fault === 'gateway-timeout') return send(504, gatewayFault('Gateway Timeout', 'messaging.adaptors.http.flow.GatewayTimeout'));
    if (fault === 'sign-in-page') return send(200, '<!DOCTYPE html><title>Proxy</title><p>Sign in to the network.</p>');
    if (fault === 'oversize') return send(200, `{"header":{"totalresults":1,"uri":"${'a'.repeat(21 * 1024 * 1024)}"}}`);
    const refusal = this.#refuse(request, url);
    if (refusal) return send(refusal.status, refusal.body);
    try {
      const answer = answerOf(url.pathname.slice(BASE.length), url.searchParams, this.#records, `${this.origin}${url.pathname}`, request.method === 'POST' ? await bodyOf(request) : '');
      if (!answer) return send(404, gatewayFault('Unable to identify proxy for this path', 'messaging.adaptors.http.flow.ApplicationNotFound'));
      send(200, fault === undefined ? answer : spoilt(answer, fault));
    } catch (error) {
      if (!(error instanceof BadQuestion)) throw error;
      send(400, { error: { statuscode: 400, message: error.message } });
    }
  }

  #now(): Date { return this.options.now?.() ?? new Date(); }

  #refuse(request: IncomingMessage, url: URL): { readonly status: number; readonly body: object } | undefined {
    if (request.method !== (url.pathname === `${BASE}polygon` ? 'POST' : 'GET')) return { status: 405, body: gatewayFault('Method not allowed', 'messaging.runtime.MethodNotAllowed') };
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const key = token === undefined ? (url.searchParams.get('key') ?? request.headers['key']?.toString()) : this.#tokens.keyOf(token);
    if (token !== undefined && (key === undefined || key === 'expired')) return { status: 401, body: key === 'expired' ? gatewayFault('Access Token expired', 'keymanagement.service.access_token_expired') : gatewayFault('Invalid Access Token', 'keymanagement.service.invalid_access_token') };
    if (!key) return { status: 401, body: gatewayFault('Failed to resolve API Key variable request.queryparam.key', 'steps.oauth.v2.FailedToResolveAPIKey') };
    if (this.options.keysWithoutPlaces?.some((each) => each === key)) return { status: 403, body: gatewayFault('Invalid ApiKey for given resource', 'oauth.v2.InvalidApiKeyForGivenResource') };
    if (key !== this.options.key && !this.options.otherKeys?.includes(key)) return { status: 401, body: gatewayFault('Invalid ApiKey', 'oauth.v2.InvalidApiKey') };
    const now = this.#now().getTime();
    this.#times = this.#times.filter((time) => now - time < 60_000);
    if (this.#times.length >= this.#perMinute) return { status: 429, body: tooMany() };
    this.#times.push(now);
    return undefined;
  }
  /** A project's key and secret for a token that is good for a few minutes. */
  async #giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json', date: this.#now().toUTCString() }).end(JSON.stringify(body));
    if (request.method !== 'POST') return send(405, gatewayFault('Method not allowed', 'messaging.runtime.MethodNotAllowed'));
    const grant = new URLSearchParams(await bodyOf(request)).get('grant_type');
    const { key, secret } = credentialsIn(request.headers.authorization);
    if (grant !== 'client_credentials') return send(400, gatewayFault('Unsupported grant type', 'oauth.v2.UnSupportedGrantType'));
    if (key !== this.options.key || secret !== this.options.secret) return send(401, gatewayFault('Invalid client credentials', 'oauth.v2.InvalidClientIdentifier'));
    send(200, this.#tokens.issue(key));
  }

  get #perMinute(): number { return this.options.requestsPerMinute ?? 600; }

  async #drive(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const answer = (status: number, body: string, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
    if (request.method === 'GET' && url.pathname === '/') {
      return answer(200, simulatorPage({ origin: this.origin, key: this.options.key, secret: this.options.secret, places: (this.options.places ?? seamark).length, perMinute: this.#perMinute, inThisMinute: this.#times.length, planned: this.faults.planned, seen: this.seen.toReversed() }),
        { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'" });
    }
    if (request.method !== 'POST') return answer(404, 'There is nothing here.');
    // A page of another site can send a form, and cannot send this header or this origin.
    if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== this.origin) return answer(403, 'Send the header Simulator-Control: yes');
    const form = new URLSearchParams(await bodyOf(request));
    if (url.pathname === '/simulator/clear') this.clear();
    else if (url.pathname === '/simulator/faults') {
      try { this.faults.plan(form.get('fault') ?? '', Number(form.get('times') ?? 1)); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); }
    } else return answer(404, 'There is nothing here.');
    answer(303, '', { location: '/' });
  }
}

/** The gateway before the service writes its refusals so. */
function gatewayFault(faultstring: string, errorcode: string): object { return { fault: { faultstring, detail: { errorcode } } }; }
function tooMany(): object { return gatewayFault('Rate limit quota violation. Quota limit exceeded.', 'policies.ratelimit.QuotaViolation'); }

function spoilt(answer: object, fault: OsPlacesFault): object | string {
  if (fault === 'cut-off') return JSON.stringify(answer).slice(0, -20);
  if (fault === 'no-header') return { results: (answer as { results?: unknown }).results ?? [] };
  if (fault === 'odd-records') return { ...answer, surprise: { of: ['any', 'kind'] }, results: [null, 'text', {}, { DPA: null }, { LPI: { UPRN: 'x' } }, { LPI: { UPRN: 99, LAT: 'north' } }, ...((answer as { results?: unknown[] }).results ?? [])] };
  return answer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new RangeError('This is too long.');
  }
  return body;
}
