import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import type { BytesAtRest, Outbound, OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { NotAllowed, Unavailable } from '@guildhall/kernel-contract';
import { refuseInsideTransaction } from '../data/transaction';
import { publicLookup, publicTarget } from './public-internet';

/** Injection token of the Outbound. @public */
export const OUTBOUND = Symbol.for('guildhall:outbound');

const MOST_BYTES = 20 * 1024 * 1024;
/** Of a body that nobody wants, so much is let pass for the sake of the connection. */
const MOST_IGNORED_BYTES = 64 * 1024;

/** A connection that nobody uses is closed before the other side does so, which after five seconds many do: a call on one that is just being closed is lost, and nobody knows whether it was heard. */
const UNUSED_FOR_MS = 4000;

/** Calls other systems over node's own HTTP: a time-out on the whole call, kept-alive connections, and `*.localhost` on loopback, where browsers look for it. */
export class HttpOutbound implements Outbound {
  readonly #usual = agents();
  /** Apart from the others: a connection that was made without asking where it leads is never used again for who must ask. */
  readonly #public: Agents;

  /** @param lookup where an address leads that somebody else chose */
  constructor(lookup = publicLookup()) {
    this.#public = agents(lookup);
  }

  async fetch(url: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    const target = request.onlyPublic ? publicTarget(url, request.onlyPublic) : new URL(url);
    refuseInsideTransaction(`${target.host} was called`);
    const isGuarded = request.onlyPublic !== undefined && !request.onlyPublic.except?.includes(target.origin);
    if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new Unavailable(`${target.protocol} is not a protocol to call.`);
    const headers: Record<string, string> = { 'user-agent': 'guildhall', ...lowerCase(request.headers) };
    const body = bodyOf(request, headers);
    if (request.idempotencyKey) headers['idempotency-key'] = request.idempotencyKey;
    if (body) headers['content-length'] = String(body instanceof Uint8Array ? body.byteLength : body.sizeInBytes);
    const isLoopback = target.hostname === 'localhost' || target.hostname.endsWith('.localhost');
    const secure = target.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(error instanceof NotAllowed ? error : Object.assign(new Unavailable(`${target.host} did not answer: ${error.message}`), { cause: error }));
      const call = (secure ? https : http).request({
        method: request.method ?? 'GET', host: isLoopback ? '127.0.0.1' : target.hostname.replace(/^\[|\]$/g, ''), servername: target.hostname, port: target.port || (secure ? 443 : 80),
        path: `${target.pathname}${target.search}`, headers: { host: target.host, ...headers }, agent: (isGuarded ? this.#public : this.#usual)[secure ? 'https' : 'http'],
      });
      // A timer, since a signal for each call costs as much as the rest of making it.
      const patience = setTimeout(() => call.destroy(new DOMException('it took too long', 'TimeoutError')), (request.timeoutInSeconds ?? 10) * 1000);
      call.on('close', () => clearTimeout(patience));
      call.on('error', fail);
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const most = request.ignoresBody ? MOST_IGNORED_BYTES : (request.mostBytes ?? MOST_BYTES);
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > most) response.destroy(new Error('the answer is too large'));
          else if (!request.ignoresBody) chunks.push(chunk);
        });
        response.on('error', fail);
        if (request.ignoresBody) resolve(answerOf(response, Buffer.alloc(0)));
        else response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks))));
      });
      if (body === undefined || body instanceof Uint8Array) call.end(body);
      else pipeline(body.read(), call, (error) => { if (error) fail(error); });
    });
  }

  close(): void {
    for (const each of [this.#usual, this.#public]) for (const agent of Object.values(each)) agent.destroy();
  }
}

interface Agents { readonly http: http.Agent; readonly https: https.Agent }

function agents(lookup?: LookupFunction): Agents {
  const options = { keepAlive: true, maxSockets: 50, timeout: UNUSED_FOR_MS, ...(lookup && { lookup }) };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

function answerOf(response: http.IncomingMessage, bytes: Buffer): OutboundResponse {
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
    bytes: () => bytes, text: () => bytes.toString('utf8'), json: () => JSON.parse(bytes.toString('utf8')) as unknown,
  };
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

type BodyAtRest = Pick<BytesAtRest, 'sizeInBytes' | 'read'>;

function bodyOf(request: OutboundRequest, headers: Record<string, string>): Uint8Array | BodyAtRest | undefined {
  const { body } = request;
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof URLSearchParams) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
    return Buffer.from(body.toString());
  }
  if (isAtRest(body)) return body;
  headers['content-type'] ??= 'application/json';
  return Buffer.from(JSON.stringify(body));
}

/** What is sent as JSON has no functions. */
function isAtRest(body: object): body is BodyAtRest { return typeof (body as Partial<BodyAtRest>).read === 'function'; }
