import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketLocationCommand, GetBucketPolicyCommand, GetObjectCommand, HeadObjectCommand, ListBucketsCommand, ListMultipartUploadsCommand, ListObjectsV2Command, ListPartsCommand, PutObjectAclCommand, PutObjectCommand, PutObjectTaggingCommand, S3Client, UploadPartCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { checkSignature, signatureOfChunk } from './check-signature';
import { checksumOf } from './checksums';
import { ChunkedBody } from './chunked-body';
import { startS3 } from './index';
import type { S3Simulator, S3SimulatorOptions } from './index';

const EMPTY = createHash('sha256').digest('hex');
const Bucket = 'guildhall-documents';
let far: S3Simulator;
let clients: S3Client[] = [];
beforeEach(async () => { far = await startS3(); });
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await far.stop();
});
async function begun(options: S3SimulatorOptions): Promise<void> {
  await far.stop();
  far = await startS3(options);
}

interface Tampering { method: string; path: string; headers: Record<string, string>; body?: unknown }
/** Amazon's own client for JavaScript, which nobody here has written; `tamper` changes what it sends after it was signed. */
function client(changes: S3ClientConfig = {}, tamper?: (request: Tampering) => void): S3Client {
  const made = new S3Client({ region: 'eu-west-2', endpoint: far.origin, forcePathStyle: true, credentials: far.keys[0], maxAttempts: 1, ...changes });
  if (tamper) made.middlewareStack.add((next) => (given) => { tamper(given.request as Tampering); return next(given); }, { step: 'deserialize', name: 'tamper', priority: 'high' });
  clients.push(made);
  return made;
}
const refused = (code: string, status: number): object => ({ name: code, $metadata: { httpStatusCode: status } });
const put = (Key: string, Body: Buffer | string, by = client()) => by.send(new PutObjectCommand({ Bucket, Key, Body }));
async function plainly(path: string, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: string; readonly headers: Record<string, unknown> }> {
  const { port } = new URL(far.origin);
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}`, ...headers }, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => { body += String(chunk); });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    }).on('error', reject).end();
  });
}

describe('signatures are checked as S3 documents them', () => {
  // The keys and results of the worked examples in the S3 API reference, "Authenticating Requests (AWS Signature Version 4)".
  const keys = [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }];
  const now = new Date('2013-05-24T00:00:00Z');
  const authorization = (headers: string, signature: string): string => `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=${headers}, Signature=${signature}`;
  const get = { method: 'GET', rawPath: '/test.txt', rawQuery: '', headers: {
    host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': EMPTY,
    authorization: authorization('host;range;x-amz-content-sha256;x-amz-date', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'),
  } };
  it('in the header', () => expect(checkSignature(get, keys, 'us-east-1', now).payload).toBe(EMPTY));
  it('in the query, until its time is over', () => {
    const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    const shared = { method: 'GET', rawPath: '/test.txt', rawQuery: query, headers: { host: 'examplebucket.s3.amazonaws.com' } };
    expect(checkSignature(shared, keys, 'us-east-1', new Date('2013-05-24T23:59:00Z')).payload).toBe('UNSIGNED-PAYLOAD');
    expect(() => checkSignature(shared, keys, 'us-east-1', new Date('2013-05-25T00:00:01Z'))).toThrow('Request has expired');
    expect(() => checkSignature({ ...shared, rawPath: '/other.txt' }, keys, 'us-east-1', now)).toThrow('does not match');
  });
  it('of chunks, each of which is signed with the one before it', () => {
    const checked = checkSignature({ method: 'PUT', rawPath: '/examplebucket/chunkObject.txt', rawQuery: '', headers: {
      host: 's3.amazonaws.com', 'content-encoding': 'aws-chunked', 'content-length': '66824', 'x-amz-date': '20130524T000000Z', 'x-amz-storage-class': 'REDUCED_REDUNDANCY', 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'x-amz-decoded-content-length': '66560',
      authorization: authorization('content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class', '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'),
    } }, keys, 'us-east-1', now);
    const first = signatureOfChunk(checked, checked.seed, Buffer.alloc(65_536, 'a'));
    const second = signatureOfChunk(checked, first, Buffer.alloc(1_024, 'a'));
    expect([first, second, signatureOfChunk(checked, second, Buffer.alloc(0))]).toEqual(['ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648', '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9']);
  });
  it.each([
    ['another path', { rawPath: '/test2.txt' }], ['another method', { method: 'DELETE' }], ['a query that was added', { rawQuery: 'acl' }], ['another range', { headers: { ...get.headers, range: 'bytes=0-99' } }],
  ] as const)('a signature does not hold for %s', (_, changes) => expect(() => checkSignature({ ...get, ...changes }, keys, 'us-east-1', now)).toThrow('does not match'));
});

describe('a request is refused in S3’s own words', () => {
  it('without a signature', async () => {
    const { status, body, headers } = await plainly(`/${Bucket}/x`);
    expect([status, headers['content-type']]).toEqual([403, 'application/xml']);
    expect(body).toMatch(/<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message><RequestId>[0-9A-F]{16}<\/RequestId>/);
  });
  it.each([
    ['with an unknown key', { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' } }, 'InvalidAccessKeyId', 403], ['with a wrong secret', { credentials: { accessKeyId: 'x', secretAccessKey: 'wrong' } }, 'SignatureDoesNotMatch', 403],
    ['for another region', { region: 'eu-north-1' }, 'AuthorizationHeaderMalformed', 400],
  ] as const)('%s', async (what, changes, code, status) => {
    const credentials = what === 'with a wrong secret' ? { credentials: { accessKeyId: far.keys[0].accessKeyId, secretAccessKey: 'wrong' } } : {};
    await expect(put('x', 'x', client({ ...changes, ...credentials }))).rejects.toMatchObject(refused(code, status));
  });
  it('when the clocks differ by more than fifteen minutes', async () => {
    far.clockOffsetInSeconds = 16 * 60;
    await expect(put('x', 'x')).rejects.toMatchObject(refused('RequestTimeTooSkewed', 403));
    far.clockOffsetInSeconds = 14 * 60;
    await put('x', 'x');
  });
  it('when it was changed on the way', async () => {
    await expect(put('x', Buffer.from('right'), client({}, (request) => { request.body = Buffer.from('wrong'); }))).rejects.toMatchObject(refused('XAmzContentSHA256Mismatch', 400));
    await expect(put('x', 'x', client({}, (request) => { request.path = `/${Bucket}/y`; }))).rejects.toMatchObject(refused('SignatureDoesNotMatch', 403));
    await expect(put('x', 'x', client({}, (request) => { request.headers['x-amz-meta-added'] = 'yes'; }))).rejects.toMatchObject(refused('AccessDenied', 403));
    expect(await far.buckets[0]?.all()).toEqual([]);
  });
  it('when a checksum does not agree', async () => {
    await expect(client().send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x', ChecksumSHA256: createHash('sha256').update('y').digest('base64') }))).rejects.toMatchObject(refused('BadDigest', 400));
    await expect(client({ requestChecksumCalculation: 'WHEN_REQUIRED' }).send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x', ContentMD5: createHash('md5').update('y').digest('base64') }))).rejects.toMatchObject(refused('BadDigest', 400));
  });
  it('when it is too much, too large, or for a bucket that is not there', async () => {
    await begun({ requestsPerSecond: 2, mostInBytes: 1_000 });
    await expect(put('x', Buffer.alloc(2_000))).rejects.toMatchObject(refused('EntityTooLarge', 400));
    await expect(client().send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: 'x' }))).rejects.toMatchObject(refused('NoSuchBucket', 404));
    await expect(put('x', 'x')).rejects.toMatchObject(refused('SlowDown', 503));
  });
  it('when it asks for what is not simulated', async () => {
    await expect(put('x', 'x', client({}, (request) => { request.headers['x-amz-copy-source'] = '/a/b'; }))).rejects.toMatchObject(refused('NotImplemented', 501));
  });
  it('when it is about tags, rights or versions of an object, which stays as it was', async () => {
    await put('kept', 'as it was');
    const asked = [
      client().send(new PutObjectTaggingCommand({ Bucket, Key: 'kept', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } })), client().send(new PutObjectAclCommand({ Bucket, Key: 'kept', ACL: 'private' })),
      client().send(new DeleteObjectCommand({ Bucket, Key: 'kept', VersionId: '1' })), client().send(new GetBucketPolicyCommand({ Bucket })),
    ];
    for (const each of await Promise.allSettled(asked)) expect(each).toMatchObject({ status: 'rejected', reason: refused('NotImplemented', 501) });
    expect(await (await client().send(new GetObjectCommand({ Bucket, Key: 'kept' }))).Body?.transformToString()).toBe('as it was');
  });
});

describe('objects', () => {
  it.each(['plain', 'a b/ŵ+(1)!*\'.txt', 'a/../b', '%2e%2e/%', 'ends/', '🏠'])('are kept under the key %j, and nowhere outside the folder', async (Key) => {
    await put(Key, `of ${Key}`);
    const found = await client().send(new GetObjectCommand({ Bucket, Key }));
    expect(await found.Body?.transformToString()).toBe(`of ${Key}`);
    expect((await client().send(new ListObjectsV2Command({ Bucket }))).Contents?.map((one) => one.Key)).toEqual([Key]);
  });
  it('come with what was said of them, and their parts with their places', async () => {
    await client().send(new PutObjectCommand({ Bucket, Key: 'x', Body: '0123456789', ContentType: 'text/plain', ContentDisposition: 'attachment', CacheControl: 'no-store', Metadata: { colour: 'green' }, ChecksumAlgorithm: 'SHA256' }));
    const head = await client().send(new HeadObjectCommand({ Bucket, Key: 'x', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentLength: 10, ContentType: 'text/plain', ContentDisposition: 'attachment', CacheControl: 'no-store', Metadata: { colour: 'green' }, ETag: `"${createHash('md5').update('0123456789').digest('hex')}"`, ChecksumSHA256: createHash('sha256').update('0123456789').digest('base64'), ServerSideEncryption: 'AES256' });
    const part = await client().send(new GetObjectCommand({ Bucket, Key: 'x', Range: 'bytes=-3', IfMatch: head.ETag }));
    expect([part.$metadata.httpStatusCode, part.ContentRange, await part.Body?.transformToString()]).toEqual([206, 'bytes 7-9/10', '789']);
    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'x', Range: 'bytes=10-' }))).rejects.toMatchObject(refused('InvalidRange', 416));
    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'x', IfMatch: '"other"' }))).rejects.toMatchObject(refused('PreconditionFailed', 412));
    await expect(client().send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'y', IfNoneMatch: '*' }))).rejects.toMatchObject(refused('PreconditionFailed', 412));
    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'y' }))).rejects.toMatchObject(refused('NoSuchKey', 404));
  });
  it('may come as a stream in chunks, with a checksum behind them', async () => {
    const bytes = Buffer.alloc(300_000, 'abc');
    await client().send(new PutObjectCommand({ Bucket, Key: 'streamed', Body: Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]), ContentLength: bytes.byteLength, ChecksumAlgorithm: 'SHA256' }));
    expect(far.seen[0]?.headers['content-encoding']).toBe('aws-chunked');
    const found = await client().send(new GetObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(Buffer.from(await found.Body?.transformToByteArray() ?? []).equals(bytes)).toBe(true);
    expect(found.ChecksumSHA256).toBe(createHash('sha256').update(bytes).digest('base64'));
  });
  it('are listed in order, by pages, and by folders', async () => {
    for (const key of ['b', 'a/2', 'a/1', 'c/d/e', 'é']) await put(key, key);
    const keys: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client: client(), pageSize: 2 }, { Bucket })) keys.push(...(page.Contents ?? []).map((one) => one.Key));
    expect(keys).toEqual(['a/1', 'a/2', 'b', 'c/d/e', 'é']);
    const folders = await client().send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect([folders.CommonPrefixes?.map((one) => one.Prefix), folders.Contents?.map((one) => one.Key), folders.KeyCount]).toEqual([['a/', 'c/'], ['b', 'é'], 4]);
    await client().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'not-there' }] } }));
    expect((await client().send(new ListObjectsV2Command({ Bucket, Prefix: 'b' }))).KeyCount).toBe(0);
  });
  it('are in buckets that can be made and listed', async () => {
    await client().send(new CreateBucketCommand({ Bucket: 'second' }));
    expect((await client().send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket, 'second']);
    expect((await client().send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-west-2');
  });
});

describe('an upload in parts', () => {
  const MINIMUM = 5 * 1024 * 1024;
  it('is an object when it is complete, of the parts that are named in their order', async () => {
    const { UploadId } = await client().send(new CreateMultipartUploadCommand({ Bucket, Key: 'large', ContentType: 'text/plain' }));
    const parts = [Buffer.alloc(MINIMUM, 1), Buffer.from('the rest')];
    const sent = await Promise.all(parts.map(async (Body, at) => ({ PartNumber: at + 1, ETag: (await client().send(new UploadPartCommand({ Bucket, Key: 'large', UploadId, PartNumber: at + 1, Body }))).ETag })));
    expect((await client().send(new ListPartsCommand({ Bucket, Key: 'large', UploadId }))).Parts?.map(({ Size }) => Size)).toEqual([MINIMUM, 8]);
    expect((await client().send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key)).toEqual(['large']);
    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'large' }))).rejects.toMatchObject(refused('NoSuchKey', 404));
    const complete = (Parts: typeof sent) => client().send(new CompleteMultipartUploadCommand({ Bucket, Key: 'large', UploadId, MultipartUpload: { Parts } }));
    await expect(complete(sent.toReversed())).rejects.toMatchObject(refused('InvalidPartOrder', 400));
    await expect(complete(sent.map((part) => ({ ...part, ETag: '"other"' })))).rejects.toMatchObject(refused('InvalidPart', 400));
    expect((await complete(sent)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    await expect(complete(sent)).rejects.toMatchObject(refused('NoSuchUpload', 404));
    expect((await client().send(new HeadObjectCommand({ Bucket, Key: 'large' }))).ContentLength).toBe(MINIMUM + 8);
  });
  it('has no small parts but the last', async () => {
    const { UploadId } = await client().send(new CreateMultipartUploadCommand({ Bucket, Key: 'small' }));
    const Parts = await Promise.all([1, 2].map(async (PartNumber) => ({ PartNumber, ETag: (await client().send(new UploadPartCommand({ Bucket, Key: 'small', UploadId, PartNumber, Body: 'x' }))).ETag })));
    await expect(client().send(new CompleteMultipartUploadCommand({ Bucket, Key: 'small', UploadId, MultipartUpload: { Parts } }))).rejects.toMatchObject(refused('EntityTooSmall', 400));
  });
});

describe('checksums', () => {
  // The results for "123456789" that the catalogues of such checks give.
  it.each([['crc32', 'cbf43926'], ['crc32c', 'e3069283'], ['crc64nvme', 'ae8b14860a799888'], ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441']] as const)('%s', (name, hex) => {
    const checksum = checksumOf(name);
    checksum.update(Buffer.from('1234'));
    checksum.update(Buffer.from('56789'));
    expect(Buffer.from(checksum.digest(), 'base64').toString('hex')).toBe(hex);
  });
});

describe('a body in chunks', () => {
  it('is read however it is cut, and refused when it lies about its lengths', () => {
    const body = Buffer.from('5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n');
    const read = (...parts: Buffer[]): [string, boolean, string | undefined] => {
      const chunked = new ChunkedBody();
      const text = parts.flatMap((part) => [...chunked.read(part)]).map(({ bytes }) => bytes.toString()).join('');
      return [text, chunked.isOver, chunked.trailers.get('x-amz-checksum-crc32')];
    };
    expect(read(body)).toEqual(['hello world', true, 'abc=']);
    expect(read(...Array.from(body, (byte) => Buffer.from([byte])))).toEqual(['hello world', true, 'abc=']);
    expect(read(body.subarray(0, 12))).toEqual(['hello', false, undefined]);
    for (const lie of ['4\r\nhello\r\n', 'ffffffff\r\n', 'x\r\n', '-1\r\n']) expect(() => read(Buffer.from(lie))).toThrow(RangeError);
  });
});

describe('its page', () => {
  const post = (at: string, form: Record<string, string>, headers: Record<string, string>): Promise<Response> => fetch(`${far.pageOrigin}${at}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers: { connection: 'close', ...headers } });
  it('shows the bucket as text, gives objects as downloads that nothing runs in, and drives the simulator', async () => {
    await put('<b>key</b>', '<script>alert(1)</script>');
    expect((await plainly('/')).headers['location']).toBe('/_simulator');
    const { body } = await plainly('/_simulator');
    expect(body).toContain('&#60;b&#62;key');
    expect(body).not.toContain('<b>key');
    const { headers } = await plainly(`/_simulator/object?bucket=${Bucket}&key=${encodeURIComponent('<b>key</b>')}`);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
    expect((await post('/faults', { fault: 'slow-down', on: 'PutObject', times: '1' }, { 'simulator-control': 'yes' })).status).toBe(303);
    await expect(put('x', 'x')).rejects.toMatchObject(refused('SlowDown', 503));
  });
  it('is not driven from elsewhere', async () => {
    expect((await post('/clear', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/faults', { fault: 'flood' }, { 'simulator-control': 'yes' })).status).toBe(400);
  });
});
