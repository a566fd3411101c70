import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER_KIT } from '@guildhall/payments-contract/testing';
import { source } from './testing/conformance-harness';

const reported = testReportedConformance(PAYMENT_PROVIDER_KIT, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = join(__dirname, '../conformance.json');
  const report = reported('@guildhall/payments-provider-stripe');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});
