import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCloudEvent, type CloudEvent } from '../cloud-event';
import { webhookFault, type WebhookFault } from '../signed-webhook';
import { receivingPage } from './receiving-page';

/** How a receiver answers one try. @public */
export interface ReceiverAnswer {
  /** 204 unless told. */
  readonly status?: number;
  /** `{ 'retry-after': '120' }` */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Closes the connection: `before-taking` as if it had died at once, `after-taking` as if its answer were lost; `never` answers nothing at all. */
  readonly breaks?: 'before-taking' | 'after-taking' | 'never';
}

/** One try as it came. @public */
export interface ReceivedTry {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly fault?: WebhookFault | 'not-an-event' | 'too-large';
  readonly event?: CloudEvent;
  /** Whether it had been taken before: nothing was done a second time. */
  readonly isRepeated: boolean;
  readonly status: number;
}

const MOST_BYTES = 256 * 1024;
const MOST_KEPT = 1000;

/**
 * A system that is told what happens, for trying subscriptions out: checks signatures and times as Standard Webhooks asks, takes each event once, and answers as it is told to.
 * It has a page at `/`, and takes webhooks at `/hook`.
 * @public
 * @example const receiver = await ReceivingEnd.start({ secret }); receiver.answersNext({ status: 503, headers: { 'retry-after': '60' } });
 */
export class ReceivingEnd {
  readonly tries: ReceivedTry[] = [];
  readonly taken = new Map<string, CloudEvent>();
  #next: ReceiverAnswer[] = [];
  #always: ReceiverAnswer = {};
  #secrets: readonly string[];
  readonly #hanging = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => void this.serve(request, response).catch(() => response.destroy()));

  private constructor(secret: string | readonly string[], private readonly now: () => Date) {
    this.#secrets = [secret].flat();
  }

  /** @param options.port any free one unless told */
  static async start(options: { readonly secret: string | readonly string[]; readonly port?: number; readonly now?: () => Date }): Promise<ReceivingEnd> {
    const end = new ReceivingEnd(options.secret, options.now ?? (() => new Date()));
    await new Promise<void>((resolve, reject) => end.#server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve));
    return end;
  }

  get origin(): string { return `http://localhost:${(this.#server.address() as AddressInfo).port}`; }
  /** Where events are posted to. */
  get url(): string { return `${this.origin}/hook`; }

  /** The next tries are answered so, one after the other. */
  answersNext(...answers: readonly ReceiverAnswer[]): void { this.#next.push(...answers); }
  /** Whatever no other answer is meant for is answered so. */
  answersAlways(answer: ReceiverAnswer): void { this.#always = answer; }
  /** Its secrets from now on: two while one takes the place of another. */
  knows(...secrets: readonly string[]): void { this.#secrets = secrets; }
  /** Forgets what it took, as after a loss. */
  forget(): void {
    this.taken.clear();
    this.tries.length = 0;
  }

  async stop(): Promise<void> {
    for (const response of this.#hanging) response.destroy();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0];
    const body = await bodyOf(request);
    if (request.method === 'POST' && path === '/answers') {
      this.control(new URLSearchParams(body?.toString('utf8')));
      response.writeHead(303, { location: '/' }).end();
    } else if (request.method === 'GET' && path === '/') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'" }).end(receivingPage(this.tries, [...this.#next], this.#always));
    else if (request.method === 'POST' && path === '/hook') this.receive(request, response, body);
    else response.writeHead(path === '/hook' ? 405 : 404).end();
  }

  private receive(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
    const answer = this.#next.shift() ?? this.#always;
    if (answer.breaks === 'before-taking') return void response.destroy();
    const fault = body === undefined ? 'too-large' as const : webhookFault(this.#secrets, { headers: request.headers, body, now: this.now() });
    const event = fault === undefined && body ? parseCloudEvent(body.toString('utf8')) : undefined;
    const isRepeated = event !== undefined && this.taken.has(event.id);
    const refused = fault === 'too-large' ? 413 : fault !== undefined ? 401 : event === undefined || event.id !== request.headers['webhook-id'] ? 400 : undefined;
    const status = refused ?? answer.status ?? 204;
    const isTaken = refused === undefined && status < 300 && answer.breaks !== 'never';
    if (isTaken && event && !isRepeated) this.taken.set(event.id, event);
    this.tries.push({ headers: request.headers, body: body ?? Buffer.alloc(0), ...(fault !== undefined ? { fault } : event === undefined ? { fault: 'not-an-event' as const } : {}), ...(event && { event }), isRepeated, status });
    if (this.tries.length > MOST_KEPT) this.tries.shift();
    if (answer.breaks === 'after-taking') return void response.destroy();
    if (answer.breaks === 'never') return void this.#hanging.add(response);
    response.writeHead(status, { ...answer.headers }).end(refused === undefined ? answer.body : undefined);
  }

  private control(fields: URLSearchParams): void {
    const status = Number(fields.get('status'));
    const times = Math.min(Number(fields.get('times')) || 1, 100);
    const retryAfter = fields.get('retry-after');
    const breaks = fields.get('breaks');
    const answer: ReceiverAnswer = {
      ...(Number.isInteger(status) && status >= 200 && status <= 599 && { status }), ...(retryAfter && /^[\w ,:]+$/.test(retryAfter) && { headers: { 'retry-after': retryAfter } }),
      ...((breaks === 'before-taking' || breaks === 'after-taking' || breaks === 'never') && { breaks }),
    };
    if (fields.get('for') === 'always') {
      this.#next = [];
      this.#always = answer;
    } else this.answersNext(...Array<ReceiverAnswer>(times).fill(answer));
  }
}

/** The bytes as they came; undefined when there are too many, of which the rest is let go. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return size <= MOST_BYTES ? Buffer.concat(chunks) : undefined;
}
