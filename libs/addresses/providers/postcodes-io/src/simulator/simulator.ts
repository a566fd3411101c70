import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Directory } from './directory';
import type { SimulatedPostcode } from './directory';

/** What can go wrong. @public */
export const POSTCODES_IO_FAULTS = ['too-many', 'unavailable', 'lose-connection', 'hang', 'sign-in-page', 'cut-off', 'no-codes'] as const;
/** @public */
export type PostcodesIoFault = (typeof POSTCODES_IO_FAULTS)[number];

/** A simulator that runs. @public */
export interface PostcodesIoSimulator {
  readonly origin: string;
  /** Paths that were asked for, the oldest first. */
  readonly seen: readonly string[];
  /** The next questions fail so; `Infinity` times is until the next plan. */
  failNext(fault: PostcodesIoFault, times?: number): void;
  stop(): Promise<void>;
}

const LONGEST_BODY = 100_000;

/** Postcodes that do not exist, in two wards of a council that does not. @public */
export const inventedPostcodes: readonly SimulatedPostcode[] = [
  { postcode: 'ZZ99 7AA', ward: { code: 'E05099981', name: 'Quayside' }, districtCode: 'E07000998', latitude: 53.3, longitude: 2.1 },
  { postcode: 'ZZ99 7AD', ward: { code: 'E05099982', name: 'Mill Hill' }, districtCode: 'E07000998', latitude: 53.303, longitude: 2.11 },
  { postcode: 'ZZ99 7LU', districtCode: 'E99999999', latitude: 53.3, longitude: 2.1 },
];

/** Serves what postcodes.io has under /postcodes (one, many, whether there is such a one, those that begin so, those near by) on this machine, from invented postcodes, and a page at its root. @public */
export async function startPostcodesIo(options: { readonly port?: number; readonly postcodes?: readonly SimulatedPostcode[] } = {}): Promise<PostcodesIoSimulator> {
  const directory = new Directory(options.postcodes ?? inventedPostcodes);
  const seen: string[] = [];
  let fault: PostcodesIoFault | undefined;
  let left = 0;
  const failNext = (next: PostcodesIoFault, times = 1): void => {
    if (!POSTCODES_IO_FAULTS.includes(next)) throw new RangeError(`There is no fault "${String(next)}".`);
    fault = next;
    left = times;
  };
  const server = createServer((request, response) => { serve(request, response).catch(() => response.destroy()); });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path === '/' && request.method === 'GET') return sendPage(response, directory.postcodes, seen);
    if (path.startsWith('/simulator/fail/')) return plan(request, response, path.slice('/simulator/fail/'.length), failNext);
    seen.push(path);
    const now = left > 0 ? fault : undefined;
    left = Math.max(0, left - 1);
    if (now === 'lose-connection') return void request.socket.destroy();
    if (now === 'hang') return;
    if (now === 'too-many') return json(response, 429, { status: 429, error: 'Too many requests' });
    if (now === 'unavailable') return json(response, 503, { status: 503, error: 'Service unavailable' });
    if (now === 'sign-in-page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Proxy</title>');
    const answer = directory.answer({ method: request.method ?? 'GET', url: new URL(path, 'http://postcodes.example'), body: await bodyOf(request) });
    const { codes: _, ...bare } = (answer.body as { result?: { codes?: object } }).result ?? {};
    if (now === 'cut-off') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body).slice(0, -5));
    json(response, answer.status, now === 'no-codes' ? { status: 200, result: bare } : answer.body);
  };
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, failNext,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new RangeError('This is too long.');
  }
  return body;
}

function plan(request: IncomingMessage, response: ServerResponse, fault: string, failNext: (fault: PostcodesIoFault) => void): void {
  // No form and no link of another site can send this header.
  if (request.method !== 'POST' || request.headers['simulator-control'] !== 'yes') return json(response, 403, { error: 'POST with the header Simulator-Control: yes' });
  const known = POSTCODES_IO_FAULTS.find((each) => each === fault);
  if (!known) return json(response, 400, { error: `Known: ${POSTCODES_IO_FAULTS.join(', ')}` });
  failNext(known);
  json(response, 200, { planned: known });
}

function sendPage(response: ServerResponse, postcodes: readonly string[], seen: readonly string[]): void {
  const list = (texts: readonly string[]): string => texts.map((text) => `<li><code>${text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)}</code></li>`).join('');
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" }).end(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>postcodes.io simulator</title></head><body><h1>postcodes.io simulator</h1>
<p>Its postcodes are invented. To make the next question fail: <code>curl -X POST -H 'Simulator-Control: yes' …/simulator/fail/${POSTCODES_IO_FAULTS.join('|')}</code></p><h2>Postcodes</h2><ul>${list(postcodes)}</ul><h2>Questions, the latest first</h2><ol>${list(seen.slice(-100).toReversed())}</ol></body></html>`);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
