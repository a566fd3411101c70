import { randomInt } from 'node:crypto';
import { FixedClock, SeededIds, testContext, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import type { PaymentId } from '../index';
import { InMemoryProvider, inMemoryPayments, playHistory } from './index';
import type { InMemoryPayments, SimulatedPayments } from './index';

const HISTORIES = 100_000;
const people = { resident: testContext({ actor: testResident() }), manager: testContext({ actor: testOfficer(['payments.view', 'payments.take', 'payments.refund']) }) };

function simulated(payments: InMemoryPayments): SimulatedPayments {
  return {
    payments, reconcile: () => payments.reconcile(people.manager), webhook: async (delivery) => { await payments.webhook(people.resident, delivery); },
    books: async () => payments.books(),
    published: async (paymentId: PaymentId) => payments.published.filter((event) => event.data.paymentId === paymentId).map((event) => ({ type: event.type, amountInPence: event.data.amountInPence })),
  };
}

it(`${HISTORIES} histories of loss, doubling, reordering, delay and crash break no rule`, async () => {
  const first = process.env.SEED ? Number(process.env.SEED) : randomInt(1, 2 ** 31);
  const count = process.env.SEED ? 1 : HISTORIES;
  const began = Date.now();
  const ends = new Map<string, number>();
  for (let seed = first; seed < first + count; seed++) {
    const far = new InMemoryProvider(seed % 2 === 0 ? 'redirect' : 'session');
    const clock = new FixedClock();
    far.now = () => clock.now();
    const payments = inMemoryPayments({ provider: far, clock, ids: new SeededIds(seed) });
    await playHistory(seed, far, simulated(payments), people, new SeededIds(seed + 1));
    for (const event of payments.published) ends.set(event.type, (ends.get(event.type) ?? 0) + 1);
    const { surplus } = payments.books();
    if (surplus > 0) ends.set('surplus', (ends.get('surplus') ?? 0) + 1);
  }
  process.stdout.write(`Played ${count} histories from seed ${first} in ${Date.now() - began} ms: ${JSON.stringify(Object.fromEntries(ends))}. One again: SEED=<seed>.\n`);
  // A simulation in which nothing happens proves nothing.
  if (count > 1) for (const kind of ['payments.payment-succeeded', 'payments.payment-failed', 'payments.payment-refunded', 'surplus']) expect(ends.get(kind)).toBeGreaterThan(HISTORIES / 100);
}, 300_000);
