import { Client } from 'pg';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { FarEnd, kitPack } from '../test/council';
import { notifications } from './index';

/** Plans as the application's role sees them: under row-level security only some operators can use an index. */
describe('what is read often', () => {
  let running: TestApp;
  let app: Client;
  beforeAll(async () => {
    const modules = [notifications({ providers: [new FarEnd().provider()] }), kitPack([])];
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, modules), testCouncilDefinition('glanafon', 2, modules)] });
    for (const slug of ['riverbourne', 'glanafon']) {
      await running.owner.query(`
        insert into notifications.message (council_id, message_id, template_id, channel, language, state, failure, is_secret, plain_title, title, sent_to, content, person_id, about_type, about_id, provider_id, provider_reference, next_try_at, give_up_at, created_at, sent_at, settled_at, wipe_at)
        select $1, gen_random_uuid(), 'kit.ordinary', 'email', 'en', case when n % 500 = 0 then 'failed' when n % 500 = 1 then 'created' when n % 500 = 2 then 'sending' else 'delivered' end, case when n % 500 = 0 then 'permanent' end, false, 't', 't', 'a', '{}',
          ('01990000-0000-7000-8000-' || lpad((n % 2000)::text, 12, '0'))::uuid, 'case', (n % 3000)::text, 'test', 'ref-' || n, now(), now(), now() - n * interval '1 minute', now(), now() - n * interval '1 minute', now() + n * interval '1 minute'
        from generate_series(1, 30000) n`, [running.context(slug).council.id]);
    }
    await running.owner.query('analyze notifications.message');
    app = new Client({ connectionString: running.database.appUrl, options: '-c role=guildhall_app' });
    await app.connect();
    await app.query(`set app.council_id = '${running.context('riverbourne').council.id}'`);
  }, 60_000);
  afterAll(async () => {
    await app?.end();
    await running?.close();
  });

  const council = '$1::uuid';
  it.each([
    ['a person\'s log', `person_id = '01990000-0000-7000-8000-000000000007' order by created_at desc, message_id desc limit 21`, 'message_person'],
    ['the next page of it', `person_id = '01990000-0000-7000-8000-000000000007' and (created_at, message_id) < (now(), '01990000-0000-7000-8000-000000000001') order by created_at desc, message_id desc limit 21`, 'message_person'],
    ['the log of a case', `about_type = 'case' and about_id = '17' order by created_at desc, message_id desc limit 100`, 'message_about'],
    ['the failures', `state = 'failed' and dealt_with_at is null order by settled_at desc, message_id desc limit 26`, 'message_failed'],
    ['what was forgotten', `state = 'created' and next_try_at <= now() and (claimed_until is null or claimed_until <= now()) order by next_try_at limit 200`, 'message_waiting'],
    ['what a provider speaks of', `provider_id = 'test' and provider_reference = 'ref-77'`, 'message_provider'],
    ['what is to be wiped', `content is not null and wipe_at <= now() and state <> 'created' order by wipe_at limit 500`, 'message_wipe'],
  ])('%s comes by its index', async (_, where, index) => {
    await app.query(`prepare looked (uuid) as select message_id from notifications.message where council_id = ${council} and ${where}`);
    const { rows } = await app.query<Record<string, string>>(`explain execute looked ('${running.context('riverbourne').council.id}')`);
    await app.query('deallocate looked');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });
});
