import * as http from 'node:http';
import * as https from 'node:https';
import type { Outbound, OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import { refuseInsideTransaction } from '../data/transaction';
import { lookUpPublic, refusePrivateHost } from './public-addresses';

/** Injection token of the Outbound. @public */
export const OUTBOUND = Symbol.for('guildhall:outbound');

const MOST_BYTES = 20 * 1024 * 1024;

/** Calls other systems over node's own HTTP: a time-out on the whole call, kept-alive connections, and `*.localhost` on loopback, where browsers look for it. */
export class HttpOutbound implements Outbound {
  readonly #http = new http.Agent({ keepAlive: true, maxSockets: 50 });
  readonly #https = new https.Agent({ keepAlive: true, maxSockets: 50 });

  async fetch(url: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    refuseInsideTransaction(`${new URL(url).host} was called`);
    const target = new URL(url);
    if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new Unavailable(`${target.protocol} is not a protocol to call.`);
    const { onlyPublicAddresses = false, mostBytes = MOST_BYTES } = request;
    if (onlyPublicAddresses) refusePrivateHost(target.hostname);
    const headers: Record<string, string> = { 'user-agent': 'guildhall', ...lowerCase(request.headers) };
    const body = bodyOf(request, headers);
    if (request.idempotencyKey) headers['idempotency-key'] = request.idempotencyKey;
    if (body) headers['content-length'] = String(body.byteLength);
    const isLoopback = target.hostname === 'localhost' || target.hostname.endsWith('.localhost');
    const secure = target.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(isGuildhallError(error) ? error : Object.assign(new Unavailable(`${target.host} did not answer: ${error.message}`), { cause: error }));
      const call = (secure ? https : http).request({
        method: request.method ?? 'GET', host: isLoopback ? '127.0.0.1' : target.hostname.replace(/^\[|\]$/g, ''), servername: target.hostname, port: target.port || (secure ? 443 : 80),
        path: `${target.pathname}${target.search}`, headers: { host: target.host, ...headers },
        // A connection that was kept was made to an address which nobody looked at.
        ...(onlyPublicAddresses ? { agent: false, lookup: lookUpPublic } : { agent: secure ? this.#https : this.#http }), signal: AbortSignal.timeout((request.timeoutInSeconds ?? 10) * 1000),
      });
      call.on('error', fail);
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > mostBytes) response.destroy(new Error('the answer is too large'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
            bytes: () => bytes, text: () => bytes.toString('utf8'), json: () => JSON.parse(bytes.toString('utf8')) as unknown,
          });
        });
      });
      call.end(body);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(request: OutboundRequest, headers: Record<string, string>): Uint8Array | undefined {
  const { body } = request;
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof URLSearchParams) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
    return Buffer.from(body.toString());
  }
  headers['content-type'] ??= 'application/json';
  return Buffer.from(JSON.stringify(body));
}
