import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { addressProviderKit } from '@guildhall/addresses-contract/testing';
import { wards, zones } from './testing/conformance-harness';

const reports = [
  ['conformance.json', testReportedConformance(addressProviderKit, { describe, it }, wards)],
  ['conformance-zones.json', testReportedConformance(addressProviderKit, { describe, it }, zones)],
] as const;

it.each(reports)('%s says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', (name, reported) => {
  const file = join(__dirname, '..', name);
  const written = `${JSON.stringify(reported('@guildhall/addresses-provider-geojson-boundaries'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
