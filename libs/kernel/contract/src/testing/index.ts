import { createHash, randomBytes } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import { Readable, pipeline } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Actor, BytesAtRest, Clock, Council, CouncilId, Ids, Log, Officer, OfficerId, Outbound, OutboundRequest, OutboundResponse, PersonId, ProviderDependencies, RequestContext, Resident } from '../index';
import { Unavailable } from '../index';

/** A clock that stands still until it is moved. @public */
export class FixedClock implements Clock {
  #now: number;
  constructor(now: string | Date = '2026-11-23T09:00:00Z') { this.#now = new Date(now).getTime(); }
  now(): Date { return new Date(this.#now); }
  /** Moves on by so many seconds. */
  advance(seconds: number): void { this.#now += seconds * 1000; }
  set(now: string | Date): void { this.#now = new Date(now).getTime(); }
}

/** Ids that repeat with the same seed; still shaped as UUIDv7. @public */
export class SeededIds implements Ids {
  #state: number;
  #count = 0;
  constructor(seed = 1) { this.#state = seed >>> 0 || 1; }
  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
      bytes[i] = this.#state >>> 24;
    }
    return bytes;
  }
  token(bytes = 16): string { return Buffer.from(this.bytes(bytes)).toString('base64url'); }
  uuid(): string {
    const time = (1_700_000_000_000 + this.#count++).toString(16).padStart(12, '0');
    const hex = Buffer.from(this.bytes(10)).toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
  }
}

/** A log that keeps its lines. @public */
export class RecordedLog implements Log {
  readonly lines: { level: string; event: string; ids?: object }[] = [];
  info(event: string, ids?: object): void { this.lines.push({ level: 'info', event, ids }); }
  warn(event: string, ids?: object): void { this.lines.push({ level: 'warn', event, ids }); }
  error(event: string, ids?: object): void { this.lines.push({ level: 'error', event, ids }); }
}

/** An invented council. @public */
export function testCouncil(changes: Partial<Council> = {}): Council {
  return Object.freeze({
    id: '01990000-0000-7000-8000-000000000001' as CouncilId, slug: 'testham', gssCode: 'E07000998',
    name: { en: 'Testham Borough Council', cy: 'Cyngor Bwrdeistref Testham' }, languages: ['en', 'cy'] as const, nation: 'england' as const,
    origin: 'http://localhost:4000', referencePrefix: 'TE',
    contact: { telephone: '01632 960000', email: 'help@testham.example', address: 'Town Hall, Testham ZZ99 1AA' },
    ...changes,
  });
}

/** A context for tests. @public */
export function testContext(changes: Partial<RequestContext> = {}): RequestContext {
  return Object.freeze({ council: testCouncil(), actor: { kind: 'nobody' } as Actor, correlationId: 'test', language: 'en' as const, channel: 'web' as const, ...changes });
}
/** @public */
export function testResident(personId = '01990000-0000-7000-8000-0000000000a1'): Resident {
  return { kind: 'resident', personId: personId as PersonId, sessionId: 'session-resident', confidence: 'low' };
}
/** @public */
export function testOfficer(permissions: readonly string[], changes: Partial<Officer> = {}): Officer {
  return { kind: 'officer', officerId: '01990000-0000-7000-8000-0000000000b1' as OfficerId, sessionId: 'session-officer', name: 'Sam Officer', roles: ['case-officer'], teams: ['streets'], permissions: new Set(permissions), ...changes };
}

/** Outbound over the real network stack of this machine, without a kernel: for conformance runs of providers. `*.localhost` goes to loopback. @public */
export const plainOutbound: Outbound = {
  async fetch(url: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    const target = new URL(url);
    const headers: Record<string, string> = { ...request.headers };
    if (target.hostname.endsWith('.localhost')) { headers['x-forwarded-host'] = target.host; target.hostname = 'localhost'; }
    if (request.idempotencyKey) headers['idempotency-key'] = request.idempotencyKey;
    if (request.body && typeof (request.body as Partial<BytesAtRest>).read === 'function') return sendAtRest(target, request, headers, request.body as BytesAtRest);
    let body: string | Uint8Array | URLSearchParams | undefined;
    if (request.body instanceof URLSearchParams || typeof request.body === 'string' || request.body instanceof Uint8Array) body = request.body;
    else if (request.body) { body = JSON.stringify(request.body); headers['content-type'] ??= 'application/json'; }
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(target, { method: request.method ?? 'GET', headers, body: body as RequestInit['body'], redirect: 'manual', signal: AbortSignal.timeout((request.timeoutInSeconds ?? 10) * 1000) });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new Unavailable(`${target.host} did not answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    return answered(response.status, Object.fromEntries(response.headers), bytes);
  },
};

/** As it is read, which is how it goes in a council's app: `fetch` would take all of it into memory, and a kit that watches the memory would find it there. */
function sendAtRest(target: URL, { method = 'POST', timeoutInSeconds = 10 }: OutboundRequest, headers: Readonly<Record<string, string>>, body: BytesAtRest): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new Unavailable(`${target.host} did not answer: ${error.message}`));
    const call = (target.protocol === 'https:' ? https : http).request(target, { method, headers: { ...headers, 'content-length': body.sizeInBytes }, agent: false, signal: AbortSignal.timeout(timeoutInSeconds * 1000) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail).on('end', () => resolve(answered(response.statusCode ?? 0, Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])), Buffer.concat(chunks))));
    });
    call.on('error', fail);
    pipeline(body.read(), call, (error) => { if (error) fail(error); });
  });
}
function answered(status: number, headers: Readonly<Record<string, string>>, bytes: Uint8Array): OutboundResponse {
  return { status, headers, bytes: () => bytes, text: () => Buffer.from(bytes).toString('utf8'), json: () => JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown };
}

/** Dependencies for a provider under test. @public */
export function testProviderDependencies(changes: Partial<ProviderDependencies> = {}): ProviderDependencies {
  return { council: testCouncil(), clock: new FixedClock(), ids: new SeededIds(), log: new RecordedLog(), outbound: plainOutbound, dataFolder: '.guildhall/test', secret: (name) => new Uint8Array(Buffer.from(name.padEnd(32, '.')).subarray(0, 32)), ...changes };
}

/** Bytes nobody can guess, for tests that need real randomness. @public */
export function randomHex(bytes = 8): string { return randomBytes(bytes).toString('hex'); }

/**
 * Bytes in buffers that somebody still holds: what nobody holds any more is cleared away first.
 * @public
 */
export function heldInBuffers(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What the first one finds is given back by the second.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}

/** Watches how much is held in buffers while much goes by: it looks each time that 25 MB more have gone by. @public @example const memory = new WatchedMemory(); madeAsRead(10_000_000, { onChunk: memory.onChunk }) */
export class WatchedMemory {
  readonly #before = heldInBuffers();
  wentByInBytes = 0;
  /** The most that was held at any look, beyond what was held before. */
  mostInBytes = 0;
  readonly onChunk = (bytes: number): void => {
    const looks = Math.floor(this.wentByInBytes / 25_000_000);
    this.wentByInBytes += bytes;
    if (Math.floor(this.wentByInBytes / 25_000_000) > looks) this.look();
  };
  look(): void { this.mostInBytes = Math.max(this.mostInBytes, heldInBuffers() - this.#before); }
}

const CHUNK_IN_BYTES = 64 * 1024;

/** Bytes at rest that are nowhere: made as they are read, and different in every chunk. `beginning` comes first. @public */
export function madeAsRead(sizeInBytes: number, { beginning = Buffer.alloc(0), onChunk = () => undefined }: { readonly beginning?: Uint8Array; readonly onChunk?: (bytes: number) => void } = {}): BytesAtRest {
  function* chunks(first: number, last: number): Generator<Buffer> {
    for (let at = first; at <= last; at += CHUNK_IN_BYTES) {
      const chunk = Buffer.alloc(Math.min(CHUNK_IN_BYTES, last - at + 1), 0x20);
      // Where it stands is written in each, so that chunks that change places are noticed.
      chunk.write(String(at), 0, 'latin1');
      if (at < beginning.byteLength) chunk.set(beginning.subarray(at, at + chunk.byteLength));
      yield chunk;
    }
  }
  const hash = createHash('sha256');
  for (const chunk of chunks(0, sizeInBytes - 1)) hash.update(chunk);
  return {
    sizeInBytes, sha256: hash.digest('hex'),
    read: ({ start, end } = { start: 0, end: sizeInBytes - 1 }) => Readable.from((function* () { for (const chunk of chunks(start, Math.min(end, sizeInBytes - 1))) { onChunk(chunk.byteLength); yield chunk; } })(), { objectMode: false }),
  };
}
export { ownCertificate } from './own-certificate';
