import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER_KIT } from '@guildhall/payments-contract/testing';
import { source } from './testing/conformance-harness';

const reported = testReportedConformance(PAYMENT_PROVIDER_KIT, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = path.join(__dirname, '../conformance.json');
  const report = reported('@heron-pike/pay-by-bank');
  if (process.env.GUILDHALL_WRITE_REPORTS || !existsSync(file)) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(report)));
});
