import { Secret, testConformance } from '@guildhall/kernel-contract';
import type { Outbound, RequestContext } from '@guildhall/kernel-contract';
import { OUTBOUND } from '@guildhall/kernel';
import { HttpPayments, PAYMENTS, PaymentsDispatcher } from '@guildhall/payments-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { InMemoryProvider, PAYMENTS_KIT } from '@guildhall/payments-contract/testing';
import { harnessOf, runPayments } from '../test/harness';
import type { RunningPayments } from '../test/harness';

for (const style of ['redirect', 'session'] as const) {
  describe(`with a provider of the kind "${style}"`, () => {
    let running: RunningPayments;
    beforeAll(async () => { running = await runPayments(style); });
    afterAll(() => running.close());
    const abilities = [...new InMemoryProvider(style).abilities, 'late-success', 'two-councils', ...(style === 'redirect' ? ['refunds-can-fail'] : [])];

    testConformance(PAYMENTS_KIT, { describe: (name, body) => describe(`${name}, the module`, body), it }, {
      abilities, open: async () => harnessOf(running, running.app.get<PaymentsApi>(PAYMENTS.token)),
    });

    testConformance(PAYMENTS_KIT, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, {
      abilities, open: async () => {
        const client = (slug: string): HttpPayments => new HttpPayments({ outbound: running.app.get<Outbound>(OUTBOUND), origin: running.app.origin(slug), credential: new Secret('kit.correct') });
        const clients: Readonly<Record<string, HttpPayments>> = { riverbourne: client('riverbourne'), glanafon: client('glanafon') };
        return harnessOf(running, new PaymentsDispatcher((ctx: RequestContext) => clients[ctx.council.slug] as PaymentsApi));
      },
    });
  });
}
