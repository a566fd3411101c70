import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer';
import { BucketFolder } from './bucket-folder';
import { checkSignature, decodedPath } from './check-signature';
import type { CheckedSignature, SimulatedKey } from './check-signature';
import { deleteObjects } from './delete-objects';
import { drive } from './drive';
import { Faults } from './faults';
import type { S3Fault } from './faults';
import { listObjects, listParts, listUploads } from './listing';
import { completeUpload, createUpload, uploadPart } from './multipart';
import { getObject, putObject } from './objects';
import type { DemandedEncryption } from './objects';
import { operationOf } from './operation';
import type { S3Operation } from './operation';
import { S3Error, accessDenied, noSuchBucket, slowDown } from './s3-error';
import { sendAnswer, signInPage } from './send-answer';
import { xmlOf } from './xml';

/** How a simulator is started. @public */
export interface S3SimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** Where objects are kept; a folder of its own below the system's temporary one unless told, which goes when it stops. */
  readonly folder?: string;
  /** The buckets that are there; `guildhall-documents` unless told. */
  readonly buckets?: readonly string[];
  /** The keys that it knows; one of its own making unless told. */
  readonly keys?: readonly [SimulatedKey, ...SimulatedKey[]];
  /** `eu-west-2` unless told. */
  readonly region?: string;
  /** Requests a second before it says SlowDown; 3,500 unless told, which is what S3 promises for writing below one prefix. */
  readonly requestsPerSecond?: number;
  /** The smallest part of a multipart upload but for its last: bytes, 5 MiB unless told, as S3 has it. */
  readonly leastPartInBytes?: number;
  /** The largest body of one request: bytes, 5 GiB unless told, as S3 has it. */
  readonly mostInBytes?: number;
  /** Refuses what is sent without this encryption, as a bucket's policy may. */
  readonly demandedEncryption?: DemandedEncryption;
  /** Answers 403 instead of 404 for what is not there, as S3 does to who may not list the bucket. */
  readonly hidesMissing?: boolean;
  readonly delayInSeconds?: number;
  readonly now?: () => Date;
}

/** One request that came, without anything that is secret. @public */
export interface SeenRequest { readonly at: Date; readonly operation: S3Operation | 'unknown'; readonly bucket: string; readonly key: string; readonly headers: Readonly<Record<string, string>>; status: number; outcome: string }

const MOST_SEEN = 500;
const SHOWN_HEADERS = ['host', 'range', 'content-type', 'content-length', 'content-encoding', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-checksum-sha256', 'x-amz-content-sha256', 'if-match'];

/**
 * Speaks as Amazon S3 does (REST API of 2006-03-01, as documented in 2026) on this machine, and keeps objects in a folder: signatures are checked to the letter, errors are S3's own XML, multipart
 * uploads, ranges, both ways of addressing, limits, faults on demand. Nothing of it is for production.
 * @public
 */
export class S3Simulator {
  readonly faults = new Faults();
  readonly seen: SeenRequest[] = [];
  /** How far its clock is from the true one. */
  clockOffsetInSeconds = 0;
  readonly keys: readonly [SimulatedKey, ...SimulatedKey[]];
  readonly region: string;
  demandedEncryption: DemandedEncryption | undefined;
  hidesMissing: boolean;
  readonly #buckets = new Map<string, BucketFolder>();
  readonly #server: Server = createServer((request, response) => { this.#serve(request, response).catch(() => response.destroy()); });
  #folder = '';
  #port: number;
  #times: number[] = [];

  constructor(private readonly options: S3SimulatorOptions = {}) {
    this.#port = options.port ?? 0;
    this.keys = options.keys ?? [{ accessKeyId: `SIM${randomBytes(8).toString('hex').toUpperCase()}`, secretAccessKey: randomBytes(24).toString('base64') }];
    this.region = options.region ?? 'eu-west-2';
    this.demandedEncryption = options.demandedEncryption;
    this.hidesMissing = options.hidesMissing ?? false;
  }

  /** For `s3({ origin })`. */
  get origin(): string { return `http://localhost:${this.#port}`; }
  get pageOrigin(): string { return `${this.origin}/_simulator`; }
  get buckets(): readonly BucketFolder[] { return [...this.#buckets.values()]; }
  now(): Date { return new Date((this.options.now?.() ?? new Date()).getTime() + this.clockOffsetInSeconds * 1_000); }

  /** The next requests fail so; `Infinity` times is until cleared. `on` names the operation that is meant, or every one is. */
  failNext(fault: S3Fault, { times = 1, on }: { readonly times?: number; readonly on?: S3Operation } = {}): void { this.faults.plan(fault, times, on); }
  /** Forgets faults, and what was seen. */
  clear(): void {
    this.faults.clear();
    this.seen.length = 0;
  }

  /** Opens the door, at the port of before. */
  async start(): Promise<void> {
    if (this.#server.listening) return;
    this.#folder ||= this.options.folder ?? await mkdtemp(path.join(tmpdir(), 's3-'));
    for (const name of this.options.buckets ?? ['guildhall-documents']) if (!this.#buckets.has(name)) await this.#makeBucket(name);
    await new Promise<void>((resolve, reject) => { this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve); });
    this.#port = (this.#server.address() as AddressInfo).port;
  }
  /** Closes the door and keeps everything. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }
  /** Closes it, and clears away a folder that it made. */
  async stop(): Promise<void> {
    await this.close();
    if (this.options.folder === undefined && this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  async #makeBucket(name: string): Promise<void> {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new S3Error('InvalidBucketName', 400, 'The specified bucket is not valid.', { BucketName: name });
    const folder = path.join(this.#folder, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const bucket = new BucketFolder(name, folder);
    await bucket.make();
    this.#buckets.set(name, bucket);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [rawPath = '/', rawQuery = ''] = splitOnce(request.url ?? '/', '?');
    if (rawPath.startsWith('/_simulator') || (rawPath === '/' && request.method === 'GET' && rawQuery === '' && request.headers.authorization === undefined)) return drive(this, request, response);
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    const common = { 'x-amz-request-id': requestId, 'x-amz-id-2': randomBytes(24).toString('base64'), date: this.now().toUTCString(), server: 'S3 simulator' };
    const isHead = request.method === 'HEAD';
    let seen: SeenRequest | undefined;
    let fault: S3Fault | undefined;
    let answer: Answer;
    try {
      const { bucket, key } = this.#addressed(request, rawPath);
      const query = new URLSearchParams(rawQuery.replaceAll('+', '%2B'));
      seen = { at: this.now(), operation: 'unknown', bucket, key, headers: Object.fromEntries(SHOWN_HEADERS.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]]))), status: 0, outcome: '' };
      this.seen.push(seen);
      if (this.seen.length > MOST_SEEN) this.seen.shift();
      const operation = operationOf(request.method ?? 'GET', bucket, key, query, request.headers['x-amz-copy-source'] !== undefined);
      Object.assign(seen, { operation });
      fault = this.faults.next(operation);
      seen.outcome = fault ?? '';
      if (fault === 'lose-connection') return void request.socket.destroy();
      if (fault === 'hang') return void request.resume();
      if (fault === 'delay' || this.options.delayInSeconds) await wait((this.options.delayInSeconds ?? 2) * 1_000);
      if (fault === 'slow-down') throw slowDown();
      if (fault === 'internal-error') throw new S3Error('InternalError', 500, 'We encountered an internal error. Please try again.');
      if (fault === 'access-denied') throw accessDenied();
      const signature = checkSignature({ method: request.method ?? 'GET', rawPath, rawQuery, headers: request.headers }, this.keys, this.region, this.now());
      if (this.#isTooMuch()) throw slowDown();
      answer = await this.#answer(operation, { bucket, key, query, request, signature });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      const told = error.code === 'NoSuchKey' && this.hidesMissing ? accessDenied() : error;
      if (seen) seen.outcome = told.code;
      answer = { status: told.status, headers: { ...told.headers, ...(request.complete ? {} : { connection: 'close' }) }, xml: xmlOf('Error', { Code: told.code, Message: told.message, ...told.more, RequestId: requestId, HostId: common['x-amz-id-2'] }, false) };
      request.resume();
    }
    if (fault === 'lose-answer') { answer.stream?.destroy(); return void request.socket.destroy(); }
    if (fault === 'sign-in-page') { answer.stream?.destroy(); answer = signInPage(); }
    if (fault === 'error-after-200') answer = { status: 200, xml: xmlOf('Error', { Code: 'InternalError', Message: 'We encountered an internal error. Please try again.', RequestId: requestId }, false) };
    if (seen) seen.status = answer.status;
    await sendAnswer(response, { ...answer, headers: { ...common, ...answer.headers } }, fault, isHead);
  }

  /** In the path (`/bucket/key`) or in the name of the host (`bucket.localhost`): both ways are S3's. */
  #addressed(request: IncomingMessage, rawPath: string): { readonly bucket: string; readonly key: string } {
    const whole = decodedPath(rawPath).slice(1);
    const [, inHost] = /^([a-z0-9.-]+)\.localhost(?::\d+)?$/.exec(request.headers.host ?? '') ?? [];
    if (inHost !== undefined) return { bucket: inHost, key: whole };
    const [bucket = '', key = ''] = splitOnce(whole, '/');
    return { bucket, key };
  }

  #isTooMuch(): boolean {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < 1_000);
    this.#times.push(now);
    return this.#times.length > (this.options.requestsPerSecond ?? 3_500);
  }

  async #answer(operation: S3Operation, { bucket: name, key, query, request, signature }: { readonly bucket: string; readonly key: string; readonly query: URLSearchParams; readonly request: IncomingMessage; readonly signature: CheckedSignature }): Promise<Answer> {
    const now = this.now();
    if (operation === 'ListBuckets') return { status: 200, xml: xmlOf('ListAllMyBucketsResult', { Owner: { ID: 'simulated', DisplayName: 'simulated' }, Buckets: { Bucket: this.buckets.map((bucket) => ({ Name: bucket.name, CreationDate: now.toISOString() })) } }) };
    if (operation === 'CreateBucket') {
      if (this.#buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', 409, 'Your previous request to create the named bucket succeeded and you already own it.');
      await this.#makeBucket(name);
      return { status: 200, headers: { location: `/${name}` } };
    }
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    const receiving = { mostInBytes: this.options.mostInBytes ?? 5 * 1024 ** 3, demanded: this.demandedEncryption, now };
    switch (operation) {
      case 'HeadBucket': return { status: 200, headers: { 'x-amz-bucket-region': this.region } };
      case 'GetBucketLocation': return { status: 200, xml: xmlOf('LocationConstraint', this.region) };
      case 'GetBucketVersioning': return { status: 200, xml: xmlOf('VersioningConfiguration', '') };
      case 'ListObjects': case 'ListObjectsV2': return listObjects(bucket, query, operation === 'ListObjectsV2');
      case 'ListMultipartUploads': return listUploads(bucket);
      case 'DeleteObjects': return deleteObjects(bucket, await textOfBody(request));
      case 'PutObject': return putObject(bucket, key, request, signature, receiving);
      case 'GetObject': case 'HeadObject': return getObject(bucket, key, request, operation === 'HeadObject');
      case 'DeleteObject': await bucket.delete(key); return { status: 204 };
      case 'CreateMultipartUpload': return createUpload(bucket, key, request, receiving);
      case 'UploadPart': return uploadPart(bucket, query, request, signature, receiving);
      case 'CompleteMultipartUpload': return completeUpload(bucket, key, query, await textOfBody(request), this.origin, { leastPartInBytes: this.options.leastPartInBytes ?? 5 * 1024 ** 2, now });
      case 'AbortMultipartUpload': await bucket.upload(query.get('uploadId') ?? ''); await bucket.end(query.get('uploadId') ?? ''); return { status: 204 };
      case 'ListParts': return listParts(bucket, key, query.get('uploadId') ?? '');
    }
  }
}

/** Starts a simulator. @public @example const far = await startS3(); documents({ providers: [s3({ bucket: 'guildhall-documents', origin: far.origin, …far.keys[0] })] }); … await far.stop(); */
export async function startS3(options: S3SimulatorOptions = {}): Promise<S3Simulator> {
  const simulator = new S3Simulator(options);
  await simulator.start();
  return simulator;
}

const LONGEST_XML_IN_BYTES = 2 * 1024 * 1024;

async function textOfBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LONGEST_XML_IN_BYTES) throw new S3Error('MalformedXML', 400, 'The XML you provided is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
