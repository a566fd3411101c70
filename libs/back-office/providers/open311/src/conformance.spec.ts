import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backOfficeKit } from '@guildhall/back-office-contract/testing';
import { testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import { sourceOf } from './testing/conformance-harness';

describe('XML', () => {
  const reported = testReportedConformance(backOfficeKit, { describe, it }, sourceOf('xml'));

  it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
    const file = join(__dirname, '../conformance.json');
    const written = `${JSON.stringify(reported('@guildhall/back-office-provider-open311'), null, 2)}\n`;
    if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});
describe('JSON', () => testConformance(backOfficeKit, { describe, it }, sourceOf('json')));
