import { startApp } from './app-process.mjs';
import { captured, median } from './captured.mjs';
import { askAndStart, openSimulator, takePayment, takePayments } from './payments-at-simulator.mjs';
import { figure } from './table.mjs';

const PORT = 5034;
const ROUNDS = 7;
const PAYMENTS_A_ROUND = 100;
/** Until the compiler has seen what is hot. */
const WARMING_PAYMENTS = 800;
/** Payers at the same time. */
const PAYERS = 4;

/** Taking a payment over the API, as another system does: asked for and begun at the provider, whose simulator is in the bench's own process, by one request; and by two, as when somebody is sent a link to pay first. */
export async function takingAPayment({ database, folder, root }) {
  const { pay, env, data, main } = await openSimulator({ database, folder, root, port: 5074 });
  const rounds = [];
  const transactions = {};
  try {
    for (const [how, send] of Object.entries({ take: takePayment, start: askAndStart })) transactions[how] = transactionsIn((await captured({ root, folder, env, data, main, port: PORT, send })).statements);
    const server = await startApp({ root, main, args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
    const cpuOf = async (send) => {
      await database.owner.query('checkpoint');
      const before = server.cpu();
      await takePayments(PORT, PAYMENTS_A_ROUND, PAYERS, send);
      return ((server.cpu() - before) / PAYMENTS_A_ROUND) * 1000;
    };
    try {
      for (const send of [takePayment, askAndStart]) await takePayments(PORT, WARMING_PAYMENTS / 2, PAYERS, send);
      for (let round = 0; round < ROUNDS; round++) rounds.push({ cpu: await cpuOf(takePayment), apart: await cpuOf(askAndStart) });
    } finally {
      await server.stop();
    }
    const [{ begun }] = (await database.owner.query(`select count(*)::int as begun from payments.attempt where provider = 'payments.govuk-pay' and state = 'created' and provider_payment_id = any($1)`, [pay.controls.payments().map(({ id }) => id)])).rows;
    if (begun < WARMING_PAYMENTS + 2 * ROUNDS * PAYMENTS_A_ROUND) throw new Error(`Only ${begun} payments are known with what the provider calls them.`);
  } finally {
    await pay.stop();
  }
  return [
    figure('payments.cpu-ms', 'taking a payment, asked for and begun at the simulator of GOV.UK Pay: CPU of the server', median(rounds.map(({ cpu }) => cpu)), 'ms', { atMost: 3 }),
    figure('payments.transactions', 'the same: transactions', transactions.take, '', { atMost: 2 }),
    figure('payments.apart-cpu-ms', 'asked for by one request, begun by another: CPU of the server', median(rounds.map(({ apart }) => apart)), 'ms'),
    figure('payments.apart-transactions', 'the same: transactions', transactions.start, ''),
  ];
}

/** As PostgreSQL counts them: each that is opened, and each statement outside one. */
function transactionsIn(statements) {
  let count = 0;
  let isOpen = false;
  for (const { text } of statements) {
    if (!isOpen) count++;
    if (/^begin/i.test(text)) isOpen = true;
    if (/^(commit|rollback)/i.test(text)) isOpen = false;
  }
  return count;
}
