import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlannedFault, type RestRegisterFault } from './faults';
import { simulatorPage } from './page';
import { People, inventedPeople, type SimulatedPerson } from './people';

/** A simulator that runs. @public */
export interface RestRegisterSimulator {
  readonly origin: string;
  /** The credential that it lets in, as `Authorization: Bearer …` or in the header `X-API-Key`. */
  readonly key: string;
  /** What was asked, the oldest first: `GET /api/people/TEST-1`. */
  readonly seen: readonly string[];
  /** The next questions fail so; `Infinity` times is until the next plan. */
  failNext(fault: RestRegisterFault, times?: number): void;
  /** Nothing fails any more. */
  mend(): void;
  stop(): Promise<void>;
}

const LONGEST_BODY = 10_000;
/** More than a register of a body is read. */
const HUGE = 3_000_000;

/** A back office's API on this machine: `/api/people/{id}` answers `{ person }`, `/api/people?born={dateOfBirth}` answers `{ people, total }`; and a page at its root. @public */
export async function startRestRegister({ port = 0, people = inventedPeople, key = 'simulator-key', otherKeys = [] }: { readonly port?: number; readonly people?: readonly SimulatedPerson[]; readonly key?: string; readonly otherKeys?: readonly string[] } = {}): Promise<RestRegisterSimulator> {
  const office = new People(people);
  const seen: string[] = [];
  const faults = new PlannedFault();
  let origin = '';
  const server = createServer((request, response) => { serve(request, response).catch(() => response.destroy()); });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path === '/' && request.method === 'GET') return sendPage(response, simulatorPage({ origin, ids: office.ids, planned: faults.planned, seen }));
    if (path.startsWith('/simulator/')) return drive(request, response, origin, faults);
    seen.push(`${request.method ?? 'GET'} ${path}`);
    const { authorization, 'x-api-key': sent } = request.headers;
    if (![key, ...otherKeys].some((known) => authorization === `Bearer ${known}` || sent === known)) return json(response, 401, { error: 'Who is this?' });
    answer(request, response, office, faults.next());
  };
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin, key, seen,
    failNext: (fault, times = 1) => faults.plan(fault, times),
    mend: () => faults.clear(),
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, office: People, fault: RestRegisterFault | undefined): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://office.example');
  const born = searchParams.get('born');
  const [, written] = /^\/api\/people\/([^/]+)$/.exec(pathname) ?? [];
  const id = written === undefined ? undefined : decoded(written);
  switch (fault) {
    case 'unavailable': return json(response, 503, { error: 'Maintenance' });
    case 'lose-connection': return void request.socket.destroy();
    case 'hang': return;
    case 'too-many': return json(response, 429, { error: 'Too many requests' });
    case 'forbidden': return json(response, 403, { error: 'Not for you' });
    case 'sign-in-page': return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
    case 'cut-off': return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ person: office.called(id ?? '') }).slice(0, -2));
    case 'huge': return json(response, 200, { person: office.called(id ?? ''), notes: 'x'.repeat(HUGE) });
    case 'redirect': return void response.writeHead(302, { location: '/api/people/TEST-1?inner' }).end();
    case 'somebody-else': return json(response, 200, { person: office.besides(id ?? '') });
    case 'error-as-answer': return json(response, 200, { error: 'The database is locked.' });
    case 'first-page': return born === null ? json(response, 200, { person: office.called(id ?? '') }) : json(response, 200, { people: office.bornOn(born).slice(0, 1), total: office.bornOn(born).length });
    case 'next-link': response.setHeader('link', '</api/people?page=2>; rel="next"'); break;
    case undefined:
  }
  if (request.method !== 'GET') return json(response, 405, { error: 'Only GET' });
  if (pathname === '/api/people' && born !== null) return json(response, 200, { people: office.bornOn(born), total: office.bornOn(born).length });
  const person = id === undefined ? undefined : office.called(id);
  return person === undefined ? json(response, 404, { error: 'Not found' }) : json(response, 200, { person });
}

/** Half of a percent sign is nobody. */
function decoded(part: string): string | undefined {
  try { return decodeURIComponent(part); } catch { return undefined; }
}

async function drive(request: IncomingMessage, response: ServerResponse, origin: string, faults: PlannedFault): Promise<void> {
  const say = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  if (request.method !== 'POST') return say(404, 'There is nothing here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== origin) return say(403, 'Send the header Simulator-Control: yes');
  const form = new URLSearchParams(await bodyOf(request));
  if (request.url === '/simulator/clear') faults.clear();
  else if (request.url === '/simulator/faults') {
    try { faults.plan(form.get('fault') ?? '', Number(form.get('times') ?? 1)); } catch (error) { return say(400, error instanceof Error ? error.message : 'This cannot be planned.'); }
  } else return say(404, 'There is nothing here.');
  say(303, '', { location: '/' });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new RangeError('This is too long.');
  }
  return body;
}

function sendPage(response: ServerResponse, page: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'" }).end(page);
}

function json(response: ServerResponse, status: number, body: object): void { response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body)); }
