import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { atRest, defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import { WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
import { DOCUMENT_LIMITS } from '../document';
import type { VirusScanner } from '../virus-scanner';
import { photoWithPlace, smallPdf } from './samples';

/**
 * A scanner under test. Abilities: `far-end` when it can be made unreachable, `odd-answers` when what it says can be spoilt, `size-limit` when a file can be more than it takes.
 * @public
 */
export interface VirusScannerHarness {
  readonly scanner: VirusScanner;
  /** Needs `far-end`. */
  breakFarEnd?(): Promise<void> | void;
  /** Makes the far end say something that is no verdict, and each time it is called something else; `false` when there is nothing else. Needs `odd-answers`. */
  spoilAnswers?(): Promise<boolean> | boolean;
  /** The far end takes no files of more than so many bytes. Needs `size-limit`. */
  limitTo?(bytes: number): Promise<void> | void;
}

/** The EICAR test file, which every scanner reports and which harms nothing. It is put together here, so that no scanner reports this file. @public */
export function harmlessVirus(): Buffer {
  return Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''), 'latin1');
}

const cases: readonly ConformanceCase<VirusScannerHarness>[] = [
  { id: 'DVS-001', title: 'a photo and a letter are clean', async run({ scanner }) {
    assert.deepEqual(await scanner.scan(atRest(photoWithPlace)), { isClean: true });
    assert.deepEqual(await scanner.scan(atRest(smallPdf)), { isClean: true });
  } },
  { id: 'DVS-002', title: 'the standard test virus is found and named', async run({ scanner }) {
    const result = await scanner.scan(atRest(harmlessVirus()));
    assert.ok(!result.isClean && result.finding.length > 0);
  } },
  { id: 'DVS-003', title: 'no bytes at all are clean', async run({ scanner }) {
    assert.deepEqual(await scanner.scan(atRest(Buffer.alloc(0))), { isClean: true });
  } },
  { id: 'DVS-004', title: 'ten files at the same time are told apart', async run({ scanner }) {
    const results = await Promise.all(Array.from({ length: 10 }, (_, at) => scanner.scan(atRest(at % 2 ? harmlessVirus() : smallPdf))));
    assert.deepEqual(results.map((result) => result.isClean), Array.from({ length: 10 }, (_, at) => at % 2 === 0));
  } },
  { id: 'DVS-005', title: 'a scanner that does not answer is Unavailable, never clean', needs: 'far-end', async run({ scanner, breakFarEnd }) {
    await breakFarEnd?.();
    await assert.rejects(scanner.scan(atRest(smallPdf)), isUnavailable);
  } },
  { id: 'DVS-006', title: 'what a council takes at most is scanned, and a virus among such files is found', async run({ scanner }) {
    assert.deepEqual(await scanner.scan(atRest(Buffer.alloc(DOCUMENT_LIMITS.fileInBytes, 0x20))), { isClean: true });
    assert.equal((await scanner.scan(atRest(harmlessVirus()))).isClean, false);
  } },
  { id: 'DVS-007', title: 'the name of a find is plain: no control characters, no content of the file, at most 100 characters', async run({ scanner }) {
    const result = await scanner.scan(atRest(harmlessVirus()));
    assert.ok(!result.isClean && /^[\x20-\x7e]{1,100}$/.test(result.finding) && !result.finding.includes('X5O!P%'), JSON.stringify(result));
  } },
  { id: 'DVS-008', title: 'an answer that is no verdict is Unavailable, never clean', needs: 'odd-answers', async run({ scanner, spoilAnswers }) {
    while (await spoilAnswers?.()) await assert.rejects(scanner.scan(atRest(smallPdf)), isUnavailable);
  } },
  { id: 'DVS-009', title: 'a file that is more than the scanner takes is Unavailable, never clean', needs: 'size-limit', async run({ scanner, limitTo }) {
    await limitTo?.(100_000);
    assert.deepEqual(await scanner.scan(atRest(Buffer.alloc(100_000))), { isClean: true });
    await assert.rejects(scanner.scan(atRest(Buffer.alloc(100_001))), isUnavailable);
    await assert.rejects(scanner.scan(atRest(Buffer.alloc(5_000_000))), isUnavailable);
  } },
  { id: 'DVS-010', title: 'content that breaks while it is read, or is not what it says it is, is an error, never clean', async run({ scanner }) {
    const letter = atRest(smallPdf);
    await assert.rejects(scanner.scan({ ...letter, read: () => Readable.from((function* () { yield smallPdf.subarray(0, 20); throw new Error('The disk does not answer.'); })()) }));
    for (const other of [smallPdf.subarray(0, -1), Buffer.concat([smallPdf, smallPdf]), Buffer.alloc(smallPdf.byteLength, 0x20), Buffer.alloc(0)]) await assert.rejects(scanner.scan({ ...letter, read: () => atRest(other).read() }), isUnavailable);
    assert.deepEqual(await scanner.scan(letter), { isClean: true });
  } },
  { id: 'DVS-011', title: 'of eight large files at once hardly any is in memory', async run({ scanner }) {
    const memory = new WatchedMemory();
    const files = Array.from({ length: 8 }, () => madeAsRead(DOCUMENT_LIMITS.fileInBytes, memory));
    for (const result of await Promise.all(files.map((file) => scanner.scan(file)))) assert.deepEqual(result, { isClean: true });
    assert.ok(memory.wentByInBytes >= 80_000_000 && memory.mostInBytes < 16_000_000, `${memory.mostInBytes} bytes were in memory`);
  } },
];

function isUnavailable(error: unknown): boolean { return isGuildhallError(error) && error.code === 'unavailable'; }

/** The rules of a virus scanner. @public */
export const virusScannerKit = defineKit<VirusScannerHarness>({ id: 'documents.virus-scanner', contract: '@guildhall/documents-contract', version: '0.1.0', cases });
