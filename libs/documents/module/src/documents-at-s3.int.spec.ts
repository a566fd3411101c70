import { writeFile } from 'node:fs/promises';
import { Secret } from '@guildhall/kernel-contract';
import type { Ids, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, WatchedMemory, madeAsRead, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { DOCUMENTS } from '@guildhall/documents-contract';
import type { DocumentId, DocumentsApi, StoreDocument } from '@guildhall/documents-contract';
import { harmlessVirus, photoWithPlace, smallPdf } from '@guildhall/documents-contract/testing';
import { clamAv } from '@guildhall/documents-provider-clamav';
import { startClamd } from '@guildhall/documents-provider-clamav/simulator';
import type { ClamdSimulator } from '@guildhall/documents-provider-clamav/simulator';
import { s3 } from '@guildhall/documents-provider-s3';
import { startS3 } from '@guildhall/documents-provider-s3/simulator';
import type { S3Simulator } from '@guildhall/documents-provider-s3/simulator';
import { documents } from './index';
import { SweepsDocuments } from './removing/sweep-documents';

const clock = new FixedClock(new Date());
let far: S3Simulator;
let clamd: ClamdSimulator;
let app: TestApp;
let api: DocumentsApi;
let seed = 0;
const ids = (): Ids => new SeededIds(++seed);
beforeAll(async () => {
  far = await startS3();
  clamd = await startClamd();
  const [{ accessKeyId, secretAccessKey }] = far.keys;
  const at = { bucket: 'guildhall-documents', origin: far.origin, accessKeyId, secretAccessKey: new Secret(secretAccessKey) };
  app = await startTestApp({ clock, councils: [
    testCouncilDefinition('riverbourne', 1, [documents({ providers: [s3(at), clamAv({ address: clamd.address, timeoutInSeconds: 1 })] })]),
    testCouncilDefinition('glanafon', 2, [documents({ providers: [s3({ ...at, timeoutInSeconds: 300 }), clamAv({ address: clamd.address, timeoutInSeconds: 300 })] })]),
  ] });
  api = app.get<DocumentsApi>(DOCUMENTS.token);
});
afterAll(async () => {
  await app?.close();
  await clamd?.stop();
  await far?.stop();
});
beforeEach(() => {
  far.clear();
  clamd.clear();
});

const resident = (): RequestContext => app.context('riverbourne', { actor: testResident() });
const letter = (changes: Partial<StoreDocument> = {}): StoreDocument => ({ documentId: ids().uuid() as DocumentId, kind: 'file', bytes: smallPdf, filename: 'letter.pdf', ...changes });
const keptFor = async (id: string): Promise<string[]> => ((await far.buckets[0]?.all()) ?? []).map(({ key }) => key).filter((key) => key.includes(id));

describe('documents in a bucket, behind a scanner', () => {
  it('a photo is scanned as it came, and kept as it was encoded, with its small picture', async () => {
    const stored = await api.store(resident(), letter({ kind: 'photo', bytes: photoWithPlace, filename: 'pothole.jpg' }));
    if (!stored.ok) throw new Error(stored.refusal.message);
    expect(clamd.scans.map(({ sizeInBytes, verdict }) => [sizeInBytes, verdict])).toEqual([[photoWithPlace.byteLength, 'stream: OK']]);
    expect(await keptFor(stored.value.id)).toEqual(['thumbnail', 'whole'].map((part) => `${resident().council.id}/${stored.value.id}/${part}`));
  });
  it('a file with a virus reaches the scanner and never the bucket', async () => {
    const order = letter({ bytes: harmlessVirus(), filename: 'letter.txt' });
    expect(await api.store(resident(), order)).toMatchObject({ ok: false, refusal: { reason: 'infected' } });
    expect(far.seen).toEqual([]);
    expect((await app.owner.query('select detail from kernel.audit where subject_id = $1', [order.documentId])).rows).toEqual([{ detail: { finding: 'Win.Test.EICAR_HDB-1' } }]);
  });
  it('a scanner that is silent keeps a file out, and the same file sent again later gets in', async () => {
    const order = letter();
    clamd.failNext('hang', 2);
    await expect(api.store(resident(), order)).rejects.toMatchObject({ code: 'unavailable' });
    expect(far.seen).toEqual([]);
    clamd.clear();
    expect(await api.store(resident(), order)).toMatchObject({ ok: true });
  });
  it('a scanner that did not answer three times in a row is left alone for half a minute: whoever sends a file meanwhile is told so at once', async () => {
    clamd.failNext('refuse-connection', 6);
    for (let time = 1; time <= 3; time++) await expect(api.store(resident(), letter())).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: undefined });
    await expect(api.store(resident(), letter())).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: expect.any(Number) as number });
    expect([clamd.scans, far.seen]).toEqual([[], []]);
    clock.advance(37);
    expect(await api.store(resident(), letter())).toMatchObject({ ok: true });
  });
  it('a bucket that did not answer three times in a row is left alone for half a minute, by whoever reads and whoever sends', async () => {
    const order = letter();
    await api.store(resident(), order);
    await far.close();
    for (let time = 1; time <= 3; time++) await expect(api.open(resident(), order.documentId)).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: undefined });
    await far.start();
    far.clear();
    for (const reaching of [() => api.open(resident(), order.documentId), () => api.store(resident(), letter())]) await expect(reaching()).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: expect.any(Number) as number });
    expect(far.seen).toEqual([]);
    clock.advance(37);
    (await api.open(resident(), order.documentId)).stream.destroy();
    expect(far.seen.map(({ operation }) => operation)).toEqual(['GetObject']);
  });
  it('a bucket whose answer is lost has the document once, and the resident is told it is there', async () => {
    const order = letter();
    far.failNext('lose-answer', { on: 'PutObject' });
    expect(await api.store(resident(), order)).toMatchObject({ ok: true, value: { state: 'loose' } });
    expect(await keptFor(order.documentId)).toHaveLength(1);
  });
  it('of many large documents at once hardly any is in memory, on their way through the scanner into the bucket', async () => {
    const memory = new WatchedMemory();
    const orders = Array.from({ length: 8 }, () => letter({ bytes: madeAsRead(10_000_000, { beginning: smallPdf, onChunk: memory.onChunk }) }));
    const outcomes = await Promise.all(orders.map((order) => api.store(app.context('glanafon', { actor: testResident() }), order)));
    expect(outcomes.map(({ ok }) => ok)).toEqual(orders.map(() => true));
    expect([memory.wentByInBytes >= 160_000_000, memory.mostInBytes < 16_000_000]).toEqual([true, true]);
    expect(clamd.scans.map(({ sizeInBytes }) => sizeInBytes)).toEqual(orders.map(() => 10_000_000));
  });
  it('a part of a document is one request to the bucket', async () => {
    const order = letter();
    await api.store(resident(), order);
    const officer = app.context('riverbourne', { actor: testOfficer(['documents.read']) });
    const at = await api.link(officer, order.documentId);
    far.clear();
    const part = await fetch(`http://127.0.0.1:${app.port}${at}`, { headers: { range: 'bytes=0-4', connection: 'close' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 0-4/${smallPdf.byteLength}`, '%PDF-']);
    expect(far.seen.map(({ operation, headers }) => [operation, headers['range']])).toEqual([['GetObject', 'bytes=0-4']]);
    const beyond = await fetch(`http://127.0.0.1:${app.port}${at}`, { headers: { range: 'bytes=5000000-', connection: 'close' } });
    expect([beyond.status, beyond.headers.get('content-range'), await beyond.text()]).toEqual([416, `bytes */${smallPdf.byteLength}`, '']);
  });
  it('a document that was changed in the bucket is no download that anybody takes for whole, and the server goes on', async () => {
    const order = letter({ bytes: Buffer.concat([smallPdf, Buffer.alloc(300_000, 0x20)]) });
    await api.store(resident(), order);
    const object = (await far.buckets[0]?.all())?.find(({ key }) => key.includes(order.documentId));
    await writeFile(object?.bytesFile ?? '', Buffer.alloc(object?.sizeInBytes ?? 0, 0x58));
    const at = await api.link(app.context('riverbourne', { actor: testOfficer(['documents.read']) }), order.documentId);
    const address = `http://127.0.0.1:${app.port}${at}`;
    const outcome = await fetch(address, { headers: { connection: 'close' } }).then(async (answer) => (answer.status === 200 ? (await answer.arrayBuffer()).byteLength : answer.status)).catch(() => 'cut off');
    expect(['cut off', 503]).toContain(outcome);
    expect(app.log.lines).toContainEqual(expect.objectContaining({ event: 's3.damaged' }));
    expect((await fetch(address, { headers: { range: 'bytes=0-4', connection: 'close' } })).status).toBe(206);
  });
  it('what is removed while the bucket is away goes when it is back', async () => {
    const order = letter();
    await api.store(resident(), order);
    await far.close();
    await api.remove(resident(), order.documentId);
    await far.start();
    expect(await keptFor(order.documentId)).toHaveLength(1);
    await app.get(SweepsDocuments).run(app.systemContext('riverbourne'));
    expect(await keptFor(order.documentId)).toEqual([]);
  });
});
