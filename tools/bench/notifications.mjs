import { createRequire } from 'node:module';
import path from 'node:path';
import { runApp, startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { figure } from './table.mjs';

const ROUNDS = 5;
const MESSAGES_A_ROUND = 1500;
/** Until the compiler has seen what is hot. */
const WARMING_MESSAGES = 2500;
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';
const NOBODY_LIMITS = { perMinute: Infinity, perDay: { email: Infinity, sms: Infinity, letter: Infinity } };

/** E-mails that wait, handed over HTTP to the simulator of GOV.UK Notify, which is in the bench's own process, by one worker. */
export async function notifications({ database, folder, root }) {
  const { startNotifySimulator, CARRIER_SETTING } = createRequire(path.join(root, 'apps/riverbourne/package.json'))('@guildhall/notifications-provider-govuk-notify/simulator');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  const { owner } = database;
  // What the parts before this one have left to be done would be done first.
  await owner.query('delete from kernel.waiting_job');
  await owner.query(`delete from queue.job where name = 'work'`);
  const notify = await startNotifySimulator({ port: 5060, delivery: 'by-hand', limits: NOBODY_LIMITS });
  const worker = await startApp({
    root, main: path.join(root, 'tools/bench/notifying-main.cjs'), args: ['work', ...data], ready: false,
    env: { ...env, NOTIFY_ORIGIN: notify.origin, NOTIFY_KEY: notify.apiKey(), NOTIFY_TEMPLATES: CARRIER_SETTING },
  });
  const rounds = [];
  try {
    const round = async (count) => {
      const taken = notify.notifications.length;
      await owner.query('checkpoint');
      const before = worker.cpu();
      await putIn(owner, count);
      await until(worker, () => notify.notifications.length >= taken + count);
      const [first, last] = [notify.notifications[taken], notify.notifications[taken + count - 1]].map(({ createdAt }) => createdAt.getTime());
      const cpu = worker.cpu() - before;
      await until(worker, async () => (await owner.query(`select ((select count(*) from kernel.waiting_job where run_at <= now()) + (select count(*) from queue.job where name = 'work' and state < 'completed'))::int as left_to_do`)).rows[0].left_to_do === 0, 50);
      return { perSecond: ((count - 1) / (last - first)) * 1000, withEvents: (count / (Date.now() - first)) * 1000, cpu: (cpu / count) * 1000 };
    };
    await round(WARMING_MESSAGES);
    for (let at = 0; at < ROUNDS; at++) rounds.push(await round(MESSAGES_A_ROUND));
    const sent = WARMING_MESSAGES + ROUNDS * MESSAGES_A_ROUND;
    const [{ recorded }] = (await owner.query(`select count(*)::int as recorded from notifications.message where template_id = 'bench.message' and state = 'sending' and tries = 1 and provider_reference = any($1)`, [notify.notifications.map(({ id }) => id)])).rows;
    if (recorded !== sent || new Set(notify.notifications.map(({ reference }) => reference)).size !== sent) throw new Error(`Of ${sent} messages the simulator took ${notify.notifications.length}, and ${recorded} are recorded.`);
  } finally {
    await worker.stop();
    await notify.stop();
    await owner.query(`delete from notifications.message where template_id = 'bench.message'`);
  }
  const middle = (of) => median(rounds.map(of));
  return [
    figure('notifications.per-second', 'messages that one worker hands to the simulator of GOV.UK Notify', middle(({ perSecond }) => perSecond), '/s', { atLeast: 500 }),
    figure('notifications.with-events-per-second', 'the same until everybody who subscribes to their leaving has been told, too', middle(({ withEvents }) => withEvents), '/s'),
    figure('notifications.cpu-ms', 'handing over a message: CPU of the worker', middle(({ cpu }) => cpu), 'ms'),
  ];
}

/** Messages as the API leaves them, each with its job. */
async function putIn(owner, count) {
  const words = 'Your garden waste is collected every second Thursday. Put the bin at the edge of your property by 7 in the morning, with the handle to the road.';
  const content = { channel: 'email', title: 'Your collections', subject: 'When we collect your garden waste', parts: [{ language: 'en', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'Hello Bench Person,' }] }, { kind: 'paragraph', children: [{ kind: 'words', words }] }, { kind: 'paragraph', children: [{ kind: 'link', words: 'See all your collections', address: 'https://riverbourne.example/account' }] }] }] };
  await owner.query(`
    with message as (
      insert into notifications.message (council_id, message_id, template_id, channel, language, state, is_secret, plain_title, title, sent_to, address, content, about_type, about_id, next_try_at, give_up_at, created_at, wipe_at)
      select $1, gen_random_uuid(), 'bench.message', 'email', 'en', 'created', false, 'Your collections', 'When we collect your garden waste', 'b…@person.example', jsonb_build_object('channel', 'email', 'email', 'bench-' || n || '@person.example'), $2, 'case', gen_random_uuid(), now(), now() + interval '1 day', now(), now() + interval '1 year'
      from generate_series(1, $3::int) n returning message_id)
    insert into kernel.waiting_job (council_id, job_id, kind, data, run_at)
    select $1, gen_random_uuid(), 'do:notifications.send', jsonb_build_object('data', jsonb_build_object('messageId', message_id), 'correlationId', gen_random_uuid(), 'language', 'en'), now() from message`, [COUNCIL, JSON.stringify(content), count]);
  await owner.query('notify guildhall_work');
}

/** Waits for something that the worker brings about. */
async function until(worker, isSo, everyMs = 5) {
  for (const began = performance.now(); !(await isSo()); ) {
    worker.refuseEnd();
    if (performance.now() - began > 120_000) throw new Error('The worker did not get there in two minutes.');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
