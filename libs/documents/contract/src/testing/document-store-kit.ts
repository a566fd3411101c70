import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { atRest, defineKit, isGuildhallError, provenBytes } from '@guildhall/kernel-contract';
import { WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
import { parseStoreKey } from '../document-store';
import type { DocumentStore, StoreKey } from '../document-store';
import type { ByteRange } from '../documents-api';

/**
 * A store under test. Abilities: `two-councils` when another council's store at the same far end can be opened, `reopening` when it can be opened
 * again as after a restart, `far-end` when it can be made unreachable, `passing-faults` when it can fail for a moment, `cut-readings` when its answers can be cut in the middle, `damage` when bytes
 * can be changed behind its back, `streams` when it holds little in memory, as every store must but one that is memory.
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
const contentOf = (...parts: readonly (string | Buffer)[]): BytesAtRest => atRest(Buffer.concat(parts.map((part) => Buffer.from(part))));

async function read(store: DocumentStore, at: StoreKey, range?: ByteRange): Promise<Buffer | undefined> {
  const found = await store.get(at, range);
  if (!found) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of found.stream as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Content that cannot be read to its end, as on a disk that breaks. */
function failing(bytes: number): BytesAtRest {
  return { ...contentOf(Buffer.alloc(bytes + 1, 1)), read: () => Readable.from((async function* () {
    yield Buffer.alloc(bytes, 1);
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('The disk does not answer.');
  })()) };
}

const cases: readonly ConformanceCase<DocumentStoreHarness>[] = [
  { id: 'DOC-001', title: 'what was put is what is got', async run({ store }) {
    const bytes = Buffer.from('Bore da, \u{1f3e0}\0\xff', 'utf8');
    await store.put(key('a/one'), contentOf(bytes), TYPE);
    assert.deepEqual(await read(store, key('a/one')), bytes);
    assert.equal((await sizeOf(store, key('a/one'))), bytes.byteLength);
  } },
  { id: 'DOC-002', title: 'nothing under a key is nothing, not an error', async run({ store }) {
    assert.equal(await store.get(key('never')), undefined);
    assert.equal(await store.get(key('never/there')), undefined);
  } },
  { id: 'DOC-003', title: 'no bytes at all can be kept', async run({ store }) {
    await store.put(key('empty'), contentOf(), TYPE);
    assert.deepEqual(await read(store, key('empty')), Buffer.alloc(0));
  } },
  { id: 'DOC-004', title: 'putting again replaces', async run({ store }) {
    await store.put(key('again'), contentOf('first, and longer'), TYPE);
    await store.put(key('again'), contentOf('second'), TYPE);
    assert.equal((await read(store, key('again')))?.toString(), 'second');
  } },
  { id: 'DOC-005', title: 'content that breaks while it is read leaves nothing behind', async run({ store }) {
    await assert.rejects(store.put(key('broken'), failing(100_000), TYPE));
    assert.equal(await store.get(key('broken')), undefined);
  } },
  { id: 'DOC-006', title: 'content that breaks while it is read leaves what was there before', async run({ store }) {
    await store.put(key('kept'), contentOf('before'), TYPE);
    await assert.rejects(store.put(key('kept'), failing(100_000), TYPE));
    assert.equal((await read(store, key('kept')))?.toString(), 'before');
  } },
  { id: 'DOC-007', title: 'a range gives those bytes, the last one included', async run({ store }) {
    await store.put(key('range'), contentOf('0123456789'), TYPE);
    assert.equal((await read(store, key('range'), { start: 2, end: 4 }))?.toString(), '234');
    assert.equal((await read(store, key('range'), { start: 9, end: 9 }))?.toString(), '9');
    const found = await store.get(key('range'), { start: 0, end: 1 });
    assert.equal(found?.sizeInBytes, 10, 'the size is of the whole');
    found?.stream.destroy();
  } },
  { id: 'DOC-008', title: 'a range beyond the end is cut to what there is', async run({ store }) {
    await store.put(key('cut'), contentOf('0123456789'), TYPE);
    assert.equal((await read(store, key('cut'), { start: 8, end: 800 }))?.toString(), '89');
    assert.equal((await read(store, key('cut'), { start: 50, end: 60 }))?.byteLength, 0);
    assert.equal((await read(store, key('cut'), { start: 8, end: Number.MAX_SAFE_INTEGER }))?.toString(), '89');
    assert.equal((await read(store, key('cut'), { start: Number.MAX_SAFE_INTEGER - 1, end: Number.MAX_SAFE_INTEGER }))?.byteLength, 0);
  } },
  { id: 'DOC-009', title: 'deleted is gone, and deleting nothing is no error', async run({ store }) {
    await store.put(key('gone'), contentOf('x'), TYPE);
    await store.delete(key('gone'));
    assert.equal(await store.get(key('gone')), undefined);
    await store.delete(key('gone'));
    await store.delete(key('never/there'));
  } },
  { id: 'DOC-010', title: 'a key may be the beginning of another', async run({ store }) {
    await store.put(key('doc'), contentOf('short'), TYPE);
    await store.put(key('doc/whole'), contentOf('long'), TYPE);
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
      await assert.rejects(async () => store.put(forced, contentOf('x'), TYPE), `put took ${JSON.stringify(hostile)}`);
      await assert.rejects(async () => store.get(forced), `get took ${JSON.stringify(hostile)}`);
      await assert.rejects(async () => store.delete(forced), `delete took ${JSON.stringify(hostile)}`);
    }
  } },
  { id: 'DOC-012', title: 'large documents, many at once, pass through, and hardly any of them is in memory', needs: 'streams', async run({ store }) {
    const memory = new WatchedMemory();
    const others = Array.from({ length: 6 }, () => madeAsRead(10_000_000, memory));
    await Promise.all([store.put(key('large'), madeAsRead(30_000_000, memory), TYPE), ...others.map((content, at) => store.put(key(`large/${at}`), content, TYPE))]);
    assert.ok(memory.wentByInBytes >= 90_000_000 && memory.mostInBytes < 16_000_000, `${memory.mostInBytes} bytes were in memory`);
    const found = await store.get(key('large'));
    await provenBytes(found?.stream ?? Readable.from([]), madeAsRead(30_000_000)).forEach(() => undefined);
  } },
  { id: 'DOC-013', title: 'two that write one key at the same time: one of them wins, whole', async run({ store }) {
    const writers = Array.from({ length: 8 }, (_, at) => Buffer.alloc(50_000, at + 1));
    await Promise.all(writers.map((bytes) => store.put(key('race'), contentOf(bytes), TYPE)));
    const winner = await read(store, key('race'));
    assert.ok(winner && writers.some((bytes) => bytes.equals(winner)), 'the bytes of two writers were mixed');
  } },
  { id: 'DOC-014', title: 'a reader that has begun is not disturbed by a deletion', async run({ store }) {
    await store.put(key('reading'), contentOf(Buffer.alloc(300_000, 5)), TYPE);
    const found = await store.get(key('reading'));
    assert.ok(found);
    const iterator = (found.stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    let size = ((await iterator.next()).value as Buffer).byteLength;
    await store.delete(key('reading'));
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) size += next.value.byteLength;
    assert.equal(size, 300_000);
  } },
  { id: 'DOC-015', title: 'one council does not see what another has put', needs: 'two-councils', async run({ store, elsewhere }) {
    await store.put(key('mine'), contentOf('mine'), TYPE);
    assert.equal(await elsewhere?.get(key('mine')), undefined);
    await elsewhere?.put(key('mine'), contentOf('theirs'), TYPE);
    await elsewhere?.delete(key('mine'));
    assert.equal((await read(store, key('mine')))?.toString(), 'mine');
  } },
  { id: 'DOC-016', title: 'what was put is there after a restart', needs: 'reopening', async run(harness) {
    await harness.store.put(key('lasting'), contentOf('lasting'), TYPE);
    const reopened = harness.reopen?.();
    assert.equal(reopened && (await read(reopened, key('lasting')))?.toString(), 'lasting');
  } },
  { id: 'DOC-017', title: 'a far end that does not answer is Unavailable, never "nothing there"', needs: 'far-end', async run(harness) {
    await harness.store.put(key('there'), contentOf('there'), TYPE);
    await harness.breakFarEnd?.();
    const isUnavailable = (error: unknown): boolean => isGuildhallError(error) && error.code === 'unavailable';
    await assert.rejects(harness.store.get(key('there')), isUnavailable);
    await assert.rejects(harness.store.put(key('more'), contentOf('more'), TYPE), isUnavailable);
    await assert.rejects(harness.store.delete(key('there')), isUnavailable);
  } },
  { id: 'DOC-018', title: 'a range in the middle of twelve megabytes', async run({ store }) {
    const part = Buffer.alloc(1_000_000, 'abcdefghijklmnopqrstuvwxyz0123456789-');
    await store.put(key('middle'), contentOf(...Array.from({ length: 12 }, () => part)), TYPE);
    const found = await read(store, key('middle'), { start: 8_999_998, end: 9_000_001 });
    assert.deepEqual(found, Buffer.concat([part.subarray(-2), part.subarray(0, 2)]));
    const last = await read(store, key('middle'), { start: 11_999_999, end: 40_000_000 });
    assert.deepEqual(last, part.subarray(-1));
  } },
  { id: 'DOC-019', title: 'large content that breaks while it is read leaves nothing behind, and what was there before', async run({ store }) {
    await assert.rejects(store.put(key('large-broken'), failing(12_000_000), TYPE));
    assert.equal(await store.get(key('large-broken')), undefined);
    await store.put(key('large-kept'), contentOf('before'), TYPE);
    await assert.rejects(store.put(key('large-kept'), failing(12_000_000), TYPE));
    assert.equal((await read(store, key('large-kept')))?.toString(), 'before');
  } },
  { id: 'DOC-020', title: 'the same bytes put twice under one key are there once, and whole', async run({ store }) {
    const bytes = Buffer.alloc(12_000_000, 3);
    for (let times = 0; times < 2; times++) await store.put(key('twice'), contentOf(bytes), TYPE);
    assert.equal((await read(store, key('twice')))?.equals(bytes), true);
    await store.delete(key('twice'));
    assert.equal(await store.get(key('twice')), undefined);
  } },
  { id: 'DOC-021', title: 'a fault that passes is not seen, and nothing that was acknowledged is lost', needs: 'passing-faults', async run(harness) {
    for (let round = 0; ; round++) {
      const [small, large] = [key(`small/${round}`), key(`large/${round}`)];
      if (!(await harness.failOnce?.())) break;
      await harness.store.put(small, contentOf('small'), TYPE);
      await harness.failOnce?.();
      await harness.store.put(large, contentOf(Buffer.alloc(9_000_000, round)), TYPE);
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
    await harness.store.put(key('cut-off'), contentOf(bytes), TYPE);
    await harness.cutReadings?.('once');
    const got = await read(harness.store, key('cut-off')).catch(() => 'failed' as const);
    assert.ok(got === 'failed' || got?.equals(bytes), 'other bytes came than were put');
    await harness.cutReadings?.('always');
    await assert.rejects(read(harness.store, key('cut-off')));
  } },
  { id: 'DOC-023', title: 'damaged bytes are never given as whole ones', needs: 'damage', async run(harness) {
    await harness.store.put(key('damaged'), contentOf(Buffer.alloc(100_000, 9)), TYPE);
    await harness.damage?.(key('damaged'));
    await assert.rejects(read(harness.store, key('damaged')));
  } },
  { id: 'DOC-024', title: 'content that is not what it says it is is not kept: shorter, longer, other bytes', async run({ store }) {
    await store.put(key('said'), contentOf('before'), TYPE);
    const said = contentOf('what was looked at');
    for (const other of ['what was looked', 'what was looked at and more', 'what was swapped in', '', 'x'.repeat(200_000)]) {
      for (const at of [key('said'), key('unsaid')]) await assert.rejects(store.put(at, { ...said, read: () => contentOf(other).read() }, TYPE), `${other.slice(0, 30)} was kept`);
    }
    assert.equal((await read(store, key('said')))?.toString(), 'before');
    assert.equal(await store.get(key('unsaid')), undefined);
  } },
];

async function sizeOf(store: DocumentStore, at: StoreKey): Promise<number | undefined> {
  const found = await store.get(at);
  found?.stream.destroy();
  return found?.sizeInBytes;
}

/** The rules of a document store. @public */
export const documentStoreKit = defineKit<DocumentStoreHarness>({ id: 'documents.document-store', contract: '@guildhall/documents-contract', version: '0.1.0', cases });
