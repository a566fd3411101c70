import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA } from '@guildhall/information-rights-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { councils, emptied } from '../../test/council';
import { DetailsOfPerson } from './personal-data';

describe('a code that was asked for by an address alone', () => {
  const clock = new FixedClock();
  const ids = new SeededIds(53);
  let running: TestApp;
  beforeAll(async () => { running = await startTestApp({ councils: councils(), clock, withCompanions: true }); });
  afterAll(() => running?.close());
  beforeEach(() => emptied(running));

  it('is not said to be erased while it is there: of somebody who has another address since they asked, it is kept', async () => {
    const ctx = running.context('riverbourne', { actor: { kind: 'system', job: 'erases', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } });
    const personId = ids.uuid() as PersonId;
    const source = running.get(DetailsOfPerson);
    const [before, after] = ['ann@riverbourne.example', 'ann@elsewhere.example'];
    await running.owner.query('insert into identity.person (council_id, person_id, name, email, email_normalised, created_at, updated_at) values ($1, $2, \'Ann\', $3, $3, $4, $4)', [ctx.council.id, personId, before, clock.now()]);
    await running.owner.query(`insert into identity.challenge (council_id, challenge_id, provider, session_id, channel, address, keep, tries_left, next, begun_at, expires_at) values ($1, $2, 'identity.one-time-code', 'a-session', 'email', $3, 'kept', 3, '/account', $4, $5)`, [ctx.council.id, ids.uuid(), before, clock.now(), new Date(clock.now().getTime() + 600_000)]);
    const listed: string[] = [];
    for await (const { id } of source.read(ctx, personId)) if (id.startsWith('challenge/')) listed.push(id);
    const [code = ''] = listed;
    expect(listed).toHaveLength(1);
    const tried: [boolean, number][] = [];
    for (const email of [after, before, before]) {
      await running.owner.query('update identity.person set email = $2, email_normalised = $2 where person_id = $1', [personId, email]);
      const isErased = await source.erase(ctx, personId, code);
      tried.push([isErased, (await running.owner.query('select from identity.challenge')).rows.length]);
    }
    expect(tried).toEqual([[false, 1], [true, 0], [true, 0]]);
  });
});
