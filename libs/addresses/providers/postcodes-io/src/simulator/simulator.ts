import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Directory } from './directory';
import type { SimulatedPostcode } from './directory';
import { PlannedFault } from './faults';
import type { PostcodesIoFault } from './faults';
import { simulatorPage } from './page';

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
  const faults = new PlannedFault();
  let origin = '';
  const server = createServer((request, response) => { serve(request, response).catch(() => response.destroy()); });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path === '/' && request.method === 'GET') return sendPage(response, simulatorPage({ origin, postcodes: directory.postcodes, planned: faults.planned, seen }));
    if (path.startsWith('/simulator/')) return drive(request, response, origin, faults);
    seen.push(path);
    const now = faults.next();
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
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin, seen,
    failNext: (fault, times = 1) => faults.plan(fault, times),
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

async function drive(request: IncomingMessage, response: ServerResponse, origin: string, faults: PlannedFault): Promise<void> {
  const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  if (request.method !== 'POST') return answer(404, 'There is nothing here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== origin) return answer(403, 'Send the header Simulator-Control: yes');
  const form = new URLSearchParams(await bodyOf(request));
  if (request.url === '/simulator/clear') faults.clear();
  else if (request.url === '/simulator/faults') {
    try { faults.plan(form.get('fault') ?? '', Number(form.get('times') ?? 1)); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); }
  } else return answer(404, 'There is nothing here.');
  answer(303, '', { location: '/' });
}

function sendPage(response: ServerResponse, page: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'" }).end(page);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
