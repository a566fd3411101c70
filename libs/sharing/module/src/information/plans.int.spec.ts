import { Client } from 'pg';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';

/** Plans as the application's role sees them, for somebody of whom a log has ten thousand lines among many others'. */
describe('what a trail reads', () => {
  let two: TwoBodies;
  let app: Client;
  beforeAll(async () => {
    two = await startTwoBodies();
    const { id } = two.receiver.council;
    await two.app.owner.query(`
      insert into sharing.entry (council_id, index, at, kind, exchange_id, peer, agreement, subject, allow, leaf)
      select $1, n, now() + n * interval '1 second', case when n % 2 = 0 then 'asked' else 'received' end, ('01990000-0000-7000-8000-' || lpad((n / 2)::text, 12, '0'))::uuid, 'aldermoor', 'garden-waste-concession@3', case when n < 20000 then 'mark-' || (n / 2 % 2) else 'mark-' || n / 40 end, true, '{}'
      from generate_series(0, 39999) n`, [id]);
    await two.app.owner.query(`insert into sharing.choice (council_id, choice_id, local_id, agreement_id, at, state, notice_digest, language, chosen_by) select $1, gen_random_uuid(), 'person-' || n, 'garden-waste-concession', now(), 'given', 'd', 'en', 'resident' from generate_series(0, 9999) n`, [id]);
    await two.app.owner.query(`
      insert into sharing.receipt (council_id, receipt_id, reference, local_id, agreement_id, state, at, notice, chosen_by, document)
      select $1, gen_random_uuid(), 'RB-' || n, 'person-' || n, 'garden-waste-concession', 'given', now(), '{}', 'resident', '{}' from generate_series(0, 9999) n`, [id]);
    for (const table of ['entry', 'choice', 'receipt']) await two.app.owner.query(`analyze sharing.${table}`);
    app = new Client({ connectionString: two.app.database.appUrl, options: '-c role=guildhall_app' });
    await app.connect();
    await app.query(`set app.council_id = '${id}'`);
  }, 60_000);
  afterAll(async () => {
    await app?.end();
    await two?.close();
  });

  it.each([
    ['one page of it', `select index, leaf from sharing.entry where council_id = $1 and subject = 'mark-1' and kind <> 'received' and index < 9223372036854775807 order by index desc limit 26`, 'entry_subject'],
    ['the answer to a question', `select index, leaf from sharing.entry where council_id = $1 and exchange_id = '01990000-0000-7000-8000-000000000007' and kind = 'received' and subject = 'mark-1' order by index limit 1`, 'entry_exchange'],
    ['what it has saved', `select agreement, allow, kind, at from sharing.entry where council_id = $1 and subject = 'mark-1' order by index desc limit 1000`, 'entry_subject'],
    ['what somebody has chosen', `select distinct on (agreement_id) agreement_id, state, at from sharing.choice where council_id = $1 and local_id = 'person-7' order by agreement_id, at desc, state desc`, 'choice_council_id_local_id_agreement_id_at_state_key'],
    ['the receipt of a choice', `select receipt_id from sharing.receipt where council_id = $1 and local_id = 'person-7' and agreement_id = 'garden-waste-concession' order by at desc, state desc limit 1`, 'receipt_council_id_local_id'],
  ])('%s comes by its index', async (_, text, index) => {
    await app.query(`prepare looked (uuid) as ${text}`);
    const { rows } = await app.query<Record<string, string>>(`explain execute looked ('${two.receiver.council.id}')`);
    await app.query('deallocate looked');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });
});
