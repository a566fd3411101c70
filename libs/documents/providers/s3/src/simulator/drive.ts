import type { IncomingMessage, ServerResponse } from 'node:http';
import { bucketPage } from './page';
import type { S3Operation } from './operation';
import type { S3Simulator } from './s3-simulator';

const HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Serves the page by which a council's team looks into the buckets and drives the simulator, and does what its forms say. */
export async function drive(simulator: S3Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (status: number, body: string | Buffer, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers }).end(body);
  const url = new URL(request.url ?? '/', simulator.origin);
  if (request.method === 'GET') {
    if (url.pathname === '/') return answer(303, '', { location: '/_simulator' });
    if (url.pathname === '/_simulator') return answer(200, await bucketPage(simulator), { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HARMLESS });
    if (url.pathname === '/_simulator/object') return showObject(simulator, url.searchParams, response);
    return answer(404, 'There is nothing here.');
  }
  if (request.method !== 'POST') return answer(405, 'This is not done here.');
  // A page of another site can send a form, and cannot send this header or this origin.
  if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== `http://${request.headers.host ?? ''}`) return answer(403, 'Send the header Simulator-Control: yes');
  const form = new URLSearchParams(await bodyOf(request));
  switch (url.pathname) {
    case '/_simulator/clear': simulator.clear(); break;
    case '/_simulator/clock': simulator.clockOffsetInSeconds = Number(form.get('minutes')) * 60 || 0; break;
    case '/_simulator/faults':
      try { simulator.faults.plan(form.get('fault') ?? '', Number(form.get('times') ?? 1), (form.get('on') || undefined) as S3Operation | undefined); } catch (error) { return answer(400, error instanceof Error ? error.message : 'This cannot be planned.'); }
      break;
    default: return answer(404, 'There is nothing here.');
  }
  answer(303, '', { location: '/_simulator' });
}

/** An object's bytes, as a download that no browser runs: they are whatever somebody sent. */
async function showObject(simulator: S3Simulator, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const bucket = simulator.buckets.find(({ name }) => name === query.get('bucket'));
  const object = await bucket?.find(query.get('key') ?? '');
  if (!bucket || !object) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="object"', 'content-length': object.sizeInBytes, 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
  (await bucket.read(object, 0, object.sizeInBytes - 1)).on('error', () => response.destroy()).pipe(response);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) throw new RangeError('This is too long.');
  }
  return body;
}
