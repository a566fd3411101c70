import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Progress, PushedMessage } from '@guildhall/back-office-contract';
import { parseCloudEvent, signWebhook, webhookFault, type CloudEvent } from '@guildhall/subscriptions-contract';
import { CASE_HANDED_OVER, WORDS_WRITTEN } from '../case-event';

/** What can go wrong there or on the way. `lose-answer`: the case is taken and nobody hears of it. @public */
export const DEPOT_FAULTS = ['too-many', 'missing-field', 'signature-refused', 'unavailable', 'gone', 'moved', 'lose-connection', 'lose-answer', 'hang', 'sign-in-page', 'odd-reference'] as const;
/** @public */
export type DepotFault = (typeof DEPOT_FAULTS)[number];

/** A case as the depot has it. @public */
export interface DepotCase { readonly event: CloudEvent; readonly reference: string }

/** How a simulator is started. @public */
export interface DepotSimulatorOptions {
  readonly port?: number;
  /** What the council signs with, and what the depot signs with. */
  readonly secret: string;
  readonly pushSecret: string;
  readonly now?: () => Date;
}

const MOST_BYTES = 1_000_000;

/**
 * A receiver of signed cases on this machine, for tests and trials: believes what is signed, takes each `webhook-id` once, and signs what it pushes.
 * @public
 * @example const depot = await DepotSimulator.start({ secret, pushSecret }); signedWebhook({ url: depot.url, secret: new Secret(secret), pushSecret: new Secret(pushSecret) })
 */
export class DepotSimulator {
  readonly cases: DepotCase[] = [];
  /** What residents wrote later, by its `webhook-id`. */
  readonly words = new Map<string, CloudEvent>();
  #fault: { readonly fault: DepotFault; left: number } | undefined;
  #pushes = 0;
  readonly #server: Server;

  private constructor(private readonly options: DepotSimulatorOptions) {
    this.#server = createServer((request, response) => { this.serve(request, response).catch(() => response.destroy()); });
  }
  static async start(options: DepotSimulatorOptions): Promise<DepotSimulator> {
    const depot = new DepotSimulator(options);
    await new Promise<void>((resolve, reject) => { depot.#server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
    return depot;
  }
  get url(): string { return `http://localhost:${(this.#server.address() as AddressInfo).port}/cases`; }
  /** The next calls fail so. */
  failNext(fault: DepotFault, times = 1): void { this.#fault = { fault, left: times }; }
  clear(): void { this.#fault = undefined; }
  /** The message that tells of progress, signed now, or as somebody would sign it who may not. */
  push(progress: readonly Progress[], { secret = this.options.pushSecret, at = this.now() }: { readonly secret?: string; readonly at?: Date } = {}): PushedMessage {
    return this.signed(JSON.stringify({ progress: progress.map(({ progressId: id, farReference: reference, ...one }) => ({ id, reference, ...one })) }), secret, at);
  }
  /** Any words, signed. */
  signed(body: string, secret = this.options.pushSecret, at = this.now()): PushedMessage {
    return { path: '', headers: { ...signWebhook([secret], { id: `push-${++this.#pushes}`, at, body }) }, bytes: Buffer.from(body) };
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) if (chunks.reduce((sum, one) => sum + one.byteLength, 0) < MOST_BYTES) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const answer = (status: number, json?: object, headers: Readonly<Record<string, string>> = {}): void => void response.writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers }).end(json && JSON.stringify(json));
    if (webhookFault([this.options.secret], { headers: request.headers, body, now: this.now() })) return answer(401);
    const event = parseCloudEvent(body.toString('utf8'));
    if (!event) return answer(400, { message: 'The body is no event.' });
    const fault = this.next();
    switch (fault) {
      case undefined: case 'odd-reference': case 'lose-answer': break;
      case 'too-many': return answer(429, undefined, { 'retry-after': '120' });
      case 'missing-field': return answer(422, { title: 'Missing', detail: `width is missing in ${JSON.stringify(event.data)}` });
      case 'signature-refused': return answer(401);
      case 'unavailable': return answer(503, undefined, { 'retry-after': '60' });
      case 'gone': return answer(410);
      case 'moved': return answer(302, undefined, { location: 'https://elsewhere.example/' });
      case 'lose-connection': return void request.socket.destroy();
      case 'hang': return;
      case 'sign-in-page': return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Proxy</title><p>Sign in to the network.</p>');
    }
    if (event.type === WORDS_WRITTEN) this.words.set(event.id, event);
    if (event.type !== CASE_HANDED_OVER) return fault === 'lose-answer' ? void request.socket.destroy() : answer(204);
    const known = this.cases.find(({ event: one }) => one.id === event.id) ?? { event, reference: `D-${1001 + this.cases.length}` };
    if (!this.cases.includes(known)) this.cases.push(known);
    if (fault === 'lose-answer') return void request.socket.destroy();
    answer(200, { reference: fault === 'odd-reference' ? { no: 'reference' } : known.reference });
  }
  private next(): DepotFault | undefined {
    const planned = this.#fault;
    if (planned && --planned.left === 0) this.#fault = undefined;
    return planned?.fault;
  }
  private now(): Date { return this.options.now?.() ?? new Date(); }
}
