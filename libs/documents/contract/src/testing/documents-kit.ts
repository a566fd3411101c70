import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BytesAtRest, ConformanceCase, Ids, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { atRest, defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import { WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
import { DOCUMENT_LIMITS } from '../document';
import type { DocumentId, DocumentSubject, StoredDocument } from '../document';
import type { ByteRange, DocumentVariant, DocumentsApi, StoreDocument, StoreRefusal, Vouched } from '../documents-api';
import { harmlessVirus } from './virus-scanner-kit';
import { CANARIES, DISGUISED, HOSTILE_FILENAMES, bomb, photoAndPage, photoWithPlace, plainPng, smallPdf, truncatedPhoto } from './samples';

/**
 * Who calls: a resident and another one; nobody, in a session, and in another session; an officer with every permission of documents, and one
 * with none; a resident of another council.
 * @public
 */
export type DocumentsCaller = 'resident' | 'another-resident' | 'nobody' | 'another-nobody' | 'officer' | 'outsider' | 'elsewhere';

/**
 * Documents under test. Abilities: `encodes-photos`; `actors` when the implementation knows who calls (over HTTP it is always this machine);
 * `two-councils`; `events`; `links` when links can be followed; `scanner` when a virus scanner is installed; `streams` when it holds little in memory, as each must but one that is memory.
 * @public
 */
export interface DocumentsHarness {
  readonly documents: DocumentsApi;
  readonly ids: Ids;
  as(who: DocumentsCaller): RequestContext;
  /** Every event of documents so far, the oldest first. Needs `events`. */
  published?(): Promise<readonly { readonly type: string; readonly data: { readonly documentId: string } }[]>;
  /** Follows a link as a browser without a session does. Needs `links`. */
  follow?(path: string): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bytes: Buffer }>;
  /** Lets so many seconds pass. Needs `links`. */
  wait?(seconds: number): void;
}

function subjectOf({ ids }: DocumentsHarness, type = 'draft'): DocumentSubject { return { type, id: ids.uuid() }; }
function photo(harness: DocumentsHarness, changes: Partial<StoreDocument> = {}): StoreDocument {
  return { documentId: harness.ids.uuid() as DocumentId, kind: 'photo', bytes: photoWithPlace, filename: 'pothole.jpg', ...changes };
}
function letter(harness: DocumentsHarness, changes: Partial<StoreDocument> = {}): StoreDocument {
  return { documentId: harness.ids.uuid() as DocumentId, kind: 'file', bytes: smallPdf, filename: 'letter.pdf', ...changes };
}
function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `refused: ${outcome.refusal.reason}: ${outcome.refusal.message}`);
  return outcome.value;
}
function reason(outcome: Outcome<StoredDocument, Refusal>): string {
  assert.ok(!outcome.ok, `it was kept and should have been refused: ${outcome.ok ? outcome.value.contentType : ''}`);
  return outcome.refusal.reason;
}
async function failsWith(code: string, doing: () => Promise<unknown>): Promise<void> {
  try { await doing(); } catch (error) {
    assert.ok(isGuildhallError(error), `it threw something that is not one of the six errors: ${String(error)}`);
    assert.equal(error.code, code);
    return;
  }
  assert.fail(`it should have thrown ${code}`);
}
async function bytesOf(harness: DocumentsHarness, who: DocumentsCaller, id: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly range?: ByteRange } = {}): Promise<Buffer> {
  const opened = await harness.documents.open(harness.as(who), id, options);
  const chunks: Buffer[] = [];
  for await (const chunk of opened.stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
/** Width and height in the frame header of a JPEG (ITU T.81, B.2.2). */
function sizeOfJpeg(bytes: Buffer): { readonly width: number; readonly height: number } {
  for (let at = 2; at + 9 < bytes.byteLength;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('This is not a JPEG.');
}

const storing: readonly ConformanceCase<DocumentsHarness>[] = [
  { id: 'DOA-001', title: 'what was stored comes back, and its record says what it is', async run(harness) {
    const stored = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    const bytes = await bytesOf(harness, 'resident', stored.id);
    assert.deepEqual(bytes, smallPdf);
    assert.equal(stored.sizeInBytes, bytes.byteLength);
    assert.equal(stored.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual([stored.kind, stored.state, stored.contentType, stored.filename, stored.hasThumbnail], ['file', 'loose', 'application/pdf', 'letter.pdf', false]);
    assert.deepEqual(await harness.documents.find(harness.as('resident'), stored.id), stored);
  } },
  { id: 'DOA-002', title: 'the same id with the same bytes is the same document', async run(harness) {
    const order = photo(harness);
    const first = value(await harness.documents.store(harness.as('resident'), order));
    assert.deepEqual(value(await harness.documents.store(harness.as('resident'), order)), first);
  } },
  { id: 'DOA-003', title: 'the same id with other bytes is a Conflict', async run(harness) {
    const order = letter(harness);
    value(await harness.documents.store(harness.as('resident'), order));
    await failsWith('conflict', () => harness.documents.store(harness.as('resident'), { ...order, bytes: Buffer.concat([smallPdf, Buffer.from('\n')]) }));
    assert.deepEqual(await bytesOf(harness, 'resident', order.documentId), smallPdf);
  } },
  { id: 'DOA-004', title: 'stored twice at the same time, it is one document', async run(harness) {
    const order = photo(harness, { subject: subjectOf(harness) });
    const results = await Promise.all(Array.from({ length: 5 }, () => harness.documents.store(harness.as('resident'), order)));
    for (const result of results) assert.equal(value(result).id, order.documentId);
    assert.equal((await harness.documents.forSubject(harness.as('officer'), order.subject as DocumentSubject)).length, 1);
  } },
  { id: 'DOA-005', title: 'no bytes are refused as empty', async run(harness) {
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: Buffer.alloc(0) }))), 'empty');
  } },
  { id: 'DOA-006', title: 'too many bytes are refused', async run(harness) {
    const large = Buffer.concat([photoWithPlace, Buffer.alloc(DOCUMENT_LIMITS.photoInBytes)]);
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: large }))), 'too-large');
  } },
  { id: 'DOA-007', title: 'what only pretends to be a photo or a letter is refused, whatever its name', async run(harness) {
    for (const { what, filename, bytes } of DISGUISED) {
      for (const kind of ['photo', 'file'] as const) {
        const outcome = await harness.documents.store(harness.as('resident'), { documentId: harness.ids.uuid() as DocumentId, kind, bytes, filename });
        assert.equal(reason(outcome), 'type-not-allowed', `${what}, as a ${kind}`);
      }
    }
  } },
  { id: 'DOA-008', title: 'a letter is not a photo', async run(harness) {
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: smallPdf, filename: 'photo.jpg' }))), 'type-not-allowed');
  } },
  { id: 'DOA-009', title: 'the name takes the extension of what the content is', async run(harness) {
    const stored = value(await harness.documents.store(harness.as('resident'), letter(harness, { filename: 'holiday.exe' })));
    assert.equal(stored.filename, 'holiday.pdf');
    assert.equal(stored.contentType, 'application/pdf');
  } },
  { id: 'DOA-010', title: 'hostile names become harmless ones', async run(harness) {
    for (const filename of HOSTILE_FILENAMES) {
      const stored = value(await harness.documents.store(harness.as('resident'), letter(harness, { filename })));
      assert.match(stored.filename, /^[^\p{Cc}\p{Cf}/\\<>:"|?*%;.\s][^\p{Cc}\p{Cf}/\\<>:"|?*%;]{0,95}\.pdf$/u, JSON.stringify(filename.slice(0, 40)));
      const opened = await harness.documents.open(harness.as('resident'), stored.id);
      opened.stream.destroy();
      // eslint-disable-next-line no-control-regex -- control characters are what must not be there
      for (const header of Object.values(opened.headers)) assert.doesNotMatch(header, /[\u0000-\u001f\u007f-\u{10ffff}]/u);
    }
  } },
  { id: 'DOA-011', title: 'no more than twenty documents belong to one subject', async run(harness) {
    const subject = subjectOf(harness);
    for (let count = 0; count < DOCUMENT_LIMITS.perSubject; count++) value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    assert.equal(reason(await harness.documents.store(harness.as('resident'), letter(harness, { subject }))), 'too-many');
  } },
  { id: 'DOA-012', title: 'an infected document is refused, and nothing of it is kept', needs: 'scanner', async run(harness) {
    const order = letter(harness, { bytes: Buffer.concat([smallPdf, harmlessVirus()]) });
    assert.equal(reason(await harness.documents.store(harness.as('resident'), order)), 'infected');
    assert.equal(await harness.documents.find(harness.as('resident'), order.documentId), undefined);
  } },
  { id: 'DOA-013', title: 'what lies somewhere is the same document as what is in hand', async run(harness) {
    const order = letter(harness);
    const first = value(await harness.documents.store(harness.as('resident'), { ...order, bytes: atRest(smallPdf) }));
    assert.deepEqual(value(await harness.documents.store(harness.as('resident'), order)), first);
    assert.deepEqual(await bytesOf(harness, 'resident', first.id), smallPdf);
    const second = value(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: atRest(photoWithPlace) })));
    assert.equal(second.kind, 'photo');
  } },
  { id: 'DOA-014', title: 'what breaks while it is read, or is not what it says it is, is not kept', async run(harness) {
    const breaking = (): Readable => Readable.from((function* () { yield smallPdf.subarray(0, 150); throw new Error('The disk does not answer.'); })());
    const others = [smallPdf.subarray(0, -1), Buffer.concat([smallPdf, smallPdf]), Buffer.concat([smallPdf.subarray(0, -1), Buffer.from('x')])];
    for (const read of [breaking, ...others.map((other) => (part?: ByteRange) => atRest(other).read(part))]) {
      const order = letter(harness, { bytes: { ...atRest(smallPdf), read } });
      await assert.rejects(harness.documents.store(harness.as('resident'), order));
      assert.equal(await harness.documents.find(harness.as('resident'), order.documentId), undefined);
      value(await harness.documents.store(harness.as('resident'), { ...order, bytes: smallPdf }));
    }
  } },
  { id: 'DOA-015', title: 'of many large documents at once hardly any is in memory', needs: 'streams', async run(harness) {
    const memory = new WatchedMemory();
    const orders = Array.from({ length: 8 }, () => letter(harness, { bytes: madeAsRead(DOCUMENT_LIMITS.fileInBytes, { beginning: smallPdf, onChunk: memory.onChunk }) }));
    const stored = await Promise.all(orders.map((order) => harness.documents.store(harness.as('resident'), order)));
    memory.look();
    assert.ok(memory.wentByInBytes >= 80_000_000 && memory.mostInBytes < 16_000_000, `${memory.mostInBytes} bytes were in memory`);
    stored.forEach((outcome, at) => assert.equal(value(outcome).sha256, (orders[at]?.bytes as BytesAtRest).sha256));
  } },
];

const photos: readonly ConformanceCase<DocumentsHarness>[] = [
  { id: 'DOA-020', title: 'a photo keeps nothing of its metadata: no place, no camera, no comment', needs: 'encodes-photos', async run(harness) {
    for (const bytes of [photoWithPlace, photoAndPage]) {
      const stored = value(await harness.documents.store(harness.as('resident'), photo(harness, { bytes })));
      for (const variant of ['whole', 'thumbnail'] as const) {
        const kept = (await bytesOf(harness, 'resident', stored.id, { variant })).toString('latin1');
        for (const canary of CANARIES) assert.ok(!kept.includes(canary), `the ${variant} still holds ${JSON.stringify(canary)}`);
      }
    }
  } },
  { id: 'DOA-021', title: 'what was hidden behind a photo is gone', needs: 'encodes-photos', async run(harness) {
    const stored = value(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: photoAndPage })));
    const kept = await bytesOf(harness, 'resident', stored.id);
    assert.deepEqual([...kept.subarray(-2)], [0xff, 0xd9], 'the photo ends where the photo ends');
  } },
  { id: 'DOA-022', title: 'a large photo is made smaller, and a thumbnail with it', needs: 'encodes-photos', async run(harness) {
    const stored = value(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: plainPng(3_000, 1_500), filename: 'wide.png' })));
    assert.deepEqual([stored.contentType, stored.width, stored.height, stored.hasThumbnail, stored.filename], ['image/jpeg', DOCUMENT_LIMITS.photoSide, DOCUMENT_LIMITS.photoSide / 2, true, 'wide.jpg']);
    assert.deepEqual(sizeOfJpeg(await bytesOf(harness, 'resident', stored.id)), { width: DOCUMENT_LIMITS.photoSide, height: DOCUMENT_LIMITS.photoSide / 2 });
    assert.deepEqual(sizeOfJpeg(await bytesOf(harness, 'resident', stored.id, { variant: 'thumbnail' })), { width: DOCUMENT_LIMITS.thumbnailSide, height: DOCUMENT_LIMITS.thumbnailSide / 2 });
  } },
  { id: 'DOA-023', title: 'a small photo is not made larger', needs: 'encodes-photos', async run(harness) {
    const stored = value(await harness.documents.store(harness.as('resident'), photo(harness)));
    assert.deepEqual([stored.width, stored.height], [64, 48]);
  } },
  { id: 'DOA-024', title: 'a photo that ends too early is unreadable', needs: 'encodes-photos', async run(harness) {
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: truncatedPhoto }))), 'unreadable');
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: photoWithPlace.subarray(0, 40) }))), 'unreadable');
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes: plainPng(400, 400).subarray(0, 60), filename: 'x.png' }))), 'unreadable');
  } },
  { id: 'DOA-025', title: 'a decompression bomb is refused before it goes off', needs: 'encodes-photos', async run(harness) {
    const bytes = bomb();
    const began = performance.now();
    assert.equal(reason(await harness.documents.store(harness.as('resident'), photo(harness, { bytes, filename: 'bomb.png' }))), 'too-many-pixels');
    assert.ok(performance.now() - began < 2_000, 'refusing it took more than two seconds');
  } },
  { id: 'DOA-026', title: 'a refused photo leaves nothing to be found', async run(harness) {
    const order = photo(harness, { bytes: smallPdf, subject: subjectOf(harness) });
    reason(await harness.documents.store(harness.as('resident'), order));
    assert.equal(await harness.documents.find(harness.as('officer'), order.documentId), undefined);
    assert.deepEqual(await harness.documents.forSubject(harness.as('officer'), order.subject as DocumentSubject), []);
    value(await harness.documents.store(harness.as('resident'), { ...order, bytes: photoWithPlace }));
  } },
];

const reaching: readonly ConformanceCase<DocumentsHarness>[] = [
  { id: 'DOA-030', title: 'nobody but its owner and officers with the permission may know of a document', needs: 'actors', async run(harness) {
    const { documents } = harness;
    for (const owner of ['resident', 'nobody'] as const) {
      const { id } = value(await documents.store(harness.as(owner), letter(harness)));
      for (const stranger of ['another-resident', 'another-nobody', 'outsider', owner === 'resident' ? 'nobody' : 'resident'] as const) {
        assert.equal(await documents.find(harness.as(stranger), id), undefined, `${stranger} found the document of ${owner}`);
        await failsWith('not-found', () => documents.open(harness.as(stranger), id));
        await failsWith('not-found', () => documents.link(harness.as(stranger), id));
        await failsWith('not-found', () => documents.attach(harness.as(stranger), id, subjectOf(harness)));
        await failsWith('not-found', () => documents.remove(harness.as(stranger), id));
      }
      assert.equal((await documents.find(harness.as('officer'), id))?.id, id);
      assert.deepEqual(await bytesOf(harness, owner, id), smallPdf);
    }
  } },
  { id: 'DOA-031', title: 'an id that names nothing, or is none, is not found', async run(harness) {
    for (const id of [harness.ids.uuid(), 'x', '../..', "' or 1=1", ''] as DocumentId[]) {
      assert.equal(await harness.documents.find(harness.as('officer'), id), undefined);
      await failsWith('not-found', () => harness.documents.open(harness.as('officer'), id));
    }
  } },
  { id: 'DOA-032', title: 'another council knows nothing of it', needs: 'two-councils', async run(harness) {
    const subject = subjectOf(harness);
    const order = letter(harness, { subject });
    value(await harness.documents.store(harness.as('resident'), order));
    assert.equal(await harness.documents.find(harness.as('elsewhere'), order.documentId, { vouchedFor: subject }), undefined);
    assert.deepEqual(await harness.documents.forSubject(harness.as('elsewhere'), subject, { vouchedFor: subject }), []);
    value(await harness.documents.store(harness.as('elsewhere'), { ...order, bytes: Buffer.concat([smallPdf, Buffer.from(' ')]) }));
    assert.deepEqual(await bytesOf(harness, 'resident', order.documentId), smallPdf);
  } },
  { id: 'DOA-033', title: 'a module that vouches for a subject reaches its documents', async run(harness) {
    const { documents } = harness;
    const subject = subjectOf(harness);
    const { id } = value(await documents.store(harness.as('resident'), letter(harness, { subject })));
    assert.equal((await documents.find(harness.as('another-nobody'), id, { vouchedFor: subject }))?.id, id);
    assert.deepEqual(await bytesOf(harness, 'another-nobody', id, { vouchedFor: subject }), smallPdf);
    assert.deepEqual((await documents.forSubject(harness.as('another-nobody'), subject, { vouchedFor: subject })).map((document) => document.id), [id]);
  } },
  { id: 'DOA-034', title: 'vouching for one subject does not open the documents of another, nor their list', needs: 'actors', async run(harness) {
    const subject = subjectOf(harness);
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    await failsWith('not-found', () => harness.documents.open(harness.as('another-resident'), id, { vouchedFor: subjectOf(harness) }));
    await failsWith('not-allowed', () => harness.documents.forSubject(harness.as('another-resident'), subject, { vouchedFor: subjectOf(harness) }));
    await failsWith('not-allowed', () => harness.documents.forSubject(harness.as('another-resident'), subject));
  } },
  { id: 'DOA-035', title: 'the documents of a subject come in the order in which they were stored, without those removed', async run(harness) {
    const subject = subjectOf(harness);
    const stored: StoredDocument[] = [];
    for (let count = 0; count < 4; count++) stored.push(value(await harness.documents.store(harness.as('resident'), letter(harness, { subject }))));
    await harness.documents.remove(harness.as('resident'), (stored[1] as StoredDocument).id, { vouchedFor: subject });
    assert.deepEqual((await harness.documents.forSubject(harness.as('officer'), subject)).map((document) => document.id), [stored[0]?.id, stored[2]?.id, stored[3]?.id]);
  } },
  { id: 'DOA-036', title: 'a loose document is attached once, and again without effect', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    const attached = await harness.documents.attach(harness.as('resident'), id, subject);
    assert.deepEqual([attached.state, attached.subject], ['attached', subject]);
    assert.deepEqual(await harness.documents.attach(harness.as('resident'), id, subject), attached);
  } },
  { id: 'DOA-037', title: 'a document moves to another subject only when the first is vouched for', async run(harness) {
    const draft = subjectOf(harness);
    const opened = subjectOf(harness, 'case');
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject: draft })));
    await failsWith('conflict', () => harness.documents.attach(harness.as('resident'), id, opened));
    const moved = await harness.documents.attach(harness.as('resident'), id, opened, { vouchedFor: draft });
    assert.deepEqual(moved.subject, opened);
    assert.deepEqual(await harness.documents.forSubject(harness.as('officer'), draft), []);
    // The same move again, as after a crash: it is done already.
    assert.deepEqual((await harness.documents.attach(harness.as('resident'), id, opened, { vouchedFor: draft })).subject, opened);
  } },
  { id: 'DOA-038', title: 'who signs in takes along what they stored before: the draft vouches', needs: 'actors', async run(harness) {
    const draft = subjectOf(harness);
    const { id } = value(await harness.documents.store(harness.as('nobody'), letter(harness, { subject: draft })));
    await failsWith('not-found', () => harness.documents.open(harness.as('resident'), id));
    await harness.documents.attach(harness.as('resident'), id, draft, { vouchedFor: draft });
    assert.deepEqual(await bytesOf(harness, 'resident', id), smallPdf);
    await failsWith('not-found', () => harness.documents.open(harness.as('nobody'), id));
  } },
  { id: 'DOA-039', title: 'removed is gone for good, and removing again changes nothing', async run(harness) {
    const order = letter(harness);
    value(await harness.documents.store(harness.as('resident'), order));
    await harness.documents.remove(harness.as('resident'), order.documentId);
    await harness.documents.remove(harness.as('resident'), order.documentId);
    await failsWith('not-found', () => harness.documents.open(harness.as('officer'), order.documentId));
    assert.equal((await harness.documents.find(harness.as('officer'), order.documentId))?.state, 'removed');
    await failsWith('conflict', () => harness.documents.store(harness.as('resident'), order));
  } },
  { id: 'DOA-040', title: 'an officer attaches to a case what an owner has stored, and it stays the case’s', needs: 'actors', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const { id } = value(await harness.documents.store(harness.as('officer'), letter(harness, { subject })));
    assert.equal((await harness.documents.forSubject(harness.as('officer'), subject)).length, 1);
    await failsWith('not-found', () => harness.documents.open(harness.as('resident'), id));
    await failsWith('not-allowed', () => harness.documents.store(harness.as('outsider'), letter(harness)));
  } },
  { id: 'DOA-041', title: 'what belongs to a subject is removed by who vouches for it or by an officer, not by its owner alone', needs: 'actors', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const one = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    const other = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    await failsWith('not-allowed', () => harness.documents.remove(harness.as('resident'), one.id));
    assert.deepEqual(await bytesOf(harness, 'resident', one.id), smallPdf);
    await harness.documents.remove(harness.as('resident'), one.id, { vouchedFor: subject });
    await harness.documents.remove(harness.as('officer'), other.id);
    assert.deepEqual(await harness.documents.forSubject(harness.as('officer'), subject), []);
  } },
  { id: 'DOA-042', title: 'an officer who moves a document does not take it from its owner', needs: 'actors', async run(harness) {
    const draft = subjectOf(harness);
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject: draft })));
    await harness.documents.attach(harness.as('officer'), id, subjectOf(harness, 'case'), { vouchedFor: draft });
    assert.deepEqual(await bytesOf(harness, 'resident', id), smallPdf);
  } },
  { id: 'DOA-043', title: 'the name of what was removed is forgotten', async run(harness) {
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { filename: 'Letter about Jo Bloggs.pdf' })));
    await harness.documents.remove(harness.as('resident'), id);
    assert.equal((await harness.documents.find(harness.as('officer'), id))?.filename, 'removed.pdf');
  } },
];

const serving: readonly ConformanceCase<DocumentsHarness>[] = [
  { id: 'DOA-050', title: 'a part of a document can be read', async run(harness) {
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    assert.deepEqual(await bytesOf(harness, 'resident', id, { range: { start: 1, end: 7 } }), smallPdf.subarray(1, 8));
    assert.deepEqual(await bytesOf(harness, 'resident', id, { range: { start: smallPdf.byteLength - 3, end: 1_000_000 } }), smallPdf.subarray(-3));
    const opened = await harness.documents.open(harness.as('resident'), id, { range: { start: 1, end: 7 } });
    opened.stream.destroy();
    assert.deepEqual([opened.sizeInBytes, opened.range, opened.headers['content-range'], opened.headers['content-length']], [smallPdf.byteLength, { start: 1, end: 7 }, `bytes 1-7/${smallPdf.byteLength}`, '7']);
  } },
  { id: 'DOA-051', title: 'a browser is told to keep a file and to run nothing in it', async run(harness) {
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { filename: 'llythyr – Siân.pdf' })));
    const { headers, stream } = await harness.documents.open(harness.as('resident'), id);
    stream.destroy();
    assert.match(headers['content-disposition'] ?? '', /^attachment; filename="[^"]+"; filename\*=UTF-8''llythyr%20%E2%80%93%20Si%C3%A2n\.pdf$/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'.*sandbox/);
    assert.match(headers['cache-control'] ?? '', /private|no-store/);
  } },
  { id: 'DOA-052', title: 'only a photo that was encoded here is shown within a page', needs: 'encodes-photos', async run(harness) {
    const shown = value(await harness.documents.store(harness.as('resident'), photo(harness)));
    const kept = value(await harness.documents.store(harness.as('resident'), photo(harness, { kind: 'file' })));
    const first = await harness.documents.open(harness.as('resident'), shown.id);
    const second = await harness.documents.open(harness.as('resident'), kept.id);
    first.stream.destroy();
    second.stream.destroy();
    assert.match(first.headers['content-disposition'] ?? '', /^inline/);
    assert.match(second.headers['content-disposition'] ?? '', /^attachment/);
  } },
  { id: 'DOA-053', title: 'a thumbnail of what has none is not found', async run(harness) {
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    await failsWith('not-found', () => harness.documents.open(harness.as('resident'), id, { variant: 'thumbnail' }));
  } },
  { id: 'DOA-054', title: 'a link shows the document to whoever holds it, until its time is over', needs: 'links', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    const path = await harness.documents.link(harness.as('another-nobody'), id, { vouchedFor: subject, forSeconds: 60 });
    const shown = await harness.follow?.(path);
    assert.equal(shown?.status, 200);
    assert.deepEqual(shown?.bytes, smallPdf);
    harness.wait?.(61);
    assert.equal((await harness.follow?.(path))?.status, 404);
  } },
  { id: 'DOA-055', title: 'a link that was tampered with leads nowhere', needs: 'links', async run(harness) {
    const one = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    const other = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    const path = await harness.documents.link(harness.as('resident'), one.id, { forSeconds: 60 });
    assert.equal((await harness.follow?.(path))?.status, 200);
    const changed = [path.replace(one.id, other.id), path.replace(/(\d{5,})/, (until) => String(Number(until) + 86_400)), path.slice(0, -1) + (path.endsWith('A') ? 'B' : 'A'), path.slice(0, -5), path.split('?')[0] as string];
    for (const tampered of changed) assert.equal((await harness.follow?.(tampered))?.status, 404, tampered);
  } },
  { id: 'DOA-056', title: 'a link dies with its document', needs: 'links', async run(harness) {
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness)));
    const path = await harness.documents.link(harness.as('resident'), id);
    await harness.documents.remove(harness.as('resident'), id);
    assert.equal((await harness.follow?.(path))?.status, 404);
  } },
  { id: 'DOA-058', title: 'links that are ended show nothing any more, and new ones do', needs: 'links', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const one = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    const other = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    const access = { vouchedFor: subject, forSeconds: 604_800 };
    const [first, second, kept] = [await harness.documents.link(harness.as('officer'), one.id, access), await harness.documents.link(harness.as('officer'), one.id, { ...access, forSeconds: 60 }), await harness.documents.link(harness.as('officer'), other.id, access)];
    await harness.documents.endLinks(harness.as('officer'), one.id);
    for (const path of [first, second]) assert.equal((await harness.follow?.(path))?.status, 404);
    assert.equal((await harness.follow?.(kept))?.status, 200);
    const anew = await harness.documents.link(harness.as('another-nobody'), one.id, access);
    assert.equal((await harness.follow?.(anew))?.status, 200);
    await harness.documents.endLinks(harness.as('another-nobody'), one.id, { vouchedFor: subject });
    assert.equal((await harness.follow?.(anew))?.status, 404);
    harness.wait?.(604_801);
    assert.equal((await harness.follow?.(kept))?.status, 404);
  } },
  { id: 'DOA-059', title: 'links are ended by who may remove the document, and by nobody else', needs: 'actors', async run(harness) {
    const subject = subjectOf(harness, 'case');
    const { id } = value(await harness.documents.store(harness.as('resident'), letter(harness, { subject })));
    await failsWith('not-allowed', () => harness.documents.endLinks(harness.as('resident'), id));
    for (const who of ['another-resident', 'nobody', 'outsider', 'elsewhere'] as const) await failsWith('not-found', () => harness.documents.endLinks(harness.as(who), id));
    await failsWith('not-found', () => harness.documents.endLinks(harness.as('another-resident'), id, { vouchedFor: subjectOf(harness, 'case') }));
    await failsWith('not-found', () => harness.documents.endLinks(harness.as('officer'), 'nothing' as DocumentId));
  } },
  { id: 'DOA-057', title: 'what happened is said once: stored, attached, removed', needs: 'events', async run(harness) {
    const before = (await harness.published?.())?.length ?? 0;
    const order = letter(harness);
    value(await harness.documents.store(harness.as('resident'), order));
    value(await harness.documents.store(harness.as('resident'), order));
    const subject = subjectOf(harness);
    await harness.documents.attach(harness.as('resident'), order.documentId, subject);
    await harness.documents.attach(harness.as('resident'), order.documentId, subject);
    await harness.documents.remove(harness.as('resident'), order.documentId, { vouchedFor: subject });
    await harness.documents.remove(harness.as('resident'), order.documentId, { vouchedFor: subject });
    const events = ((await harness.published?.()) ?? []).slice(before);
    assert.deepEqual(events.map((event) => event.type), ['documents.document-stored', 'documents.document-attached', 'documents.document-removed']);
    for (const { data } of events) assert.equal(data.documentId, order.documentId);
  } },
];

/** Refusals by reason, for those who check that they have words for each. @public */
export const STORE_REFUSALS: readonly StoreRefusal['reason'][] = ['empty', 'too-large', 'type-not-allowed', 'unreadable', 'too-many-pixels', 'infected', 'too-many'];

/** The rules of the documents API, for whatever implements it. @public */
export const documentsKit = defineKit<DocumentsHarness>({ id: 'documents.api', contract: '@guildhall/documents-contract', version: '0.1.0', cases: [...storing, ...photos, ...reaching, ...serving] });
