import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { redirectSignInKit } from '@guildhall/identity-contract/testing';
import { testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import { entra, keycloak, residents, type Opened } from './testing/conformance-harness';

describe('officers at Entra ID', () => testConformance<Opened>(redirectSignInKit, { describe, it }, entra));

describe.each([['residents', residents], ['officers', keycloak]] as const)('%s', (who, each) => {
  const reported = testReportedConformance<Opened>(redirectSignInKit, { describe, it }, each);

  it(`conformance-${who}.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)`, async () => {
    const file = path.join(__dirname, `../conformance-${who}.json`);
    const report = reported(`@guildhall/identity-provider-oidc ${who}`);
    if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
  });
});
