import type { IncomingMessage } from 'node:http';
import { ProtocolError } from './protocol-error';

/** What an endpoint answers. */
export interface Reply { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

const MOST_BYTES = 100_000;

export function jsonReply(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
export function pageReply(status: number, html: string): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, body: html };
}
export function redirectReply(address: string, parameters: Readonly<Record<string, string>>, usesFragment = false): Reply {
  const url = new URL(address);
  if (usesFragment) url.hash = new URLSearchParams(parameters).toString();
  else for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: '' };
}

/** The form that came, if any. @throws ProtocolError when it is too large */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new ProtocolError(413, 'invalid_request', 'The request is too large');
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}
