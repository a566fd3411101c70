import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClamdSimulator } from './clamd-simulator';
import type { Faults } from './faults';
import { clamdPage } from './page';

/** Serves the page by which a council's team drives the simulator, and does what its forms say. */
export async function drive(clamd: ClamdSimulator & { readonly faults: Faults }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (status: number, body: string, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  if (request.method === 'GET' && request.url === '/') return answer(200, clamdPage(clamd), { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'" });
  if (request.method !== 'POST') return answer(404, 'There is nothing here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== `http://${request.headers.host ?? ''}`) return answer(403, 'Send the header Simulator-Control: yes');
  const form = new URLSearchParams(await bodyOf(request));
  switch (request.url) {
    case '/clear': clamd.clear(); break;
    case '/faults':
      try { clamd.faults.plan(form.get('fault') ?? '', Number(form.get('times') ?? 1)); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); }
      break;
    case '/signatures': clamd.signaturesAgeInDays = form.get('days') === 'none' ? 'none' : numberIn(form, 'days'); break;
    case '/limit': clamd.streamMaxInBytes = numberIn(form, 'bytes'); break;
    default: return answer(404, 'There is nothing here.');
  }
  answer(303, '', { location: '/' });
}

function numberIn(form: URLSearchParams, name: string): number {
  const number = Number(form.get(name));
  return Number.isFinite(number) && number >= 0 ? number : 0;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw new RangeError('This is too long.');
  }
  return body;
}
