import type { IncomingMessage, ServerResponse } from 'node:http';
import { photosIn } from './depot-case';
import type { DepotSimulator } from './depot-simulator';
import { depotPage } from './page';

const HARMLESS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Serves the page by which a council's team drives the depot, and does what its forms say. */
export async function drive(depot: DepotSimulator, request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
  const answer = (status: number, content: string | Uint8Array, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers }).end(content);
  const { pathname } = new URL(request.url ?? '/', depot.origin);
  if (request.method === 'GET') {
    if (pathname === '/') return answer(200, await page(depot), { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HARMLESS });
    const photo = await depot.album.find(/^\/photos\/([0-9a-f]{64})$/.exec(pathname)?.[1] ?? '');
    return photo?.bytes ? answer(200, photo.bytes, { 'content-type': 'image/jpeg', 'content-security-policy': "default-src 'none'; sandbox" }) : answer(404, 'There is nothing here.');
  }
  if (request.method !== 'POST') return answer(405, 'This is not done here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== depot.origin) return answer(403, 'Send the header Simulator-Control: yes');
  const form = new URLSearchParams(body);
  const field = (name: string): string => form.get(name) ?? '';
  switch (pathname) {
    case '/clear': depot.faults.clear(); break;
    case '/faults': try { depot.faults.plan(field('fault'), Number(form.get('times') ?? 1)); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); } break;
    case '/photos/again': if (!depot.album.knows(field('url'))) return answer(404, 'There is no such photo.'); depot.album.again(field('url')); break;
    case '/happens': if (!(await depot.says(field('reference'), field('status') || 'open', field('text')))) return answer(404, 'There is no such case.'); break;
    case '/again': if (!(await depot.saysAgain(field('reference')))) return answer(404, 'Nothing has happened to such a case.'); break;
    default: return answer(404, 'There is nothing here.');
  }
  answer(303, '', { location: '/' });
}

async function page({ album, cases, words, told, faults, seen }: DepotSimulator): Promise<string> {
  const shown = await Promise.all(cases.map(async (one) => ({
    one, photos: await album.of(photosIn(one.event).map(({ url }) => url)), told: told.filter(({ farReference }) => farReference === one.reference),
    words: await Promise.all([...words.values()].filter(({ subject }) => subject === one.event.id).map(async (event) => ({ event, photos: await album.of(photosIn(event).map(({ url }) => url)) }))),
  })));
  return depotPage({ cases: shown, planned: faults.planned, seen });
}
