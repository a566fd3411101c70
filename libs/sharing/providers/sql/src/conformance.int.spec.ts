import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { evidenceSourceKit } from '@guildhall/sharing-contract/testing';
import { end, source } from './testing/conformance-harness';

afterAll(end);

const reported = testReportedConformance(evidenceSourceKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../conformance.json');
  const written = `${JSON.stringify(reported('@guildhall/sharing-provider-sql'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
