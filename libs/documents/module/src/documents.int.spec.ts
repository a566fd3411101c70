import { request as httpRequest } from 'node:http';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Secret, testConformance } from '@guildhall/kernel-contract';
import type { Ids, Outbound, Permission, RequestContext } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, WatchedMemory, madeAsRead, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import { OUTBOUND, TemporaryFiles } from '@guildhall/kernel';
import { catalogFaults, startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { ADD_DOCUMENTS, DOCUMENTS, DOCUMENT_STORE, HttpDocuments, READ_DOCUMENTS, REMOVE_DOCUMENTS } from '@guildhall/documents-contract';
import type { DocumentId, DocumentsApi, StoreDocument } from '@guildhall/documents-contract';
import { InMemoryDocumentStore, documentsKit, harmlessVirus, photoWithPlace, smallPdf } from '@guildhall/documents-contract/testing';
import type { DocumentsCaller } from '@guildhall/documents-contract/testing';
import { localDisk } from '@guildhall/documents-provider-local-disk';
import { aroundDocuments, scanner, scannerProvider } from '../test/around-documents';
import { documents } from './index';
import { SweepsDocuments } from './removing/sweep-documents';

const clock = new FixedClock();
const store = new InMemoryDocumentStore();
const memory = defineProvider({ port: DOCUMENT_STORE, id: 'documents.memory', isSandbox: true, create: () => store });
const permissions = (...granted: readonly Permission[]): string[] => granted.map(({ id }) => id);

let app: TestApp;
let api: DocumentsApi;
let folder: string;
let seed = Math.floor(Math.random() * 1e9);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'documents-'));
  const disk = localDisk({ folder });
  app = await startTestApp({ clock, councils: [
    testCouncilDefinition('riverbourne', 1, [documents({ providers: [disk, scannerProvider] }), aroundDocuments()]),
    testCouncilDefinition('glanafon', 2, [documents({ providers: [disk] }), aroundDocuments()]),
    testCouncilDefinition('breakable', 3, [documents({ providers: [memory], limits: { perSubject: 2, fileInBytes: 1_000 } }), aroundDocuments()]),
  ] });
  api = app.get<DocumentsApi>(DOCUMENTS.token);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

function callers(): Readonly<Record<DocumentsCaller, RequestContext>> {
  const here = (actor: RequestContext['actor']): RequestContext => app.context('riverbourne', { actor });
  return {
    resident: here(testResident()), 'another-resident': here(testResident('01990000-0000-7000-8000-0000000000a2')),
    nobody: here({ kind: 'nobody', sessionId: 'one' }), 'another-nobody': here({ kind: 'nobody', sessionId: 'two' }),
    officer: here(testOfficer(permissions(READ_DOCUMENTS, ADD_DOCUMENTS, REMOVE_DOCUMENTS))), outsider: here(testOfficer([])),
    elsewhere: app.context('glanafon', { actor: testResident() }),
  };
}
const newIds = (): Ids => new SeededIds(++seed);

describe('the module', () => {
  testConformance(documentsKit, { describe, it }, { abilities: ['encodes-photos', 'actors', 'two-councils', 'events', 'links', 'scanner', 'streams'], open: async () => ({
    documents: api, ids: newIds(), as: (who) => callers()[who],
    published: async () => (await app.owner.query<{ type: string; data: { documentId: string } }>(`select type, data from kernel.event where type like 'documents.%' order by at, event_id`)).rows,
    follow: (at) => get('riverbourne', at), wait: (seconds) => clock.advance(seconds),
  }) });
});
describe('its HTTP client', () => {
  testConformance(documentsKit, { describe, it }, { abilities: ['encodes-photos', 'scanner', 'streams'], open: async () => ({
    documents: new HttpDocuments({ origin: app.origin('riverbourne'), outbound: app.get<Outbound>(OUTBOUND), credential: new Secret('part.any') }), ids: newIds(), as: (who) => callers()[who],
  }) });
});

const letter = (changes: Partial<StoreDocument> = {}): StoreDocument => ({ documentId: newIds().uuid() as DocumentId, kind: 'file', bytes: smallPdf, filename: 'letter.pdf', ...changes });
const stateOf = async (id: string): Promise<{ state: string; has_bytes: boolean } | undefined> => (await app.owner.query<{ state: string; has_bytes: boolean }>('select state, has_bytes from documents.document where document_id = $1', [id])).rows[0];
const sweep = (slug: string): Promise<void> => app.get(SweepsDocuments).run(app.systemContext(slug));

describe('the database', () => {
  it('keeps councils apart by itself', async () => expect(await catalogFaults(app.owner)).toEqual([]));
});

describe('when the store fails', () => {
  const nobody = (): RequestContext => app.context('breakable', { actor: { kind: 'nobody', sessionId: 'three' } });
  afterEach(() => { store.isDown = false; });

  it('nothing is acknowledged, and the same call later finishes the work', async () => {
    const order = letter();
    store.isDown = true;
    await expect(api.store(nobody(), order)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await stateOf(order.documentId))?.state).toBe('receiving');
    expect(await api.find(nobody(), order.documentId)).toBeUndefined();
    store.isDown = false;
    expect(await api.store(nobody(), order)).toMatchObject({ ok: true, value: { state: 'loose' } });
  });
  it('what never arrives is swept after an hour, and the sweep says nothing about it', async () => {
    const order = letter();
    store.isDown = true;
    await expect(api.store(nobody(), order)).rejects.toMatchObject({ code: 'unavailable' });
    store.isDown = false;
    await sweep('breakable');
    expect((await stateOf(order.documentId))?.state).toBe('receiving');
    clock.advance(3_601);
    await sweep('breakable');
    expect(await stateOf(order.documentId)).toEqual({ state: 'removed', has_bytes: false });
    expect((await app.owner.query(`select 1 from kernel.event where data->>'documentId' = $1`, [order.documentId])).rowCount).toBe(0);
  });
  it('what cannot be deleted at once is deleted by the sweeper', async () => {
    const order = letter();
    await api.store(nobody(), order);
    store.isDown = true;
    await api.remove(nobody(), order.documentId);
    expect(await stateOf(order.documentId)).toEqual({ state: 'removed', has_bytes: true });
    await sweep('breakable');
    store.isDown = false;
    expect([...store.kept.keys()].some((key) => key.startsWith(order.documentId))).toBe(true);
    await sweep('breakable');
    expect(await stateOf(order.documentId)).toEqual({ state: 'removed', has_bytes: false });
    expect([...store.kept.keys()].some((key) => key.startsWith(order.documentId))).toBe(false);
  });
  it('bytes that are gone are Unavailable, not "there is none"', async () => {
    const order = letter();
    await api.store(nobody(), order);
    store.kept.clear();
    await expect(api.open(nobody(), order.documentId)).rejects.toMatchObject({ code: 'unavailable' });
    expect(app.log.lines).toContainEqual(expect.objectContaining({ event: 'documents.bytes-missing' }));
  });
  it('bytes that were changed there are never given as the document, and the log says which', async () => {
    const order = letter();
    await api.store(nobody(), order);
    const key = `${order.documentId}/whole`;
    store.kept.set(key, Buffer.concat([Buffer.from('%PDF-1.5'), smallPdf.subarray(8)]));
    const { stream } = await api.open(nobody(), order.documentId);
    await expect((async () => { for await (const chunk of stream as AsyncIterable<Buffer>) void chunk; })()).rejects.toMatchObject({ code: 'unavailable' });
    expect(app.log.lines).toContainEqual(expect.objectContaining({ event: 'documents.damaged' }));
  });
  it('the council’s own limits count', async () => {
    expect(await api.store(nobody(), letter({ bytes: Buffer.concat([smallPdf, Buffer.alloc(1_000, 0x20)]) }))).toMatchObject({ ok: false, refusal: { reason: 'too-large' } });
    const subject = { type: 'draft', id: newIds().uuid() };
    const results = await Promise.all(Array.from({ length: 6 }, () => api.store(nobody(), letter({ subject }))));
    expect(results.filter((result) => result.ok)).toHaveLength(2);
    expect(results.filter((result) => !result.ok && result.refusal.reason === 'too-many')).toHaveLength(4);
  });
});

describe('what belongs to nothing', () => {
  it('is swept after a day; what is attached stays', async () => {
    const resident = callers().resident;
    const loose = letter();
    const attached = letter({ subject: { type: 'draft', id: newIds().uuid() } });
    await api.store(resident, loose);
    await api.store(resident, attached);
    clock.advance(86_401);
    await sweep('riverbourne');
    expect(await stateOf(loose.documentId)).toEqual({ state: 'removed', has_bytes: false });
    expect((await stateOf(attached.documentId))?.state).toBe('attached');
    const left = await readdir(path.join(folder, resident.council.id, loose.documentId, 'whole'));
    expect(left).toEqual([]);
  });
});

describe('many large photos at once', () => {
  it('are in memory two by two, while they are decoded, and nothing of them is left to wait', async () => {
    const memory = new WatchedMemory();
    const photos = Array.from({ length: 12 }, () => letter({ kind: 'photo', bytes: madeAsRead(5_000_000, { beginning: photoWithPlace, onChunk: memory.onChunk }), filename: 'large.jpg' }));
    const outcomes = await Promise.all(photos.map((photo) => api.store(callers().resident, photo)));
    expect(outcomes.map(({ ok }) => ok)).toEqual(photos.map(() => true));
    expect([memory.wentByInBytes >= 120_000_000, memory.mostInBytes < 20_000_000]).toEqual([true, true]);
    expect(app.get(TemporaryFiles).heldInBytes).toBe(0);
  });
});

describe('a scanner', () => {
  it('that does not answer means refuse', async () => {
    scanner.isDown = true;
    try { await expect(api.store(callers().resident, letter())).rejects.toMatchObject({ code: 'unavailable' }); } finally { scanner.isDown = false; }
  });
  it('that is still looking keeps a document from everybody: it is not found, not listed, and has no link', async () => {
    const subject = { type: 'case', id: newIds().uuid() };
    const order = letter({ subject });
    let isDone = (): void => undefined;
    scanner.until = new Promise((resolve) => { isDone = resolve; });
    const storing = api.store(callers().officer, order);
    try {
      const vouched = { vouchedFor: subject };
      expect(await api.find(callers().officer, order.documentId, vouched)).toBeUndefined();
      expect(await api.forSubject(callers().officer, subject)).toEqual([]);
      for (const asking of [api.link(callers().officer, order.documentId, vouched), api.open(callers().officer, order.documentId, vouched)]) await expect(asking).rejects.toMatchObject({ code: 'not-found' });
    } finally { isDone(); scanner.until = undefined; }
    expect(await storing).toMatchObject({ ok: true });
    expect(await api.forSubject(callers().officer, subject)).toHaveLength(1);
  });
  it('that finds a virus is on the record, and nothing of the file is kept', async () => {
    const order = letter({ bytes: harmlessVirus(), filename: 'Letter of Jo Bloggs.txt', subject: { type: 'draft', id: newIds().uuid() } });
    expect(await api.store(callers().resident, order)).toMatchObject({ ok: false, refusal: { reason: 'infected' } });
    const { rows } = await app.owner.query<{ action: string; detail: unknown }>('select action, detail from kernel.audit where subject_id = $1', [order.documentId]);
    expect(rows).toEqual([{ action: 'documents.refuse-infected', detail: { finding: 'Eicar-Test-Signature', subject: order.subject } }]);
    expect(await stateOf(order.documentId)).toBeUndefined();
    expect(JSON.stringify([rows, app.log.lines])).not.toMatch(/X5O!P%|Bloggs/);
    expect(app.log.lines).toContainEqual(expect.objectContaining({ event: 'documents.infected' }));
  });
});

describe('documents over HTTP', () => {
  it('are shown to the session that sent them, and to nobody else', async () => {
    const owner = app.visitor('riverbourne');
    const token = /name="_csrf" value="([^"]+)"/.exec((await owner.request('/journey')).text)?.[1] ?? '';
    const documentId = newIds().uuid();
    const sent = multipart('photo.jpg', photoWithPlace, { _csrf: token });
    const kept = await owner.request('/journey', { method: 'POST', ...sent, headers: { ...sent.headers, 'x-document-id': documentId } });
    expect(kept.json()).toMatchObject({ ok: true, value: { id: documentId, contentType: 'image/jpeg' } });
    const thumbnail = await owner.request(`/documents/${documentId}/thumbnail`);
    expect([thumbnail.status, thumbnail.headers['content-type'], thumbnail.headers['cache-control']]).toEqual([200, 'image/jpeg', 'private, no-store']);
    expect(thumbnail.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    for (const stranger of [app.visitor('riverbourne'), app.visitor('glanafon'), await app.residentVisitor('01990000-0000-7000-8000-0000000000a9', 'riverbourne')]) {
      for (const at of ['', '/thumbnail', '/shown', '/shown?as=whole&until=99999999999&key=x']) expect((await stranger.request(`/documents/${documentId}${at}`)).status).toBe(404);
    }
    const officer = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b7', roles: ['case-officer'] }, 'riverbourne');
    expect((await officer.request(`/documents/${documentId}`)).status).toBe(200);
    const audits = await app.owner.query<{ action: string }>(`select action from kernel.audit where subject_id = $1 order by 1`, [documentId]);
    expect(audits.rows.map(({ action }) => action)).toEqual(['documents.read', 'documents.store']);
    const elsewhere = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b7', roles: ['case-officer'] }, 'glanafon');
    expect((await elsewhere.request(`/documents/${documentId}`)).status).toBe(404);
  });

  it('come in parts when a part is asked for', async () => {
    const { id } = await stored();
    const at = await api.link(callers().officer, id, { forSeconds: 60 });
    const [part, last, beyond, odd] = await Promise.all(['bytes=0-4', 'bytes=-6', 'bytes=90000-', 'bytes=1-2,4-5'].map((range) => get('riverbourne', at, { range })));
    expect([part?.status, part?.bytes.toString(), part?.headers['content-range']]).toEqual([206, '%PDF-', `bytes 0-4/${smallPdf.byteLength}`]);
    expect([last?.status, last?.bytes.toString()]).toEqual([206, '%%EOF\n']);
    expect([beyond?.status, beyond?.headers['content-range']]).toEqual([416, `bytes */${smallPdf.byteLength}`]);
    expect([odd?.status, odd?.bytes.byteLength]).toEqual([200, smallPdf.byteLength]);
  });

  it('are downloads, but for photos that were encoded here', async () => {
    const file = await get('riverbourne', await api.link(callers().officer, (await stored()).id));
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="letter.pdf"/);
    const photo = await get('riverbourne', await api.link(callers().officer, (await stored({ kind: 'photo', bytes: photoWithPlace })).id));
    expect(photo.headers['content-disposition']).toMatch(/^inline/);
    for (const { headers } of [file, photo]) expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, no-store' });
  });

  it('a link whose time is over, or that was ended, says so in the reader’s language, and what was never one does not', async () => {
    const { id } = await stored();
    const [short, ended] = [await api.link(callers().officer, id, { forSeconds: 60 }), await api.link(callers().officer, id, { forSeconds: 3600 })];
    clock.advance(61);
    await api.endLinks(callers().officer, id);
    const next = await api.link(callers().officer, id);
    for (const at of [short, ended]) {
      expect((await app.visitor('riverbourne').request(at))).toMatchObject({ status: 404, text: expect.stringContaining('The time of this link is over') as string });
      expect((await app.visitor('riverbourne').request(`${at}&lang=cy`))).toMatchObject({ status: 404, text: expect.stringContaining('Mae amser y ddolen hon ar ben') as string });
    }
    expect((await get('riverbourne', next)).status).toBe(200);
    for (const forged of [next.replace(/&series=1/, ''), next.replace('series=1', 'series=2'), next.replace('series=1', 'series=x'), ended.replace('&key', '&series=1&key')]) {
      const answer = await app.visitor('riverbourne').request(forged);
      expect([answer.status, answer.text.includes('time of this link')]).toEqual([404, false]);
    }
    const { rows } = await app.owner.query<{ action: string }>('select action from kernel.audit where subject_id = $1 order by at', [id]);
    expect(rows.map(({ action }) => action)).toEqual(['documents.store', 'documents.end-links']);
  });

  it('a link of one council is nothing at another', async () => {
    const at = await api.link(callers().officer, (await stored()).id);
    expect((await get('glanafon', at)).status).toBe(404);
  });

  it.each([['nobody', undefined, 401], ['a machine without permission', 'stranger', 403], ['a machine that may not vouch', 'partner', 403], ['a part of the system', 'part', 200]] as const)('the API answers %s (%s) with %i', async (_, client, status) => {
    const subject = { type: 'case', id: newIds().uuid() };
    const { id } = await stored({ subject });
    const answer = await app.visitor('riverbourne').request(`/api/documents/v1/documents/${id}?vouchedForType=case&vouchedForId=${subject.id}`, { headers: client ? { authorization: `Bearer ${client}.any` } : {} });
    expect(answer.status).toBe(status);
  });

  it.each([['no file', {}, 400], ['a wrong kind', { kind: 'movie' }, 400], ['a wrong id', { documentId: 'x' }, 400], ['half a subject', { subjectType: 'case' }, 400]] as const)('the API refuses %s', async (what, fields, status) => {
    const sent = multipart('a.pdf', what === 'no file' ? undefined : smallPdf, { kind: 'file', documentId: newIds().uuid(), ...fields });
    const answer = await app.visitor('riverbourne').request('/api/documents/v1/documents', { method: 'POST', ...sent, headers: { ...sent.headers, authorization: 'Bearer part.any' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining('application/problem+json')]);
  });
});

async function stored(changes: Partial<StoreDocument> = {}): Promise<{ readonly id: DocumentId }> {
  const outcome = await api.store(callers().officer, letter(changes));
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

function multipart(filename: string, bytes: Buffer | undefined, fields: Readonly<Record<string, string>> = {}): { body: Buffer; headers: Record<string, string> } {
  const parts = Object.entries(fields).map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
  const file = bytes ? Buffer.concat([Buffer.from(`--x\r\ncontent-disposition: form-data; name="file"; filename="${filename}"\r\ncontent-type: application/octet-stream\r\n\r\n`), bytes, Buffer.from('\r\n')]) : Buffer.alloc(0);
  return { body: Buffer.concat([Buffer.from(parts), file, Buffer.from('--x--\r\n')]), headers: { 'content-type': 'multipart/form-data; boundary=x' } };
}

async function get(slug: string, at: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Record<string, string>; bytes: Buffer }> {
  const { host, port } = new URL(app.origin(slug));
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: at, headers: { host, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, bytes: Buffer.concat(chunks) }));
    }).on('error', reject).end();
  });
}
