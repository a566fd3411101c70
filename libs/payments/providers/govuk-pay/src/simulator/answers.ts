import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request is answered with. */
export interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const MOST_BYTES = 64 * 1024;

/** @internal */
export function json(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
/** An error as the API words it: a code, a sentence, and the field or header that is wrong. */
export function problem(status: number, code: string, description: string, where: { readonly field?: string; readonly header?: string } = {}): Answer {
  return json(status, { ...where, code, description });
}
/** @internal */
export function nothing(status: number): Answer { return { status, headers: { 'cache-control': 'no-store' }, body: '' }; }
/** Goes on to another address. */
export function goTo(url: string, headers: Readonly<Record<string, string>> = {}): Answer { return { status: 303, headers: { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers }, body: '' }; }
/** A page: nothing but its own stylesheet, and forms that lead here or back to the service. */
export function html(status: number, body: string, formsLeadTo: readonly string[] = []): Answer {
  return {
    status, body,
    headers: {
      'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${formsLeadTo.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    },
  };
}

/** The body of a request. @throws RangeError when it is too long */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new RangeError('The body is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @internal */
export function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) }).end(answer.body);
}

/** A header that came once. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A cookie's value. */
export function cookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** A JSON value of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;
/** @internal */
export function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
/** A parsed JSON object, or nothing. */
export function record(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch { return undefined; }
}
