import { startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { load } from './load.mjs';
import { openSimulator, takePayments } from './payments-at-simulator.mjs';
import { figure } from './table.mjs';

const PORT = 5044;
const ROUNDS = 5;
const SECONDS = 5;
const RATE = 200;

/** Webhooks of GOV.UK Pay, each a new event of a payment that was taken, signed as its simulator signs them, at a steady rate. What each leads to waits for a worker that is not there. */
export async function webhooks({ database, folder, root }) {
  const { pay, env, data, main, sign } = await openSimulator({ database, folder, root, port: 5074 });
  const { owner } = database;
  const rounds = [];
  try {
    const server = await startApp({ root, main, args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
    try {
      await takePayments(PORT, RATE * SECONDS, 4);
      const payments = pay.controls.payments();
      for (const { id } of payments) pay.controls.payerDoes(id, 'succeed');
      let told = 0;
      const headers = { 'content-type': 'application/json', host: `localhost:${PORT}` };
      const tell = [{ method: 'POST', path: '/payments/webhooks/govuk-pay', headers, setupRequest: (given) => {
        const { body } = pay.controls.webhooks.message(payments[told++ % payments.length], 'card_payment_captured');
        return { ...given, body, headers: { ...headers, 'pay-signature': sign(body) } };
      } }];
      // Until the compiler has seen what is hot.
      await load({ port: PORT, seconds: 6, requests: tell, rate: 2 * RATE });
      for (let round = 0; round < ROUNDS; round++) {
        // A worker would have done by now what the last round brought; a payment of which it has yet to ask is not put in twice.
        await owner.query('delete from kernel.waiting_job');
        await owner.query('checkpoint');
        const before = server.cpu();
        const { total, p99, p50 } = await load({ port: PORT, seconds: SECONDS, requests: tell, rate: RATE });
        rounds.push({ p99, p50, cpu: ((server.cpu() - before) / total) * 1000, perSecond: total / SECONDS });
        const [{ waiting }] = (await owner.query(`select count(*)::int as waiting from kernel.waiting_job where kind = 'do:payments.ask-about-attempt'`)).rows;
        if (waiting < Math.min(payments.length, 0.9 * total)) throw new Error(`Of ${total} webhooks only ${waiting} led to a question.`);
      }
    } finally {
      await server.stop();
    }
  } finally {
    await pay.stop();
    await owner.query('delete from kernel.waiting_job');
  }
  const middle = (of) => median(rounds.map(of));
  return [
    figure('webhooks.p99-ms', `webhook of a payment provider at ${RATE} requests a second: 99th percentile`, middle(({ p99 }) => p99), 'ms', { atMost: 50 }),
    figure('webhooks.p50-ms', `webhook of a payment provider at ${RATE} requests a second: median`, middle(({ p50 }) => p50), 'ms'),
    figure('webhooks.per-second', 'the same: as many were sent', middle(({ perSecond }) => perSecond), '/s', { atLeast: 0.95 * RATE }),
    figure('webhooks.cpu-ms', 'webhook of a payment provider: CPU of the server', middle(({ cpu }) => cpu), 'ms'),
  ];
}
