import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a request to a simulator is answered with. @beta */
export interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** No request of an API for payments is nearly so long. */
const MOST_BYTES = 64 * 1024;

/** Answers a program. Nothing may keep a copy: the body may hold an address to pay at. @beta */
export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, body: JSON.stringify(body) };
}
/** Answers with a status and no body. @beta */
export function nothing(status: number): Answer { return { status, headers: { 'cache-control': 'no-store' }, body: '' }; }
/** Sends the payer's browser on to another address, which does not learn where it came from: the address of a page to pay on is a secret. @beta */
export function goTo(url: string, headers: Readonly<Record<string, string>> = {}): Answer { return { status: 303, headers: { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', ...headers }, body: '' }; }
/**
 * Answers with a page that may load nothing but its own style sheet, `/style.css`, whose forms lead back to the simulator or to the origins given, and of which other sites learn nothing.
 * @beta
 * @param formsLeadTo origins, such as `https://www.testham.example`
 */
export function html(status: number, body: string, formsLeadTo: readonly string[] = []): Answer {
  return {
    status, body,
    headers: {
      // Not no-referrer: with it a browser says nothing of where a form of ours came from, and the page that drives a simulator takes only its own.
      'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${formsLeadTo.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    },
  };
}
/** Answers with the pages' one style sheet. @beta */
export function styleSheet(css: string): Answer { return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }, body: css }; }

/** Reads the body of a request, of at most 64 KiB. @beta @throws RangeError when it is longer */
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

/** Sends an answer with the length of its body in bytes. @beta */
export function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) }).end(answer.body);
}

/** A header of a request, the first of several; nothing when it did not come. @beta @param name in lower case */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A cookie's value; nothing when the browser has none of that name. @beta */
export function cookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** A JSON object of which nothing is known yet. @beta */
export type Json = Readonly<Record<string, unknown>>;
/** Whether it is an object with names, and no list. @beta */
export function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
/** The JSON object that a text holds; nothing when it holds something else. @beta */
export function record(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch { return undefined; }
}
