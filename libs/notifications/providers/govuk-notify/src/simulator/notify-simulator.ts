import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aReceivedText, answerApi, type ApiAnswer, type ReceivedText } from './answer-api';
import { NotifyFault } from './fault';
import { Limits, NOTIFY_LIMITS, type NotifyLimits } from './limits';
import type { Misbehaviour, MisbehaviourLimits } from './misbehaviour';
import { receiptJson, type NotificationStatus, type SimulatedNotification } from './notification';
import { actOnPage, drivingPage } from './page';
import { PostOffice } from './post-office';
import { CallbackSender, type CallbackTry } from './send-callbacks';
import { aService, apiKeyOf, type KeyType, type SimulatedService } from './service';
import { verifyToken } from './verify-token';

/** How the simulator is to be. @public */
export interface NotifySimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** The services that it has; one of its own making unless told. */
  readonly services?: readonly [SimulatedService, ...SimulatedService[]];
  /** A key that the one service is to have, so that it stays the same over starts: `name-serviceId-secret`. */
  readonly apiKey?: string;
  readonly clock?: { now(): Date };
  readonly limits?: NotifyLimits;
  /** When messages arrive: by hand (`settle`, or the page), or by themselves; after a second unless told. Recipients that fail and test keys need no hand. */
  readonly delivery?: 'by-hand' | { readonly afterSeconds: number };
  /** Between tries of a callback: 300 as Notify has it, unless told. */
  readonly callbackSecondsApart?: number;
}

const MOST_BYTES = 10 * 1024 * 1024;

/**
 * GOV.UK Notify as its API documentation and source describe it (August 2026), on this machine: tokens, forms, templates, statuses, limits and callbacks. Nothing is sent to anybody.
 * A page at its address shows what came and moves it on.
 * @public
 */
export class NotifySimulator {
  readonly services: readonly SimulatedService[];
  readonly #clock: { now(): Date };
  readonly #callbacks: CallbackSender;
  readonly #postOffice: PostOffice;
  readonly #receivedTexts: ReceivedText[] = [];
  #server: Server | undefined;
  #port: number;
  #misbehaving: { readonly how: Misbehaviour; readonly on: 'sending' | 'asking' | 'everything'; left: number } | undefined;
  /** How many calls came, by `POST /v2/notifications/email`. */
  readonly calls: string[] = [];

  constructor(options: NotifySimulatorOptions = {}) {
    this.#port = options.port ?? 0;
    this.#clock = options.clock ?? { now: () => new Date() };
    this.#callbacks = new CallbackSender(options.callbackSecondsApart ?? 300);
    this.#postOffice = new PostOffice(() => this.#clock.now(), new Limits(options.limits ?? NOTIFY_LIMITS), this.#callbacks, options.delivery ?? { afterSeconds: 1 });
    this.services = options.services ?? [serviceWithKey(options.apiKey)];
  }

  /** Where it is: the provider's setting `origin`. */
  get origin(): string { return `http://localhost:${this.#port}`; }
  /** The first service. */
  get service(): SimulatedService { return this.services[0] as SimulatedService; }
  /** What was taken, the oldest first. */
  get notifications(): readonly SimulatedNotification[] { return this.#postOffice.notifications; }
  /** What was said to services, and what they answered. */
  get callbackTries(): readonly CallbackTry[] { return this.#callbacks.tries; }
  get receivedTexts(): readonly ReceivedText[] { return this.#receivedTexts; }
  get misbehaviour(): Misbehaviour | undefined { return this.#misbehaving?.how; }

  apiKey(type: KeyType = 'live'): string { return apiKeyOf(this.service, type); }

  /** Gives a message a status. @throws NotifyFault when there is no such message */
  settle(id: string, status: NotificationStatus): void {
    const found = this.notifications.find((each) => each.id === id);
    this.#postOffice.settle(this.services.find((each) => each.id === found?.serviceId) ?? this.service, id, status);
  }

  /** The receipt that would be sent now. */
  receipt(id: string, token: string): { readonly headers: Readonly<Record<string, string>>; readonly bytes: Buffer } {
    const found = this.notifications.find((each) => each.id === id);
    if (!found) throw new Error(`The simulator has no message ${id}.`);
    return { headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, bytes: Buffer.from(JSON.stringify(receiptJson(found))) };
  }

  /** Somebody sends a text to the service. */
  receiveText(from: string, content: string): void {
    const text = aReceivedText(this.service, from, content, this.#clock.now());
    this.#receivedTexts.push(text);
    const { receivedTextCallback } = this.service;
    if (receivedTextCallback) this.#callbacks.send(receivedTextCallback, { id: text.id, source_number: from, destination_number: '07700900999', message: content, date_received: text.at.toISOString() });
  }

  /** From now on it does so; without anything it behaves again. */
  misbehave(how?: Misbehaviour, { on = 'sending', times = Infinity }: MisbehaviourLimits = {}): void {
    this.#misbehaving = how && { how, on, left: times };
  }

  /** Sends now what waits to be said again. */
  hurryCallbacks(): Promise<void> { return this.#callbacks.hurry(); }
  /** Until every callback that has begun is answered. */
  callbacksSettled(): Promise<void> { return this.#callbacks.settled(); }

  /** Opens the door; leaves it when it is open. */
  async start(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => void this.handle(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(this.#port, '127.0.0.1', resolve); });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Closes the door, and keeps what was taken: `start` opens it again at the same port. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  async stop(): Promise<void> {
    this.#postOffice.stop();
    await this.#callbacks.stop();
    await this.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    const url = new URL(request.url ?? '/', this.origin);
    if (!body) return void response.writeHead(413, { connection: 'close' }).end();
    if (!url.pathname.startsWith('/v2/')) return this.showPage(request, url, body, response);
    this.calls.push(`${request.method} ${url.pathname}`);
    const how = this.misbehaviourFor(request.method);
    if (how?.kind === 'silent') return;
    if (how?.kind === 'slow') await new Promise((resolve) => { setTimeout(resolve, how.seconds * 1000).unref(); });
    if (how?.kind === 'oversize') return void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(21 * 1024 * 1024, 0x20));
    if (how?.kind === 'answer') return this.reply(response, faultAnswer(new NotifyFault(how.status, how.error ?? 'Exception', how.message ?? 'Internal server error')), how.headers);
    let answer: ApiAnswer;
    try {
      const { service, key } = verifyToken(request.headers.authorization, this.services, this.#clock.now());
      answer = answerApi({ method: request.method ?? 'GET', url, body, service, key }, this.#postOffice, this.#receivedTexts, this.#clock.now());
    } catch (error) {
      if (!(error instanceof NotifyFault)) throw error;
      answer = faultAnswer(error);
    }
    if (how?.kind === 'vanish-after-taking') return void request.socket.destroy();
    if (how?.kind === 'fail-after-taking') return this.reply(response, faultAnswer(new NotifyFault(500, 'Exception', 'Internal server error')));
    if (how?.kind === 'malformed') return void response.writeHead(answer.status, { 'content-type': 'application/json' }).end('{"id": ');
    this.reply(response, answer);
  }

  private misbehaviourFor(method: string | undefined): Misbehaviour | undefined {
    const now = this.#misbehaving;
    if (!now || now.left <= 0 || (now.on === 'sending' && method !== 'POST') || (now.on === 'asking' && method !== 'GET')) return undefined;
    now.left -= 1;
    return now.how;
  }

  private reply(response: ServerResponse, { status, json, pdf }: ApiAnswer, headers: Readonly<Record<string, string>> = {}): void {
    response.writeHead(status, { date: this.#clock.now().toUTCString(), 'content-type': pdf ? 'application/pdf' : 'application/json', ...headers }).end(pdf ?? JSON.stringify(json));
  }

  private showPage(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    if (request.method === 'POST') {
      // A page elsewhere must not drive it.
      if (request.headers.origin !== undefined && request.headers.origin !== `http://${request.headers.host ?? ''}`) return void response.writeHead(403).end();
      actOnPage(this, url.pathname, new URLSearchParams(body.toString('utf8')));
      return void response.writeHead(303, { location: '/' }).end();
    }
    if (url.pathname !== '/') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': 'default-src \'none\'; style-src \'unsafe-inline\'; form-action \'self\'; frame-ancestors \'none\'' }).end(drivingPage(this));
  }
}

/** Starts a simulator. @public @example const notify = await startNotifySimulator({ port: 4700 }); … await notify.stop(); */
export async function startNotifySimulator(options: NotifySimulatorOptions = {}): Promise<NotifySimulator> {
  const simulator = new NotifySimulator(options);
  await simulator.start();
  return simulator;
}

function serviceWithKey(apiKey: string | undefined): SimulatedService {
  if (apiKey === undefined) return aService();
  const [, name, id, secret] = /^(.+)-([0-9a-f-]{36})-([0-9a-f-]{36})$/i.exec(apiKey) ?? [];
  if (name === undefined || id === undefined || secret === undefined) throw new Error('apiKey must be a name, a service\'s id and a secret (two UUIDs), joined by hyphens.');
  const service = aService({ id: id.toLowerCase() });
  service.keys.unshift({ name, secret, type: 'live' });
  return service;
}

function faultAnswer(fault: NotifyFault): ApiAnswer {
  return { status: fault.status, json: { status_code: fault.status, errors: fault.errors } };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
