import assert from 'node:assert/strict';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { VirusScanner } from '../virus-scanner';
import { photoWithPlace, smallPdf } from './samples';

/** A scanner under test. Ability: `far-end` when it can be made unreachable. @public */
export interface VirusScannerHarness {
  readonly scanner: VirusScanner;
  /** Needs `far-end`. */
  breakFarEnd?(): Promise<void> | void;
}

/** The EICAR test file, which every scanner reports and which harms nothing. It is put together here, so that no scanner reports this file. @public */
export function harmlessVirus(): Buffer {
  return Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''), 'latin1');
}

const cases: readonly ConformanceCase<VirusScannerHarness>[] = [
  { id: 'DVS-001', title: 'a photo and a letter are clean', async run({ scanner }) {
    assert.deepEqual(await scanner.scan(photoWithPlace), { isClean: true });
    assert.deepEqual(await scanner.scan(smallPdf), { isClean: true });
  } },
  { id: 'DVS-002', title: 'the standard test virus is found and named', async run({ scanner }) {
    const result = await scanner.scan(harmlessVirus());
    assert.ok(!result.isClean && result.finding.length > 0);
  } },
  { id: 'DVS-003', title: 'no bytes at all are clean', async run({ scanner }) {
    assert.deepEqual(await scanner.scan(Buffer.alloc(0)), { isClean: true });
  } },
  { id: 'DVS-004', title: 'ten files at the same time are told apart', async run({ scanner }) {
    const results = await Promise.all(Array.from({ length: 10 }, (_, at) => scanner.scan(at % 2 ? harmlessVirus() : smallPdf)));
    assert.deepEqual(results.map((result) => result.isClean), Array.from({ length: 10 }, (_, at) => at % 2 === 0));
  } },
  { id: 'DVS-005', title: 'a scanner that does not answer is Unavailable, never clean', needs: 'far-end', async run({ scanner, breakFarEnd }) {
    await breakFarEnd?.();
    await assert.rejects(scanner.scan(smallPdf), (error) => isGuildhallError(error) && error.code === 'unavailable');
  } },
];

/** The rules of a virus scanner. @public */
export const virusScannerKit = defineKit<VirusScannerHarness>({ id: 'documents.virus-scanner', contract: '@guildhall/documents-contract', version: '0.1.0', cases });
