import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import { parseStoreKey } from '../document-store';
import type { DocumentStore, StoreKey } from '../document-store';
import type { ByteRange } from '../documents-api';

/**
 * A store under test. Abilities: `two-councils` when another council's store at the same far end can be opened, `reopening` when it can be opened
 * again as after a restart, `far-end` when it can be made unreachable, `passing-faults` when it can fail for a moment, `cut-readings` when its answers can be cut in the middle, `damage` when bytes
 * can be changed behind its back.
 * @public
 */
export interface DocumentStoreHarness {
  readonly store: DocumentStore;
  /** Needs `two-councils`. */
  readonly elsewhere?: DocumentStore;
  /** The same store in another process. Needs `reopening`. */
  reopen?(): DocumentStore;
  /** Needs `far-end`. */
  breakFarEnd?(): Promise<void> | void;
  /** Fails once, at whatever is asked next, in a way that passes; called again, in another way, and `false` when there is no other. Needs `passing-faults`. */
  failOnce?(): Promise<boolean> | boolean;
  /** The next reading is cut in its middle: once, or each time. Needs `cut-readings`. */
  cutReadings?(howOften: 'once' | 'always'): Promise<void> | void;
  /** Changes a byte of what is kept under a key. Needs `damage`. */
  damage?(key: StoreKey): Promise<void> | void;
}

const TYPE = { contentType: 'application/octet-stream' };
const key = (text: string): StoreKey => parseStoreKey(text);
const streamOf = (...parts: readonly (string | Buffer)[]): Readable => Readable.from(parts.map((part) => Buffer.from(part)));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function read(store: DocumentStore, at: StoreKey, range?: ByteRange): Promise<Buffer | undefined> {
  const found = await store.get(at, range);
  if (!found) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of found.stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A stream that fails after some bytes, as a connection does. */
function failing(bytes: number): Readable {
  return Readable.from((async function* () {
    yield Buffer.alloc(bytes, 1);
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('The connection was lost.');
  })());
}

const cases: readonly ConformanceCase<DocumentStoreHarness>[] = [
  { id: 'DOC-001', title: 'what was put is what is got', async run({ store }) {
    const bytes = Buffer.from('Bore da, \u{1f3e0}\0\xff', 'utf8');
    const stored = await store.put(key('a/one'), streamOf(bytes), TYPE);
    assert.deepEqual(stored, { sizeInBytes: bytes.byteLength, sha256: sha256(bytes) });
    assert.deepEqual(await read(store, key('a/one')), bytes);
    assert.equal((await sizeOf(store, key('a/one'))), bytes.byteLength);
  } },
  { id: 'DOC-002', title: 'nothing under a key is nothing, not an error', async run({ store }) {
    assert.equal(await store.get(key('never')), undefined);
    assert.equal(await store.get(key('never/there')), undefined);
  } },
  { id: 'DOC-003', title: 'no bytes at all can be kept', async run({ store }) {
    assert.deepEqual(await store.put(key('empty'), streamOf(), TYPE), { sizeInBytes: 0, sha256: sha256(Buffer.alloc(0)) });
    assert.deepEqual(await read(store, key('empty')), Buffer.alloc(0));
  } },
  { id: 'DOC-004', title: 'putting again replaces', async run({ store }) {
    await store.put(key('again'), streamOf('first, and longer'), TYPE);
    await store.put(key('again'), streamOf('second'), TYPE);
    assert.equal((await read(store, key('again')))?.toString(), 'second');
  } },
  { id: 'DOC-005', title: 'a stream that breaks leaves nothing behind', async run({ store }) {
    await assert.rejects(store.put(key('broken'), failing(100_000), TYPE));
    assert.equal(await store.get(key('broken')), undefined);
  } },
  { id: 'DOC-006', title: 'a stream that breaks leaves what was there before', async run({ store }) {
    await store.put(key('kept'), streamOf('before'), TYPE);
    await assert.rejects(store.put(key('kept'), failing(100_000), TYPE));
    assert.equal((await read(store, key('kept')))?.toString(), 'before');
  } },
  { id: 'DOC-007', title: 'a range gives those bytes, the last one included', async run({ store }) {
    await store.put(key('range'), streamOf('0123456789'), TYPE);
    assert.equal((await read(store, key('range'), { start: 2, end: 4 }))?.toString(), '234');
    assert.equal((await read(store, key('range'), { start: 9, end: 9 }))?.toString(), '9');
    const found = await store.get(key('range'), { start: 0, end: 1 });
    assert.equal(found?.sizeInBytes, 10, 'the size is of the whole');
    found?.stream.destroy();
  } },
  { id: 'DOC-008', title: 'a range beyond the end is cut to what there is', async run({ store }) {
    await store.put(key('cut'), streamOf('0123456789'), TYPE);
    assert.equal((await read(store, key('cut'), { start: 8, end: 800 }))?.toString(), '89');
    assert.equal((await read(store, key('cut'), { start: 50, end: 60 }))?.byteLength, 0);
    assert.equal((await read(store, key('cut'), { start: 8, end: Number.MAX_SAFE_INTEGER }))?.toString(), '89');
    assert.equal((await read(store, key('cut'), { start: Number.MAX_SAFE_INTEGER - 1, end: Number.MAX_SAFE_INTEGER }))?.byteLength, 0);
  } },
  { id: 'DOC-009', title: 'deleted is gone, and deleting nothing is no error', async run({ store }) {
    await store.put(key('gone'), streamOf('x'), TYPE);
    await store.delete(key('gone'));
    assert.equal(await store.get(key('gone')), undefined);
    await store.delete(key('gone'));
    await store.delete(key('never/there'));
  } },
  { id: 'DOC-010', title: 'a key may be the beginning of another', async run({ store }) {
    await store.put(key('doc'), streamOf('short'), TYPE);
    await store.put(key('doc/whole'), streamOf('long'), TYPE);
    assert.equal((await read(store, key('doc')))?.toString(), 'short');
    assert.equal((await read(store, key('doc/whole')))?.toString(), 'long');
    await store.delete(key('doc'));
    assert.equal((await read(store, key('doc/whole')))?.toString(), 'long');
  } },
  { id: 'DOC-011', title: 'a key that leads out of the store is refused, on every way in', async run({ store }) {
    for (const hostile of ['../x', 'a/../../x', '/etc/passwd', 'a//b', 'A', 'a\\b', 'a/.', '.', '', 'a\0', 'a/b/', '~', 'a:b', 'a b', 'x'.repeat(300), '-a', 'é']) {
      assert.throws(() => parseStoreKey(hostile), `parseStoreKey took ${JSON.stringify(hostile)}`);
      // A caller in JavaScript could skip the parser: the store looks again.
      const forced = hostile as StoreKey;
      await assert.rejects(async () => store.put(forced, streamOf('x'), TYPE), `put took ${JSON.stringify(hostile)}`);
      await assert.rejects(async () => store.get(forced), `get took ${JSON.stringify(hostile)}`);
      await assert.rejects(async () => store.delete(forced), `delete took ${JSON.stringify(hostile)}`);
    }
  } },
  { id: 'DOC-012', title: 'thirty megabytes pass through without being held in memory at once', async run({ store }) {
    const part = Buffer.alloc(1_000_000, 7);
    let most = 0;
    let outstanding = 0;
    const source = Readable.from((async function* () {
      for (let count = 0; count < 30; count++) { outstanding++; most = Math.max(most, outstanding); yield part; outstanding--; }
    })(), { highWaterMark: 1 });
    const stored = await store.put(key('large'), source, TYPE);
    assert.equal(stored.sizeInBytes, 30_000_000);
    assert.ok(most <= 4, `${most} parts were asked for before the first was written`);
    const found = await store.get(key('large'));
    const hash = createHash('sha256');
    for await (const chunk of (found?.stream ?? Readable.from([])) as AsyncIterable<Buffer>) hash.update(chunk);
    assert.equal(hash.digest('hex'), stored.sha256);
  } },
  { id: 'DOC-013', title: 'two that write one key at the same time: one of them wins, whole', async run({ store }) {
    const writers = Array.from({ length: 8 }, (_, at) => Buffer.alloc(50_000, at + 1));
    await Promise.all(writers.map((bytes) => store.put(key('race'), streamOf(bytes.subarray(0, 20_000), bytes.subarray(20_000)), TYPE)));
    const winner = await read(store, key('race'));
    assert.ok(winner && writers.some((bytes) => bytes.equals(winner)), 'the bytes of two writers were mixed');
  } },
  { id: 'DOC-014', title: 'a reader that has begun is not disturbed by a deletion', async run({ store }) {
    await store.put(key('reading'), streamOf(Buffer.alloc(300_000, 5)), TYPE);
    const found = await store.get(key('reading'));
    assert.ok(found);
    const iterator = (found.stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    let size = ((await iterator.next()).value as Buffer).byteLength;
    await store.delete(key('reading'));
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) size += next.value.byteLength;
    assert.equal(size, 300_000);
  } },
  { id: 'DOC-015', title: 'one council does not see what another has put', needs: 'two-councils', async run({ store, elsewhere }) {
    await store.put(key('mine'), streamOf('mine'), TYPE);
    assert.equal(await elsewhere?.get(key('mine')), undefined);
    await elsewhere?.put(key('mine'), streamOf('theirs'), TYPE);
    await elsewhere?.delete(key('mine'));
    assert.equal((await read(store, key('mine')))?.toString(), 'mine');
  } },
  { id: 'DOC-016', title: 'what was put is there after a restart', needs: 'reopening', async run(harness) {
    await harness.store.put(key('lasting'), streamOf('lasting'), TYPE);
    const reopened = harness.reopen?.();
    assert.equal(reopened && (await read(reopened, key('lasting')))?.toString(), 'lasting');
  } },
  { id: 'DOC-017', title: 'a far end that does not answer is Unavailable, never "nothing there"', needs: 'far-end', async run(harness) {
    await harness.store.put(key('there'), streamOf('there'), TYPE);
    await harness.breakFarEnd?.();
    const isUnavailable = (error: unknown): boolean => isGuildhallError(error) && error.code === 'unavailable';
    await assert.rejects(harness.store.get(key('there')), isUnavailable);
    await assert.rejects(harness.store.put(key('more'), streamOf('more'), TYPE), isUnavailable);
    await assert.rejects(harness.store.delete(key('there')), isUnavailable);
  } },
  { id: 'DOC-018', title: 'a range in the middle of twelve megabytes', async run({ store }) {
    const part = Buffer.alloc(1_000_000, 'abcdefghijklmnopqrstuvwxyz0123456789-');
    await store.put(key('middle'), streamOf(...Array.from({ length: 12 }, () => part)), TYPE);
    const found = await read(store, key('middle'), { start: 8_999_998, end: 9_000_001 });
    assert.deepEqual(found, Buffer.concat([part.subarray(-2), part.subarray(0, 2)]));
    const last = await read(store, key('middle'), { start: 11_999_999, end: 40_000_000 });
    assert.deepEqual(last, part.subarray(-1));
  } },
  { id: 'DOC-019', title: 'a large stream that breaks leaves nothing behind, and what was there before', async run({ store }) {
    await assert.rejects(store.put(key('large-broken'), failing(12_000_000), TYPE));
    assert.equal(await store.get(key('large-broken')), undefined);
    await store.put(key('large-kept'), streamOf('before'), TYPE);
    await assert.rejects(store.put(key('large-kept'), failing(12_000_000), TYPE));
    assert.equal((await read(store, key('large-kept')))?.toString(), 'before');
  } },
  { id: 'DOC-020', title: 'the same bytes put twice under one key are there once, and whole', async run({ store }) {
    const bytes = Buffer.alloc(12_000_000, 3);
    const first = await store.put(key('twice'), streamOf(bytes), TYPE);
    assert.deepEqual(await store.put(key('twice'), streamOf(bytes), TYPE), first);
    assert.equal((await read(store, key('twice')))?.equals(bytes), true);
    await store.delete(key('twice'));
    assert.equal(await store.get(key('twice')), undefined);
  } },
  { id: 'DOC-021', title: 'a fault that passes is not seen, and nothing that was acknowledged is lost', needs: 'passing-faults', async run(harness) {
    for (let round = 0; ; round++) {
      const [small, large] = [key(`small/${round}`), key(`large/${round}`)];
      if (!(await harness.failOnce?.())) break;
      await harness.store.put(small, streamOf('small'), TYPE);
      await harness.failOnce?.();
      await harness.store.put(large, streamOf(Buffer.alloc(9_000_000, round)), TYPE);
      await harness.failOnce?.();
      assert.equal((await read(harness.store, small))?.toString(), 'small');
      assert.equal((await read(harness.store, large))?.equals(Buffer.alloc(9_000_000, round)), true);
      await harness.failOnce?.();
      await harness.store.delete(small);
      assert.equal(await harness.store.get(small), undefined);
    }
  } },
  { id: 'DOC-022', title: 'a reading that is cut in its middle goes on, or fails: it never ends as if it were whole', needs: 'cut-readings', async run(harness) {
    const bytes = Buffer.alloc(2_000_000, 'abcdefghijklmnopqrstuvwxyz0123456789-');
    await harness.store.put(key('cut-off'), streamOf(bytes), TYPE);
    await harness.cutReadings?.('once');
    const got = await read(harness.store, key('cut-off')).catch(() => 'failed' as const);
    assert.ok(got === 'failed' || got?.equals(bytes), 'other bytes came than were put');
    await harness.cutReadings?.('always');
    await assert.rejects(read(harness.store, key('cut-off')));
  } },
  { id: 'DOC-023', title: 'damaged bytes are never given as whole ones', needs: 'damage', async run(harness) {
    await harness.store.put(key('damaged'), streamOf(Buffer.alloc(100_000, 9)), TYPE);
    await harness.damage?.(key('damaged'));
    await assert.rejects(read(harness.store, key('damaged')));
  } },
];

async function sizeOf(store: DocumentStore, at: StoreKey): Promise<number | undefined> {
  const found = await store.get(at);
  found?.stream.destroy();
  return found?.sizeInBytes;
}

/** The rules of a document store. @public */
export const documentStoreKit = defineKit<DocumentStoreHarness>({ id: 'documents.document-store', contract: '@guildhall/documents-contract', version: '0.1.0', cases });
