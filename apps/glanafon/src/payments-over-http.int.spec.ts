import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { InMemoryProvider, PAYMENTS_KIT } from '@guildhall/payments-contract/testing';
import { startFarAndNear, type FarAndNear } from '../test/far-and-near';

const PACKAGE = path.join(__dirname, '../../../libs/payments/over-http');

// Each kind of provider has rules that the other has not.
for (const [style, file] of [['redirect', 'conformance.json'], ['session', 'conformance-session.json']] as const) {
  describe(`a neighbour’s payments over HTTP, with a provider of the kind "${style}"`, () => {
    let running: FarAndNear;
    beforeAll(async () => { running = await startFarAndNear(style); });
    afterAll(() => running?.app.close());
    const reported = testReportedConformance(PAYMENTS_KIT, { describe, it }, {
      abilities: [...new InMemoryProvider(style).abilities, 'late-success', 'two-councils', ...(style === 'redirect' ? ['refunds-can-fail'] : [])], open: async () => running.harness(),
    });
    it(`${file} says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)`, async () => {
      const report = reported('@guildhall/payments-over-http');
      if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(path.join(PACKAGE, file), `${JSON.stringify(report, null, 2)}\n`);
      expect(JSON.parse(await readFile(path.join(PACKAGE, file), 'utf8'))).toEqual(report);
    });
  });
}
