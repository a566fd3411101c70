import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import { addressProviderKit } from '@guildhall/addresses-contract/testing';
import { sourceOf } from './testing/conformance-harness';

describe('LPI, the councils’ gazetteers', () => {
  const reported = testReportedConformance(addressProviderKit, { describe, it }, sourceOf('LPI'));

  it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
    const file = join(__dirname, '../conformance.json');
    const report = reported('@guildhall/addresses-provider-os-places');
    const written = `${JSON.stringify(report, null, 2)}\n`;
    if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});
describe('DPA, delivery points', () => testConformance(addressProviderKit, { describe, it }, sourceOf('DPA')));
