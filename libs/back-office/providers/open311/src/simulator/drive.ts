import type { IncomingMessage, ServerResponse } from 'node:http';
import { simulatorPage } from './page';
import type { GeoReportSimulator } from './simulator';
import { photosOf } from './works-book';

const HARMLESS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Serves the page by which a council's team drives the simulator, and does what its forms say. */
export async function drive(simulator: GeoReportSimulator, request: IncomingMessage, response: ServerResponse, { pathname }: URL, form: URLSearchParams): Promise<void> {
  const answer = (status: number, body: string | Uint8Array, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers }).end(body);
  if (request.method === 'GET') {
    if (pathname === '/') return answer(200, await page(simulator), { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HARMLESS });
    const photo = await simulator.album.find(/^\/photos\/([0-9a-f]{64})$/.exec(pathname)?.[1] ?? '');
    return photo?.bytes ? answer(200, photo.bytes, { 'content-type': 'image/jpeg', 'content-security-policy': "default-src 'none'; sandbox" }) : answer(404, 'There is nothing here.');
  }
  if (request.method !== 'POST') return answer(405, 'This is not done here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== simulator.origin) return answer(403, 'Send the header Simulator-Control: yes');
  const field = (name: string): string => form.get(name) ?? '';
  switch (pathname) {
    case '/clear': simulator.faults.clear(); break;
    case '/faults': try { simulator.faults.plan(field('fault'), Number(form.get('times') ?? 1)); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); } break;
    case '/tokens': simulator.givesTokens = field('gives') === 'tokens'; break;
    case '/settle': simulator.settle(field('token')); break;
    case '/photos/again': if (!simulator.album.knows(field('url'))) return answer(404, 'There is no such photo.'); simulator.album.again(field('url')); break;
    case '/happens': if (!(await simulator.says(field('number'), field('status') || 'open', field('text')))) return answer(404, 'There is no such report.'); break;
    default: return answer(404, 'There is nothing here.');
  }
  answer(303, '', { location: '/' });
}

async function page({ album, book, faults, givesTokens, seen }: GeoReportSimulator): Promise<string> {
  const reports = await Promise.all(book.reports.map(async (report) => ({
    report, photos: await album.of(photosOf(report)), heard: await Promise.all([...book.heard.values()].filter(({ number }) => number === report.number).map(async (one) => ({ ...one, photos: await album.of(one.photos) }))),
  })));
  return simulatorPage({ reports, planned: faults.planned, givesTokens, seen });
}
