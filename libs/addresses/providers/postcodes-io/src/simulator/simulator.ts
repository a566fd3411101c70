import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parsePostcode } from '@guildhall/addresses-contract';

/** A postcode of the simulated directory. @public */
export interface SimulatedPostcode { readonly postcode: string; readonly ward?: { readonly code: string; readonly name: string }; readonly districtCode: string; readonly latitude: number; readonly longitude: number }

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

/** Postcodes that do not exist, in two wards of a council that does not. @public */
export const inventedPostcodes: readonly SimulatedPostcode[] = [
  { postcode: 'ZZ99 7AA', ward: { code: 'E05099981', name: 'Quayside' }, districtCode: 'E07000998', latitude: 53.3, longitude: 2.1 },
  { postcode: 'ZZ99 7AD', ward: { code: 'E05099982', name: 'Mill Hill' }, districtCode: 'E07000998', latitude: 53.303, longitude: 2.11 },
  { postcode: 'ZZ99 7LU', districtCode: 'E99999999', latitude: 53.3, longitude: 2.1 },
];

/** Serves `GET /postcodes/{postcode}` of postcodes.io on this machine, from invented postcodes, and a page at its root. @public */
export async function startPostcodesIo(options: { readonly port?: number; readonly postcodes?: readonly SimulatedPostcode[] } = {}): Promise<PostcodesIoSimulator> {
  const postcodes = new Map((options.postcodes ?? inventedPostcodes).map((each) => [each.postcode, each]));
  const seen: string[] = [];
  let fault: PostcodesIoFault | undefined;
  let left = 0;
  const failNext = (next: PostcodesIoFault, times = 1): void => {
    if (!POSTCODES_IO_FAULTS.includes(next)) throw new RangeError(`There is no fault "${String(next)}".`);
    fault = next;
    left = times;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/' && request.method === 'GET') return sendPage(response, [...postcodes.keys()], seen);
    if (path.startsWith('/simulator/fail/')) return plan(request, response, path.slice('/simulator/fail/'.length), failNext);
    seen.push(path);
    const now = left > 0 ? fault : undefined;
    left = Math.max(0, left - 1);
    if (now === 'lose-connection') return void request.socket.destroy();
    if (now === 'hang') return;
    if (now === 'too-many') return json(response, 429, { status: 429, error: 'Too many requests' });
    if (now === 'unavailable') return json(response, 503, { status: 503, error: 'Service unavailable' });
    if (now === 'sign-in-page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Proxy</title>');
    const answer = answerTo(request.method ?? 'GET', path, postcodes);
    const { codes: _, ...bare } = (answer.body as { result?: { codes?: object } }).result ?? {};
    if (now === 'cut-off') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body).slice(0, -5));
    json(response, answer.status, now === 'no-codes' ? { status: 200, result: bare } : answer.body);
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, failNext,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}

function answerTo(method: string, path: string, postcodes: ReadonlyMap<string, SimulatedPostcode>): { readonly status: number; readonly body: object } {
  const written = /^\/postcodes\/([^/?]+)$/.exec(path)?.[1];
  if (method !== 'GET' || written === undefined) return { status: 404, body: { status: 404, error: 'Resource not found' } };
  let text = '';
  try { text = decodeURIComponent(written); } catch { /* Half of a percent sign is no postcode. */ }
  const postcode = parsePostcode(text);
  if (!postcode) return { status: 404, body: { status: 404, error: 'Invalid postcode' } };
  const found = postcodes.get(postcode);
  if (!found) return { status: 404, body: { status: 404, error: 'Postcode not found' } };
  return { status: 200, body: { status: 200, result: {
    postcode, quality: 1, country: 'England', longitude: found.longitude, latitude: found.latitude, admin_district: found.ward ? 'Testham' : null, admin_ward: found.ward?.name ?? null,
    outcode: postcode.slice(0, -4), incode: postcode.slice(-3), codes: { admin_district: found.districtCode, admin_county: 'E99999999', admin_ward: found.ward?.code ?? 'E99999999' },
  } } };
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
