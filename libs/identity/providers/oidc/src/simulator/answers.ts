import type { IncomingMessage, ServerResponse } from 'node:http';

const MOST_BYTES = 100_000;

/** The form that came. @throws Error when it is too large */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error('The form is too large.');
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(html);
}

/** Lets somebody look at an answer, and change it, before it goes. `finish` gets its body and sends it, or something else. */
export function beforeItGoes(response: ServerResponse, finish: (body: string, send: (body: string) => void) => void): void {
  const end = response.end.bind(response);
  const kept: Buffer[] = [];
  const keep = (chunk: unknown): void => { if (typeof chunk === 'string' || chunk instanceof Uint8Array) kept.push(Buffer.from(chunk)); };
  response.write = ((chunk: unknown) => { keep(chunk); return true; }) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    keep(chunk);
    finish(Buffer.concat(kept).toString('utf8'), (body) => {
      if (!response.headersSent) response.setHeader('content-length', Buffer.byteLength(body));
      end(body);
    });
    return response;
  }) as typeof response.end;
}
