import path from 'node:path';
import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const ITEMS = 100_000;
const PROVIDER = 'payments.bench';
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';

/** A day on which a provider settled a hundred thousand payments, read and compared with our books by a worker; a hundred of them differ and become cases. Then a tenth of it, by a worker that has read nothing before either. */
export async function reconciliation({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  const { owner } = database;
  await owner.query(`insert into payments.payment (council_id, payment_id, reference, description_en, description_cy, state, amount_in_pence, subject_type, subject_id, language, return_path, requested_at, paid_at, request_key, request_hash)
    select $1, ('0199a3f2-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'BENCH-' || n, 'Fee', 'Ffi', 'succeeded', 5500, 'draft', 'bench', 'en', '/', now() - interval '3 days', now() - interval '3 days', 'bench-' || n, 'h' from generate_series(0, $2::int - 1) n on conflict do nothing`, [COUNCIL, ITEMS]);
  await owner.query(`insert into payments.attempt (council_id, payment_id, number, provider, state, money, provider_payment_id, taken_in_pence, begun_at, finished_at)
    select $1, ('0199a3f2-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 1, $3, 'succeeded', 'booked', 'bench-' || n, 5500, now() - interval '3 days', now() - interval '3 days' from generate_series(0, $2::int - 1) n on conflict do nothing`, [COUNCIL, ITEMS, PROVIDER]);
  await owner.query('analyze payments.payment, payments.attempt');
  const tenth = await readList({ owner, root, args: data, env }, ITEMS / 10);
  const whole = await readList({ owner, root, args: data, env }, ITEMS);
  return [
    figure('reconciliation.seconds', 'a settled list of 100,000 payments, read and compared', whole.seconds, 's', { atMost: 60 }),
    figure('reconciliation.memory-ratio', 'the same: peak memory of the worker, as many times that with a list of 10,000', whole.peakMb / tenth.peakMb, '×', { atMost: 1.1 }),
  ];
}

async function readList({ owner, root, args, env }, items) {
  // What the parts before this one have left to be done would be done first.
  await owner.query('delete from kernel.waiting_job');
  await owner.query(`delete from queue.job where name = 'work'`);
  await owner.query('delete from payments.settlement_difference where provider = $1', [PROVIDER]);
  await owner.query('delete from payments.settled_item where provider = $1', [PROVIDER]);
  const server = await startApp({ root, main: path.join(root, 'tools/bench/reconciling-main.cjs'), args: ['start', '--port', '4650', ...args], env: { ...env, ITEMS: String(items) }, port: 4650 });
  try {
    const began = performance.now();
    // As the button "Run again" does it.
    await owner.query(`insert into payments.settlement_day as d (council_id, provider, day, state, reading, changed_at) values ($1, $2, current_date - 1, 'running', 1, now())
      on conflict (council_id, provider, day) do update set state = 'running', reading = d.reading + 1, page = 0, place = null, changed_at = now()`, [COUNCIL, PROVIDER]);
    await owner.query(`insert into kernel.waiting_job (council_id, job_id, kind, data, run_at) select council_id, gen_random_uuid(), 'do:payments.read-settlements', json_build_object('data', json_build_object('provider', provider, 'day', day::text, 'reading', reading), 'correlationId', 'bench', 'language', 'en'), now()
      from payments.settlement_day where council_id = $1 and provider = $2 and day = current_date - 1`, [COUNCIL, PROVIDER]);
    let day;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      [day] = (await owner.query('select state, payments from payments.settlement_day where council_id = $1 and provider = $2 and day = current_date - 1', [COUNCIL, PROVIDER])).rows;
      if (performance.now() - began > 300_000) throw new Error('The list was not read in five minutes.');
    } while (day.state === 'running');
    const seconds = (performance.now() - began) / 1000;
    const peakMb = server.peakMb();
    const [{ differences }] = (await owner.query('select count(*)::int as differences from payments.settlement_difference where council_id = $1 and provider = $2', [COUNCIL, PROVIDER])).rows;
    if (day.state !== 'done' || day.payments !== items || differences !== items / 1000) throw new Error(`The list was not read: ${day.state}, ${day.payments} payments, ${differences} differences.`);
    return { seconds, peakMb };
  } finally {
    await server.stop();
  }
}
