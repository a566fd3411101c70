import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER_KIT } from '@guildhall/payments-contract/testing';
import { asInProduction, sourceWith } from './testing/conformance-harness';

describe('GOV.UK Pay, whose Idempotency-Keys are for recurring payments only', () => {
  const reported = testReportedConformance(PAYMENT_PROVIDER_KIT, { describe, it }, asInProduction);

  it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
    const file = join(__dirname, '../conformance.json');
    const report = reported('@guildhall/payments-provider-govuk-pay');
    if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
  });
});
describe('GOV.UK Pay, were its Idempotency-Keys kept for every payment', () => { testConformance(PAYMENT_PROVIDER_KIT, { describe, it }, sourceWith({ keysFor: 'every-payment' }, ['idempotent-create'])); });
