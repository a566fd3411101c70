import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { CARRIER_SETTING, NotifySimulator } from '@guildhall/notifications-provider-govuk-notify/simulator';
import { Pool } from 'pg';
import { KilledProcess, MAIN, freePorts } from '../test/killed-process';
import { MINUTE, buildApps, say } from '../test/killing';

/** Riverbourne with GOV.UK Notify, as it is measured. */
const NOTIFYING = join(__dirname, '../../../tools/bench/notifying-main.cjs');
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';
/** Two parcels for the two lanes of a worker, and what is left for a third. */
const MESSAGES = 60;
const SEND = 'do:notifications.send';
const CALL = 'POST /v2/notifications/email';
/** Until the parcel is in hand, while it is handed over (Notify has some of it, and nothing of that is written down), and until all that came of it is. */
const STEPS = [
  `after the commit that queues ${SEND}`, `when the worker has taken ${SEND}`, 'after the commit of notifications.message', `before the call ${CALL}, time 12`, `when ${CALL} is answered`, `when ${CALL} is answered, time 12`,
  'before the commit of kernel.event, kernel.waiting_job, notifications.message', 'after the commit of kernel.event, kernel.waiting_job, notifications.message', `when the worker has settled ${SEND}`,
];

let database: TestDatabase;
let owner: Pool;
let dataFolder: string;
let worker: KilledProcess;
let clockAhead = 0;
const notify = new NotifySimulator({ delivery: 'by-hand', clock: { now: () => new Date(Date.now() + clockAhead) }, limits: { perMinute: Infinity, perDay: { email: Infinity, sms: Infinity, letter: Infinity } } });

beforeAll(async () => {
  buildApps();
  database = await startTestDatabase();
  dataFolder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'crash-messages-'));
  const migrated = spawnSync(process.execPath, [MAIN.riverbourne, 'migrate', '--data', dataFolder], { encoding: 'utf8', env: { PATH: process.env['PATH'], DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url } });
  if (migrated.status !== 0) throw new Error(`${migrated.stdout}${migrated.stderr}`);
  owner = new Pool({ connectionString: database.url, max: 2 });
  await notify.start();
  worker = new KilledProcess({
    main: NOTIFYING, command: 'work', port: await freePorts(), dataFolder, databaseUrl: database.appUrl, migrateUrl: database.url,
    env: { NOTIFY_ORIGIN: notify.origin, NOTIFY_KEY: notify.apiKey(), NOTIFY_TEMPLATES: CARRIER_SETTING },
  });
  await worker.start();
}, 5 * MINUTE);
afterAll(async () => {
  await worker.kill();
  await notify.stop();
  await owner.end();
  await database.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

/** Messages as the API leaves them, each with its job. */
async function keepMessages(): Promise<readonly string[]> {
  const ids = Array.from({ length: MESSAGES }, () => randomUUID());
  const content = { channel: 'email', title: 'Your collections', subject: 'When we collect', parts: [{ language: 'en', blocks: [{ kind: 'paragraph', children: [{ kind: 'words', words: 'Hello.' }] }] }] };
  await owner.query(`
    with message as (
      insert into notifications.message (council_id, message_id, template_id, channel, language, state, is_secret, plain_title, title, sent_to, address, content, next_try_at, give_up_at, created_at, wipe_at)
      select $1, id, 'crash.message', 'email', 'en', 'created', false, 'Your collections', 'When we collect', 'p…@person.example', '{"channel": "email", "email": "pat@person.example"}', $3, $4::timestamptz, $4::timestamptz + interval '1 day', $4, $4::timestamptz + interval '1 year' from unnest($2::uuid[]) as id
      returning message_id)
    insert into kernel.waiting_job (council_id, job_id, kind, data, run_at)
    select $1, gen_random_uuid(), '${SEND}', jsonb_build_object('data', jsonb_build_object('messageId', message_id), 'correlationId', gen_random_uuid(), 'language', 'en'), $4 from message`, [COUNCIL, ids, JSON.stringify(content), new Date(Date.now() + clockAhead)]);
  return ids;
}

/** On to when nobody has a claim any more that is dead. */
async function passMinutes(minutes: number): Promise<void> {
  clockAhead += minutes * MINUTE;
  await writeFile(join(dataFolder, 'clock'), String(clockAhead));
  worker.readClock();
}

async function untilIdle(): Promise<void> {
  for (const until = Date.now() + MINUTE; Date.now() < until; await wait(50)) {
    const { rows } = await owner.query<{ waiting: number }>(`select ((select count(*) from kernel.waiting_job where run_at <= $1) + (select count(*) from queue.job where name = 'work' and state < 'completed'))::int as waiting`, [new Date(Date.now() + clockAhead)]);
    if (rows[0]?.waiting === 0) return;
  }
  throw new Error(`Work is still waiting after a minute.\n${worker.output.slice(-5000)}`);
}

/** What is not as it should be: each message is at Notify once, is recorded as what Notify calls it, and its leaving is told once. */
async function faultsOf(ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await owner.query<{ id: string; state: string; reference: string | null; told: number }>(`
    select message_id as id, state, provider_reference as reference, (select count(*)::int from kernel.event e where e.type = 'notifications.message-sent' and e.data ->> 'messageId' = m.message_id::text) as told
    from notifications.message m where message_id = any($1)`, [ids]);
  const { rows: [failed] } = await owner.query<{ count: number }>(`select count(*)::int as count from queue.job where name = 'work-failed'`);
  const taken = new Map<string, string[]>();
  for (const { reference = '', id } of notify.notifications) taken.set(reference, [...(taken.get(reference) ?? []), id]);
  return [
    ...rows.flatMap(({ id, state, reference, told }) => (state === 'sending' && told === 1 && taken.get(id)?.length === 1 && taken.get(id)?.[0] === reference ? [] : [`a message is ${state}, at Notify ${taken.get(id)?.length ?? 0} times, and told ${told} times`])),
    ...(rows.length === ids.length ? [] : [`${ids.length - rows.length} messages are gone`]), ...(failed?.count ? ['work is given up'] : []),
  ];
}

describe('a worker that is killed with messages in hand', () => {
  it.each(STEPS)('%s: none is lost, and none is sent twice', async (step) => {
    worker.arm(step);
    const ids = await keepMessages();
    const wasReached = await worker.isGoneWithin(MINUTE);
    const steps = worker.disarm();
    if (!wasReached) throw new Error(`The step did not come. These did:\n${[...new Set(steps.map((name) => name.replace(/, time \d+$/, '')))].join('\n')}`);
    const { rows: [inHand] } = await owner.query<{ count: number }>('select count(*)::int as count from notifications.message where message_id = any($1) and claimed_until is not null', [ids]);
    say(`killed ${step}: ${inHand?.count} messages claimed, ${notify.notifications.filter(({ reference = '' }) => ids.includes(reference)).length} of ${MESSAGES} at Notify`);
    if (step.includes(CALL)) expect(inHand?.count).toBeGreaterThan(1);
    await worker.start();
    await untilIdle();
    await passMinutes(2);
    await untilIdle();
    expect(await faultsOf(ids)).toEqual([]);
  }, 3 * MINUTE);
});
