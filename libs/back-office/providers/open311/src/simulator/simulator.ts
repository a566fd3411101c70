import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { PhotoAlbum } from '@guildhall/back-office-contract/far-end';
import type { Outbound } from '@guildhall/kernel-contract';
import { CONTENT_TYPES, readDateTime, writeDateTime, writeDocument, type AttributeDefinition, type DocumentKind, type Documents, type Format } from '@guildhall/open311-contract';
import { Faults, type GeoReportFault } from './faults';
import { drive } from './drive';
import { WorksBook, fieldOf, photosOf, requestOf, updateOf, type SimulatedReport, type SimulatedUpdate } from './works-book';

/** A service of the simulated system, with what it asks. @public */
export interface SimulatedService { readonly code: string; readonly name: string; readonly attributes?: readonly AttributeDefinition[] }

/** How a simulator is started. @public */
export interface GeoReportSimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  readonly apiKey: string;
  /** Keys of other councils that it knows as well. */
  readonly otherKeys?: readonly string[];
  readonly services?: readonly SimulatedService[];
  /** Refused when a call names another, or none. */
  readonly jurisdictionId?: string;
  /** At most so many updates, and reports on a page, are listed at once; 1,000 unless told. */
  readonly mostListed?: number;
  readonly now?: () => Date;
  /** Fetches the photos of which it is told, and shows them on its page; without it they are only named there. */
  readonly outbound?: Outbound;
  /** How long it takes when a delay is planned; 5 seconds unless told. */
  readonly delayInSeconds?: number;
  /** Called when somebody presses a button on its page: tells the council. */
  readonly tells?: (report: SimulatedReport, update: SimulatedUpdate) => Promise<void>;
}

const MOST_BYTES = 1_000_000;

/**
 * A system that speaks Open311 GeoReport v2 with mySociety's updates, on this machine: for tests and trials. Like most it takes the same report twice as two. It has a page at its root,
 * on which somebody says what happens to reports.
 * @public
 * @example const works = await GeoReportSimulator.start({ apiKey: 'a-key' }); open311Client({ endpoint: works.endpoint, apiKey: new Secret('a-key') })
 */
export class GeoReportSimulator {
  readonly book = new WorksBook();
  readonly faults = new Faults();
  readonly album: PhotoAlbum;
  /** Gives tokens instead of numbers; `settle` makes the number. */
  givesTokens = false;
  /** Paths that were asked for, the oldest first; no keys. */
  readonly seen: string[] = [];
  readonly #server: Server;
  readonly #keys: readonly string[];

  private constructor(private readonly options: GeoReportSimulatorOptions) {
    this.album = new PhotoAlbum(options.outbound);
    this.#keys = [options.apiKey, ...(options.otherKeys ?? [])];
    this.#server = createServer((request, response) => { this.serve(request, response).catch(() => response.destroy()); });
  }
  static async start(options: GeoReportSimulatorOptions): Promise<GeoReportSimulator> {
    const simulator = new GeoReportSimulator(options);
    await new Promise<void>((resolve, reject) => { simulator.#server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
    return simulator;
  }

  get origin(): string { return `http://localhost:${(this.#server.address() as AddressInfo).port}`; }
  get endpoint(): string { return `${this.origin}/open311/v2`; }
  failNext(fault: GeoReportFault, times = 1): void { this.faults.plan(fault, times); }
  /** Makes the number behind a token. */
  settle(token: string): void {
    const report = this.book.reports.find((one) => one.token === token);
    if (report) report.isSettled = true;
  }
  /** The form of an update as it would be pushed to whoever reported. */
  pushForm({ id, number, status, at, text, photos }: SimulatedUpdate, key: string): URLSearchParams {
    return new URLSearchParams([...Object.entries({ api_key: key, update_id: id, service_request_id: number, status: status.toUpperCase(), updated_datetime: writeDateTime(at), description: text }), ...photos.map((url): [string, string] => ['media_url[]', url])]);
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }

  /** Something happens to a report, and the council is told. False when there is no such report. */
  async says(number: string, status: string, text: string): Promise<boolean> {
    const report = this.book.find(number);
    if (report) await this.options.tells?.(report, this.book.happens(number, status, this.now(), text));
    return report !== undefined;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const [, path, format] = /^\/open311\/v2\/([\w/-]+)\.(xml|json)$/.exec(url.pathname) ?? [];
    const body = new URLSearchParams(await bodyOf(request));
    if (path === undefined) return this.discovery(url, response) ? undefined : drive(this, request, response, url, body);
    const given = request.method === 'POST' ? body : url.searchParams;
    this.seen.push(`${request.method} ${path}`);
    const answer = new Answers(response, format as Format);
    const fault = this.faults.next();
    const isReport = request.method === 'POST';
    if (fault === 'delay') await wait((this.options.delayInSeconds ?? 5) * 1000);
    else if (fault !== undefined && !(fault === 'lose-answer' && !isReport)) return this.fail(fault, request, answer, given, isReport);
    this.answer(request.method ?? 'GET', path, given, answer);
  }

  private answer(method: string, path: string, given: URLSearchParams, answer: Answers): void {
    const wanted = this.options.jurisdictionId;
    if (wanted !== undefined && given.get('jurisdiction_id') !== wanted) return answer.refuse(given.has('jurisdiction_id') ? 404 : 400, 'jurisdiction_id is missing or unknown');
    const [kind = '', id = ''] = path.split('/');
    if (kind === 'services') return this.services(id, answer);
    // Its services anybody may see.
    if (!this.#keys.includes(given.get('api_key') ?? '')) return kind === 'tokens' ? this.token(id, answer) : answer.refuse(403, 'The api_key is missing or wrong');
    if (kind === 'tokens') return this.token(id, answer);
    if (kind === 'requests' && method === 'POST') return this.take(given, answer);
    if (kind === 'requests') return answer.give('requests', this.pageOf(this.listed(id, given), given).map(requestOf));
    if (kind === 'servicerequestupdates' && method === 'POST') return this.hear(given, answer);
    if (kind === 'servicerequestupdates') return answer.give('updates', this.between(this.book.updates.filter(({ number }) => this.book.find(number)?.sender === given.get('api_key')), ({ at }) => at, given).slice(0, this.options.mostListed ?? 1000).map(updateOf));
    answer.refuse(404, 'There is nothing here');
  }

  private services(code: string, answer: Answers): void {
    const services = this.options.services ?? [];
    if (code === '') return answer.give('services', services.map(({ code: one, name, attributes }) => ({ service_code: one, service_name: name, description: name, metadata: attributes !== undefined, type: 'realtime', keywords: [], group: '', groups: [] })));
    const service = services.find(({ code: one }) => one === code);
    if (!service?.attributes) return answer.refuse(404, 'service_code was not found');
    answer.give('definition', { service_code: code, attributes: service.attributes });
  }

  private take(given: URLSearchParams, answer: Answers): void {
    const service = (this.options.services ?? []).find(({ code }) => code === given.get('service_code'));
    if (!service) return answer.refuse(404, 'service_code was not found');
    if (!(given.get('lat') && given.get('long')) && !given.get('address_string') && !given.get('address_id')) return answer.refuse(400, 'lat and long, address_string or address_id is required');
    if ([...(given.get('description') ?? '')].length > 4000) return answer.refuse(400, 'description has more than 4000 characters');
    const missing = service.attributes?.find(({ code, required, automated }) => required && !automated && !given.has(`attribute[${code}]`) && !given.has(`attribute[${code}][]`));
    if (missing) return answer.refuse(400, `attribute[${missing.code}] is missing`);
    const report = this.book.take([...given].filter(([name]) => name !== 'api_key'), this.now(), { sender: given.get('api_key') ?? '', isSettled: !this.givesTokens });
    this.album.keep(photosOf(report));
    answer.give('taken', [{ ...(report.isSettled ? { service_request_id: report.number } : { token: report.token }), service_notice: '', account_id: '' }]);
  }

  /** Takes each update once, as FixMyStreet and its likes do. */
  private hear(given: URLSearchParams, answer: Answers): void {
    const [id, number, description] = ['update_id', 'service_request_id', 'description'].map((name) => given.get(name) ?? '') as [string, string, string];
    if (!id || !description) return answer.refuse(400, 'update_id or description is missing');
    if (this.book.find(number)?.sender !== given.get('api_key')) return answer.refuse(404, 'service_request_id was not found');
    this.book.heard.set(id, { number, status: given.get('status') ?? '', description, photos: given.getAll('media_url') });
    this.album.keep(given.getAll('media_url'));
    answer.give('updates-taken', [{ update_id: id }]);
  }

  private token(token: string, answer: Answers): void {
    const report = this.book.reports.find((one) => one.token === token);
    if (!report) return answer.refuse(404, 'token was not found');
    answer.give('tokens', [{ service_request_id: report.isSettled ? report.number : '', token }]);
  }

  /** The newest first, as most systems have them. */
  private listed(number: string, given: URLSearchParams): readonly SimulatedReport[] {
    const numbers = number === '' ? given.get('service_request_id')?.split(',') : [number];
    const settled = this.book.reports.filter(({ isSettled, sender }) => isSettled && sender === given.get('api_key')).toReversed();
    if (numbers) return settled.filter((one) => numbers.includes(one.number));
    const code = given.get('service_code');
    return this.between(settled, ({ at }) => at, given).filter((one) => code === null || fieldOf(one, 'service_code') === code);
  }

  private pageOf<One>(all: readonly One[], given: URLSearchParams): readonly One[] {
    const size = this.options.mostListed ?? 1000;
    const first = (Number(given.get('page') ?? 1) - 1) * size;
    return all.slice(first, first + size);
  }

  private between<One>(all: readonly One[], atOf: (one: One) => Date, given: URLSearchParams): readonly One[] {
    const [from, until] = [readDateTime(given.get('start_date') ?? ''), readDateTime(given.get('end_date') ?? '')];
    return all.filter((one) => (!from || atOf(one) >= from) && (!until || atOf(one) <= until));
  }

  private fail(fault: Exclude<GeoReportFault, 'delay'>, request: IncomingMessage, answer: Answers, given: URLSearchParams, isReport: boolean): void {
    switch (fault) {
      case 'lose-connection': return void request.socket.destroy();
      case 'hang': return;
      case 'lose-answer': this.answer('POST', /v2\/(\w+)\./.exec(request.url ?? '')?.[1] ?? '', given, Answers.toNobody()); return void request.socket.destroy();
      case 'unavailable': return answer.send(503, '<h1>Back soon</h1>', 'text/html', { 'retry-after': '120' });
      case 'sign-in-page': return answer.send(200, '<!DOCTYPE html><title>Proxy</title><p>Sign in to the network.</p>', 'text/html');
      case 'document-type': return answer.send(200, '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><service_requests><request><service_request_id>&b;</service_request_id></request></service_requests>', CONTENT_TYPES.xml);
      case 'cut-off': return answer.send(200, '<?xml version="1.0"?><service_requests><request><service_req', CONTENT_TYPES.xml);
      case 'moved': return answer.send(302, '', 'text/plain', { location: 'https://elsewhere.example/' });
      case 'key-refused': return isReport || request.method === 'GET' && !request.url?.includes('/services') ? answer.refuse(403, 'The api_key is missing or wrong') : this.pass(request, given, answer);
      case 'too-many': return isReport ? answer.refuse(429, 'Too many calls', { 'retry-after': '120' }) : this.pass(request, given, answer);
      case 'missing-field': return isReport ? answer.refuse(400, `width is missing; you sent ${[...given].filter(([name]) => name !== 'api_key').map(([, value]) => value).join(' / ')}`) : this.pass(request, given, answer);
    }
  }
  /** Answers as if nothing were planned: the fault is another call's. */
  private pass(request: IncomingMessage, given: URLSearchParams, answer: Answers): void {
    this.answer(request.method ?? 'GET', /^\/open311\/v2\/([\w/-]+)\./.exec(request.url ?? '')?.[1] ?? '', given, answer);
  }

  private discovery({ pathname }: URL, response: ServerResponse): true | undefined {
    const [, format] = /^\/discovery\.(xml|json)$/.exec(pathname) ?? [];
    if (format === undefined) return undefined;
    new Answers(response, format as Format).give('discovery', { changeset: writeDateTime(this.now()), contact: 'works@works.example', key_service: 'Ask works@works.example', endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', url: this.endpoint, changeset: writeDateTime(this.now()), type: 'production', formats: ['text/xml', 'application/json'] }] });
    return true;
  }
  private now(): Date { return this.options.now?.() ?? new Date(); }
}

class Answers {
  constructor(private readonly response: ServerResponse | undefined, private readonly format: Format) {}
  static toNobody(): Answers { return new Answers(undefined, 'xml'); }
  give<Kind extends DocumentKind>(kind: Kind, document: Documents[Kind]): void { this.send(200, writeDocument(kind, document, this.format), CONTENT_TYPES[this.format]); }
  refuse(status: number, description: string, headers: Readonly<Record<string, string>> = {}): void { this.send(status, writeDocument('errors', [{ code: String(status), description }], this.format), CONTENT_TYPES[this.format], headers); }
  send(status: number, body: string, type: string, headers: Readonly<Record<string, string>> = {}): void { this.response?.writeHead(status, { 'content-type': type, ...headers }).end(body); }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
