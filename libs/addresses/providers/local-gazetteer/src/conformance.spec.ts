import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import { addressProviderKit } from '@guildhall/addresses-contract/testing';
import { riverbourne } from './index';
import { source, sourceOf } from './testing/conformance-harness';

describe('riverbourne', () => testConformance(addressProviderKit, { describe, it }, sourceOf(riverbourne, 'High Street')));
describe('glanafon', () => {
  const reported = testReportedConformance(addressProviderKit, { describe, it }, source);

  it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
    const file = join(__dirname, '../conformance.json');
    const written = `${JSON.stringify(reported('@guildhall/addresses-provider-local-gazetteer'), null, 2)}\n`;
    if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});
