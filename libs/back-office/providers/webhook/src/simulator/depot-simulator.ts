import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Progress, PushedMessage } from '@guildhall/back-office-contract';
import { PhotoAlbum } from '@guildhall/back-office-contract/far-end';
import type { Outbound } from '@guildhall/kernel-contract';
import { parseCloudEvent, signWebhook, webhookFault, type CloudEvent } from '@guildhall/subscriptions-contract';
import { CASE_HANDED_OVER, WORDS_WRITTEN } from '../case-event';
import { photosIn, type DepotCase } from './depot-case';
import { drive } from './drive';
import { Faults, type DepotFault } from './faults';

/** What a council and the depot sign with, each their own. @public */
export interface DepotSecrets { readonly secret: string; readonly pushSecret: string }

/** How a simulator is started. @public */
export interface DepotSimulatorOptions extends DepotSecrets {
  /** Any free one unless told. */
  readonly port?: number;
  /** Other councils that it works for. */
  readonly others?: readonly DepotSecrets[];
  readonly now?: () => Date;
  /** Fetches the photos of which it is told, and shows them on its page; without it they are only named there. */
  readonly outbound?: Outbound;
  /** How long it takes when a delay is planned; 5 seconds unless told. */
  readonly delayInSeconds?: number;
  /** Called when somebody presses a button on its page: tells the council, by its place among those that it works for. */
  readonly tells?: (message: PushedMessage, council: number) => Promise<void>;
}

const MOST_BYTES = 1_000_000;
const MOST_SEEN = 1000;

/**
 * A receiver of signed cases on this machine, for tests and trials: believes what is signed, takes each `webhook-id` once, and signs what it pushes. It has a page at its root, on which
 * somebody says what happens to cases.
 * @public
 * @example const depot = await DepotSimulator.start({ secret, pushSecret }); signedWebhook({ url: depot.url, secret: new Secret(secret), pushSecret: new Secret(pushSecret) })
 */
export class DepotSimulator {
  readonly cases: DepotCase[] = [];
  /** What residents wrote later, by its `webhook-id`. */
  readonly words = new Map<string, CloudEvent>();
  /** What happened here, the oldest first. */
  readonly told: Progress[] = [];
  readonly faults = new Faults();
  readonly album: PhotoAlbum;
  /** Messages that were believed, and what they were answered, the oldest first. */
  readonly seen: string[] = [];
  #pushes = 0;
  readonly #server: Server;
  readonly #secrets: readonly DepotSecrets[];

  private constructor(private readonly options: DepotSimulatorOptions) {
    this.#secrets = [options, ...(options.others ?? [])];
    this.album = new PhotoAlbum(options.outbound);
    this.#server = createServer((request, response) => { this.serve(request, response).catch(() => response.destroy()); });
  }
  static async start(options: DepotSimulatorOptions): Promise<DepotSimulator> {
    const depot = new DepotSimulator(options);
    await new Promise<void>((resolve, reject) => { depot.#server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
    return depot;
  }
  get origin(): string { return `http://localhost:${(this.#server.address() as AddressInfo).port}`; }
  get url(): string { return `${this.origin}/cases`; }
  /** The next calls fail so. */
  failNext(fault: DepotFault, times = 1): void { this.faults.plan(fault, times); }
  clear(): void { this.faults.clear(); }
  /** The message that tells of progress, signed now, or as somebody would sign it who may not. */
  push(progress: readonly Progress[], { secret = this.options.pushSecret, at = this.now() }: { readonly secret?: string; readonly at?: Date } = {}): PushedMessage {
    return this.signed(JSON.stringify({ progress: progress.map(({ progressId: id, farReference: reference, ...one }) => ({ id, reference, ...one })) }), secret, at);
  }
  /** Any words, signed. */
  signed(body: string, secret = this.options.pushSecret, at = this.now()): PushedMessage {
    return { path: '', headers: { ...signWebhook([secret], { id: `push-${++this.#pushes}`, at, body }) }, bytes: Buffer.from(body) };
  }
  /** Something happens to a case, and the council is told. False when there is no such case. */
  async says(reference: string, status: string, text: string): Promise<boolean> {
    const found = this.cases.find((one) => one.reference === reference);
    if (!found) return false;
    const progress: Progress = { progressId: `H-${this.told.length + 1}`, farReference: reference, status, at: this.now(), ...(text && { text }) };
    this.told.push(progress);
    await this.tell(progress, found);
    return true;
  }
  /** The last thing that happened to a case is told once more, as by a system that did not hear the council. */
  async saysAgain(reference: string): Promise<boolean> {
    const [last, found] = [this.told.findLast(({ farReference }) => farReference === reference), this.cases.find((one) => one.reference === reference)];
    if (last && found) await this.tell(last, found);
    return last !== undefined && found !== undefined;
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }

  private async tell(progress: Progress, { council }: DepotCase): Promise<void> {
    await this.options.tells?.(this.push([progress], { secret: this.#secrets[council]?.pushSecret }), council);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) if (chunks.reduce((sum, one) => sum + one.byteLength, 0) < MOST_BYTES) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (request.method !== 'POST' || request.url !== '/cases') return drive(this, request, response, body.toString('utf8'));
    const council = this.#secrets.findIndex(({ secret }) => !webhookFault([secret], { headers: request.headers, body, now: this.now() }));
    if (council < 0) return void response.writeHead(401).end();
    const event = parseCloudEvent(body.toString('utf8'));
    if (event) return this.take(event, council, request, response);
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'The body is no event.' }));
  }

  private async take(event: CloudEvent, council: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.next();
    const note = (said: number | string): void => { if (this.seen.push(`${event.type} ${said}`) > MOST_SEEN) this.seen.shift(); };
    const answer = (status: number, json?: object, headers: Readonly<Record<string, string>> = {}): void => { note(status); response.writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers }).end(json && JSON.stringify(json)); };
    const lose = (): void => { note(fault ?? ''); request.socket.destroy(); };
    switch (fault) {
      case undefined: case 'odd-reference': case 'lose-answer': break;
      case 'delay': await wait((this.options.delayInSeconds ?? 5) * 1000); break;
      case 'too-many': return answer(429, undefined, { 'retry-after': '120' });
      case 'missing-field': return answer(422, { title: 'Missing', detail: `width is missing in ${JSON.stringify(event.data)}` });
      case 'signature-refused': return answer(401);
      case 'unavailable': return answer(503, undefined, { 'retry-after': '60' });
      case 'gone': return answer(410);
      case 'moved': return answer(302, undefined, { location: 'https://elsewhere.example/' });
      case 'lose-connection': return lose();
      case 'hang': return note(fault);
      case 'sign-in-page': note(200); return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Proxy</title><p>Sign in to the network.</p>');
    }
    if (event.type === WORDS_WRITTEN && !this.words.has(event.id)) {
      this.words.set(event.id, event);
      this.album.keep(photosIn(event).map(({ url }) => url));
    }
    if (event.type !== CASE_HANDED_OVER) return fault === 'lose-answer' ? lose() : answer(204);
    const { reference } = this.keep(event, council);
    if (fault === 'lose-answer') return lose();
    answer(200, { reference: fault === 'odd-reference' ? { no: 'reference' } : reference });
  }

  /** Each case once, whatever comes again. */
  private keep(event: CloudEvent, council: number): DepotCase {
    const known = this.cases.find((one) => one.event.id === event.id && one.council === council);
    if (known) return known;
    const kept = { event, reference: `D-${1001 + this.cases.length}`, council };
    this.cases.push(kept);
    this.album.keep(photosIn(event).map(({ url }) => url));
    return kept;
  }
  private now(): Date { return this.options.now?.() ?? new Date(); }
}
