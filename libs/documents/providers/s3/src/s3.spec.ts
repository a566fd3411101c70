import { Readable } from 'node:stream';
import { Secret, atRest } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { parseStoreKey } from '@guildhall/documents-contract';
import { isPassing, readFailure, whatFailureMeans } from './map-failure';
import type { S3Options } from './options';
import { s3 } from './s3';
import { S3Store } from './s3-store';
import { startS3 } from './simulator';
import type { S3Simulator } from './simulator';

const KEY = parseStoreKey('doc/whole');
let far: S3Simulator;
let log: RecordedLog;
let clock: FixedClock;
beforeEach(async () => {
  far = await startS3();
  log = new RecordedLog();
  clock = new FixedClock(new Date());
});
afterEach(() => far.stop());

function store(changes: Partial<S3Options> = {}): S3Store {
  const [{ accessKeyId, secretAccessKey }] = far.keys;
  return new S3Store({ bucket: 'guildhall-documents', origin: far.origin, accessKeyId, secretAccessKey: new Secret(secretAccessKey), ...changes }, testProviderDependencies({ log, clock }));
}
const put = (bytes: Buffer, into = store()): Promise<void> => into.put(KEY, atRest(bytes), { contentType: 'application/pdf' });
async function read(from = store()): Promise<Buffer | undefined> {
  const found = await from.get(KEY);
  if (!found) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of found.stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const operations = (): string[] => far.seen.map(({ operation }) => operation);
const large = Buffer.alloc(10_000_000, 'abc');
const unavailable = { code: 'unavailable' };

describe('a document at S3', () => {
  it('lies below the council’s id, behind the council’s prefix, and is a download of its type that nobody else may keep', async () => {
    await put(Buffer.from('x'), store({ prefix: 'guildhall/documents' }));
    const [object] = await far.buckets[0]?.all() ?? [];
    expect(object).toMatchObject({ key: `guildhall/documents/${testProviderDependencies().council.id}/doc/whole`, contentType: 'application/pdf', contentDisposition: 'attachment', cacheControl: 'private, no-store' });
  });
  it('goes with its SHA-256, however large', async () => {
    await put(Buffer.from('x'));
    await put(large);
    expect(operations()).toEqual(['PutObject', 'PutObject']);
    expect(far.seen.every(({ headers }) => /^[\w+/]{43}=$/.test(headers['x-amz-checksum-sha256'] ?? ''))).toBe(true);
    expect((await read())?.equals(large)).toBe(true);
  });
  it('goes by the connections of the store, however large: to this machine under *.localhost, and not by others of Amazon’s client that know nothing of it', async () => {
    const inTheHost = store({ addressing: 'host' });
    await put(Buffer.from('x'), inTheHost);
    await put(large, inTheHost);
    await put(large, inTheHost);
    expect((await read(inTheHost))?.equals(large)).toBe(true);
    expect(far.seen.map(({ headers }) => [headers['host'], headers['expect']])).toEqual(Array.from({ length: 4 }, () => [`guildhall-documents.${new URL(far.origin).host}`, undefined]));
  });
  it('is asked to be encrypted as the council wishes, which a bucket may insist on', async () => {
    far.demandedEncryption = 'AES256';
    await put(Buffer.from('x'), store({ encryption: 'AES256' }));
    await put(large, store({ encryption: 'AES256' }));
    await expect(put(Buffer.from('x'))).rejects.toMatchObject(unavailable);
    far.demandedEncryption = 'aws:kms';
    await put(Buffer.from('y'), store({ encryption: { kmsKeyId: 'alias/documents' } }));
    expect(far.seen.at(-1)?.headers).toMatchObject({ 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/documents' });
  });
  it('is found with the bucket in the path or in the name of the host', async () => {
    await put(Buffer.from('by path'));
    expect((await read(store({ addressing: 'host' })))?.toString()).toBe('by path');
    expect(far.seen.map(({ headers }) => headers['host'])).toEqual([expect.stringMatching(/^localhost:/), expect.stringMatching(/^guildhall-documents\.localhost:/)]);
  });
});

describe('a large document on its way', () => {
  it.each(['lose-answer', 'internal-error', 'lose-connection', 'slow-down'] as const)('that meets %s is read and sent anew, is whole, and there once', async (fault) => {
    const reads: unknown[] = [];
    far.failNext(fault, { times: 2 });
    await store().put(KEY, { ...atRest(large), read: (part) => { reads.push(part); return atRest(large).read(part); } }, { contentType: 'text/plain' });
    expect(reads).toEqual([undefined, undefined, undefined]);
    expect((await read())?.equals(large)).toBe(true);
    expect(await far.buckets[0]?.all()).toHaveLength(1);
  });
  it('that breaks while it is read is not tried again, and its own error says so', async () => {
    const breaking = { ...atRest(large), read: () => Readable.from((async function* () { yield large.subarray(0, 5_000_000); yield large.subarray(5_000_000, 6_000_000); while (far.seen.length === 0) await new Promise(setImmediate); throw new Error('The disk is gone.'); })()) };
    await expect(store().put(KEY, breaking, { contentType: 'text/plain' })).rejects.toThrow('The disk is gone.');
    expect(operations()).toEqual(['PutObject']);
    expect(await read()).toBeUndefined();
  });
  it('that is refused lets go of what it is read from', async () => {
    far.failNext('access-denied');
    let source: Readable | undefined;
    await expect(store().put(KEY, { ...atRest(large), read: () => (source = atRest(large).read()) }, { contentType: 'text/plain' })).rejects.toMatchObject(unavailable);
    expect(source?.destroyed).toBe(true);
  });
  it('is signed for, so that nothing is put in its place on the way', async () => {
    await put(large);
    expect(far.seen.map(({ headers }) => headers['x-amz-content-sha256'])).toEqual([atRest(large).sha256]);
  });
});

describe('when the store or the way to it is in trouble', () => {
  it('what stays silent is given up in time', async () => {
    far.failNext('hang', { times: Infinity });
    await expect(put(Buffer.from('x'), store({ timeoutInSeconds: 0.1 }))).rejects.toMatchObject(unavailable);
    expect(operations()).toHaveLength(4);
  });
  it('SlowDown that does not pass is Unavailable after four tries, with a warning that names no document', async () => {
    far.failNext('slow-down', { times: Infinity });
    await expect(put(Buffer.from('x'))).rejects.toMatchObject({ ...unavailable, message: expect.stringContaining('too much to do') });
    expect(operations()).toHaveLength(4);
    expect(log.lines).toEqual([{ level: 'warn', event: 's3.failed', ids: { council: 'testham', doing: 'put', code: 'SlowDown', status: 503 } }]);
  });
  it.each(['cut-body', 'stall-body'] as const)('a reading that meets %s goes on where it broke, with a range and only of the same object', async (fault) => {
    const bytes = Buffer.alloc(1_000_000, 'abcdefg');
    await put(bytes);
    far.failNext(fault);
    expect((await read(store({ timeoutInSeconds: 0.3 })))?.equals(bytes)).toBe(true);
    const again = far.seen.filter(({ operation }) => operation === 'GetObject').at(-1);
    expect([again?.headers['range'], again?.headers['if-match']]).toEqual([expect.stringMatching(/^bytes=\d{3,}-999999$/), expect.stringMatching(/^"[0-9a-f]{32}"$/)]);
  });
  it('a reading is not sewn together from two documents', async () => {
    await put(Buffer.alloc(1_000_000, 'a'));
    const other = Buffer.alloc(1_000_000, 'b');
    far.failNext('cut-body');
    const found = await store().get(KEY);
    await put(other);
    const chunks: Buffer[] = [];
    await expect((async () => { for await (const chunk of (found?.stream ?? Readable.from([])) as AsyncIterable<Buffer>) chunks.push(chunk); })()).rejects.toMatchObject(unavailable);
    expect(Buffer.concat(chunks).includes('b')).toBe(false);
  });
  it('damaged bytes fail, and the log says which', async () => {
    await put(Buffer.from('a letter'));
    far.failNext('damage-body');
    await expect(read()).rejects.toMatchObject(unavailable);
    expect(log.lines).toContainEqual({ level: 'error', event: 's3.damaged', ids: { council: 'testham', key: 'doc/whole' } });
  });
  it('a friendly page in between has kept nothing, and is no document', async () => {
    far.failNext('sign-in-page', { on: 'PutObject' });
    await expect(put(Buffer.from('x'))).rejects.toMatchObject(unavailable);
    await put(Buffer.from('x'));
    far.failNext('sign-in-page', { on: 'GetObject' });
    await expect(read()).rejects.toMatchObject(unavailable);
  });
  it('an answer that was cut off in its XML is no answer', async () => {
    far.failNext('cut-xml', { on: 'ListObjectsV2', times: Infinity });
    expect(await store().check()).toMatchObject({ ok: false });
  });
  it('clocks that differ by more than S3 allows are made up for, and the check names it', async () => {
    far.clockOffsetInSeconds = 20 * 60;
    const skewed = store();
    await put(Buffer.from('x'), skewed);
    expect((await read(skewed))?.toString()).toBe('x');
    expect(await skewed.check()).toMatchObject({ ok: false, message: expect.stringMatching(/clock of this server is 1[12]\d\d seconds behind the store’s. Set it by NTP/) });
  });
  it('a bucket that is missing is Unavailable, and not an empty one', async () => {
    await expect(read(store({ bucket: 'another-bucket' }))).rejects.toMatchObject(unavailable);
    await expect(store({ bucket: 'another-bucket' }).delete(KEY)).rejects.toMatchObject(unavailable);
  });
  it('nothing of the keys is in any log', async () => {
    await expect(read(store({ secretAccessKey: new Secret('wrong-secret-canary') }))).rejects.toMatchObject(unavailable);
    expect(JSON.stringify(log.lines)).not.toMatch(/canary/);
    expect(JSON.stringify(log.lines)).not.toContain(far.keys[0].accessKeyId);
  });
});

describe('the connection check', () => {
  it('writes, reads and deletes, and leaves nothing', async () => {
    expect(await store().check()).toEqual({ ok: true, message: `The bucket guildhall-documents at ${new URL(far.origin).host} can be written, read and deleted from, and the clocks agree.` });
    expect(await far.buckets[0]?.all()).toEqual([]);
  });
  it.each([
    ['a wrong secret', { secretAccessKey: new Secret('wrong') }, 'does not accept the secret key'], ['an unknown key', { accessKeyId: 'NOBODY' }, 'does not know the access key'], ['another bucket', { bucket: 'no-such-bucket' }, 'no such bucket'], ['another region', { region: 'eu-north-1' }, 'in another region'],
  ] as const)('says what to do about %s', async (_, changes, words) => {
    expect(await store(changes).check()).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });
  it('says what to do when the policy lacks the right to list, so that what is missing looks forbidden', async () => {
    far.hidesMissing = true;
    expect(await store().check()).toMatchObject({ ok: false, message: expect.stringContaining('s3:ListBucket') });
  });
  it('says that nobody answers, and where to look', async () => {
    await far.close();
    expect(await store().check()).toMatchObject({ ok: false, message: expect.stringMatching(/does not answer .* Look whether this server may call \S+:\d+\.$/) });
  });
  it.each([['RequestTimeTooSkewed', 403, /NTP/, false], ['InvalidAccessKeyId', 403, /access key/, false], ['SignatureDoesNotMatch', 403, /secret key/, false], ['PermanentRedirect', 301, /another region/, false], ['SlowDown', 503, /too much/, true], ['ECONNRESET', undefined, /does not answer/, true], ['CredentialsProviderError', undefined, /no credentials/, false]] as const)('%s is explained', (code, status, words, passes) => {
    expect(whatFailureMeans({ code, status })).toMatch(words);
    expect(isPassing({ code, status })).toBe(passes);
  });
  it('mistakes of our own are not the store’s', () => expect(readFailure(new TypeError('x is not a function'))).toBeUndefined());
});

describe('the configuration', () => {
  const refusedWith = (changes: Partial<S3Options>): unknown => s3({ bucket: 'guildhall-documents', ...changes }).create(testProviderDependencies());
  it.each([
    [{ bucket: 'Not A Bucket' }, 'no name of a bucket'], [{ accessKeyId: 'x' }, 'both accessKeyId and secretAccessKey'], [{ origin: 'http://objects.example' }, 'travel in clear'], [{ origin: 'https://objects.example/bucket' }, 'without a path'],
    [{ prefix: '/x' }, 'no prefix'], [{ prefix: 'a/../b c' }, 'no prefix'],
  ] as const)('%j is refused at the start', (changes, words) => expect(() => refusedWith(changes)).toThrow(words));
  it('loads nothing of Amazon’s client until a document is kept there', () => {
    jest.isolateModules(() => {
      jest.doMock('@aws-sdk/client-s3', () => { throw new Error('It was loaded.'); });
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is loaded by loading is the question
      const fresh = require('./index') as typeof import('./index');
      expect(() => fresh.s3({ bucket: 'guildhall-documents' }).create(testProviderDependencies())).not.toThrow();
      jest.dontMock('@aws-sdk/client-s3');
    });
  });
});
