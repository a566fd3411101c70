import { randomInt } from 'node:crypto';
import { PAYMENTS } from '@guildhall/payments-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import type { SimulatedPayments } from '@guildhall/payments-contract/testing';
import { playHistory } from '@guildhall/payments-contract/testing';
import { runPayments } from '../../test/harness';
import type { RunningPayments } from '../../test/harness';
import { TakeWebhook } from '../webhooks/take-webhook';
import { ReconcilePayments } from './reconcile-payments';

/** A fifth of them on the second PostgreSQL: the rules are the module's, and the same on both. */
const HISTORIES = process.env['GUILDHALL_TEST_POSTGRES'] ? 200 : 1000;

/** The module with its ledger, as the simulator plays on it. */
function simulated(running: RunningPayments): SimulatedPayments {
  const { app, clock } = running;
  const webhooks = app.get(TakeWebhook);
  const drain = async (): Promise<void> => {
    const { rowCount } = await app.owner.query('select from kernel.waiting_job where run_at <= $1 limit 1', [clock.now()]);
    if (rowCount === 0) return;
    await app.drainJobs();
  };
  return {
    payments: app.get<PaymentsApi>(PAYMENTS.token),
    reconcile: async () => {
      await drain();
      clock.advance(7 * 3600);
      await app.get(ReconcilePayments).run(app.systemContext());
      await drain();
    },
    webhook: async (delivery) => {
      await webhooks.take(running.as('nobody'), 'session', delivery).catch((error: unknown) => { if ((error as { code?: string }).code !== 'not-found') throw error; });
      await drain();
    },
    books: async (paymentId) => {
      const { rows } = await app.owner.query<{ booked: string; surplus: string; back: string; waiting: string; balance: string }>(`
        select coalesce(sum(e.amount_in_pence) filter (where j.kind = 'payment' and e.account = 'at-provider'), 0) as booked, coalesce(sum(e.amount_in_pence) filter (where j.kind = 'surplus' and e.account = 'at-provider'), 0) as surplus,
          coalesce(-sum(e.amount_in_pence) filter (where j.refund_id is not null and e.account = 'at-provider'), 0) as back, coalesce(sum(e.amount_in_pence), 0) as balance,
          (select count(*) from payments.attempt a where a.payment_id = $1 and a.provider_payment_id is not null and a.state in ('created', 'started', 'submitted')) as waiting
        from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id where j.payment_id = $1`, [paymentId]);
      const [row] = rows;
      if (!row || row.balance !== '0') throw new Error(`The ledger of ${paymentId} does not balance.`);
      return { booked: Number(row.booked), surplus: Number(row.surplus), paidBack: Number(row.back), waiting: Number(row.waiting) };
    },
    published: async (paymentId) => (await running.published(paymentId)).map((event) => ({ type: event.type, amountInPence: event.data.amountInPence })),
  };
}

for (const style of ['redirect', 'session'] as const) {
  describe(`a provider of the kind "${style}"`, () => {
    let running: RunningPayments;
    beforeAll(async () => { running = await runPayments(style); });
    afterAll(() => running.close());

    it(`${HISTORIES / 2} histories of loss, doubling, reordering, delay and crash break no rule on PostgreSQL`, async () => {
      const first = process.env.SEED ? Number(process.env.SEED) : randomInt(1, 2 ** 31);
      const count = process.env.SEED ? 1 : HISTORIES / 2;
      const began = Date.now();
      const target = simulated(running);
      const people = { resident: running.as('resident'), manager: running.as('manager') };
      for (let seed = first; seed < first + count; seed++) {
        await playHistory(seed, running.far, target, people, { uuid: () => running.ids.uuid(), token: (bytes) => running.ids.token(bytes), bytes: (length) => running.ids.bytes(length) });
        // The history is over and was checked: its payment need not come round in the next one's weeks.
        await running.app.owner.query('update payments.attempt set next_check_at = null where next_check_at is not null');
      }
      process.stdout.write(`Played ${count} histories on PostgreSQL (${style}) from seed ${first} in ${Date.now() - began} ms. One again: SEED=<seed>.\n`);
      const { rows } = await running.app.owner.query<{ state: string; n: number }>('select state, count(*)::int as n from payments.payment group by state order by state');
      process.stdout.write(`They ended as ${JSON.stringify(Object.fromEntries(rows.map((row) => [row.state, row.n])))}.\n`);
    }, 300_000);
  });
}
