import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { redirectSignInKit } from '@guildhall/identity-contract/testing';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { source, type Opened } from './testing/conformance-harness';

const reported = testReportedConformance<Opened>(redirectSignInKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = path.join(__dirname, '../conformance.json');
  const report = reported('@guildhall/identity-provider-govuk-one-login');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});
