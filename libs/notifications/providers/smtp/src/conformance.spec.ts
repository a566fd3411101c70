import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { messageProviderKit } from '@guildhall/notifications-contract/testing';
import { source } from './testing/conformance-harness';

const reported = testReportedConformance(messageProviderKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = join(__dirname, '../conformance.json');
  const report = reported('@guildhall/notifications-provider-smtp');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});
