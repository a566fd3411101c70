import type { PersonId } from '@guildhall/kernel-contract';
import { SERVICES, type ServicesApi } from '@guildhall/services-contract';
import { startServicesApp, type ServicesApp } from '../test/council';
import { answer, formOf } from '../test/filling-in';
import { DraftsAtHome } from './account/drafts-at-home';
import { DraftsInAccount } from './account/drafts-in-account';
import { ClearDraftsHandler } from './clearing/clear-drafts';
import { CountUsageHandler } from './offering/count-usage';

let running: ServicesApp;
const personId = '01990000-0000-7000-8000-0000000000c4' as PersonId;
beforeAll(async () => {
  running = await startServicesApp();
  running.identity.addPerson(running.app.context(), { personId, name: 'Pat Jones', email: 'pat.jones@post.example' });
});
afterAll(() => running.app.close());
afterEach(() => running.app.owner.query('delete from services.draft'));

const club = '/services/hedgehog-club';
const asResident = () => running.app.context('riverbourne', { actor: { kind: 'resident', personId, confidence: 'low' } });
const count = async () => Number((await running.app.owner.query<{ count: string }>('select count(*) from services.draft')).rows[0]?.count);
const days = (number: number) => running.clock.advance(number * 86_400);
const clear = () => running.app.get(ClearDraftsHandler).run(running.app.systemContext());

async function paying() {
  const visitor = await running.app.residentVisitor(personId);
  await answer(visitor, `${club}/home`, { 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA' });
  await answer(visitor, `${club}/members`, { members: '2' });
  const page = await answer(visitor, `${club}/card`, { wantsCard: 'no' });
  await visitor.request(`${club}/check-answers`, { form: { ...formOf(page.text), agrees: 'yes' } });
  const { rows } = await running.app.owner.query('select draft_id, payment_id, reference from services.draft');
  return { visitor, draft: rows[0] as { draft_id: string; payment_id: never; reference: string } };
}

describe('drafts that nobody finishes', () => {
  it('stay for 30 days after the last change of a signed-in resident, for 7 of anybody else, and then go', async () => {
    const resident = await running.app.residentVisitor(personId);
    await answer(resident, `${club}/home`, { 'home-line1': '1 Mill Lane', 'home-postcode': 'ZZ99 1AA' });
    await answer(running.app.visitor(), '/services/hedgehog-sightings/alive', { alive: 'yes' });
    days(6.9);
    await clear();
    expect(await count()).toBe(2);
    days(0.2);
    await clear();
    expect(await count()).toBe(1);
    days(23);
    await clear();
    expect(await count()).toBe(0);
  });

  it('that were to be paid are withdrawn first, so that no money can come for them', async () => {
    const { draft } = await paying();
    days(31);
    await clear();
    expect(await count()).toBe(0);
    expect(await running.payments.find(running.app.systemContext(), draft.payment_id)).toMatchObject({ state: 'withdrawn' });
  });

  it('that were paid after all become a case instead', async () => {
    const { draft } = await paying();
    await running.payments.pay(asResident(), draft.payment_id);
    days(31);
    await clear();
    expect((await running.app.owner.query('select state from services.draft')).rows).toEqual([{ state: 'submitted' }]);
    expect((await running.cases.list(running.app.systemContext(), { text: draft.reference })).items).toHaveLength(1);
  });

  it('all go at once, however many they are, past those that cannot go yet', async () => {
    const { draft } = await paying();
    await running.app.owner.query(`insert into services.draft (council_id, draft_id, owner_key, service, service_version, channel, language, state, submission, case_id, reference, payment_id, created_at, updated_at, expires_at)
      select council_id, gen_random_uuid(), 's:' || n, service, service_version, channel, language, case when n <= 250 then 'paying' else 'open' end, submission, gen_random_uuid(), 'R' || n, gen_random_uuid(), created_at, updated_at, created_at + (n || ' seconds')::interval
      from services.draft, generate_series(1, 700) as n where draft_id = $1`, [draft.draft_id]);
    days(31);
    running.faults.down('payments');
    await clear();
    running.faults.clear();
    expect((await running.app.owner.query('select state, count(*)::int from services.draft group by 1')).rows).toEqual([{ state: 'paying', count: 251 }]);
  });

  it('are offered in the account, what is to be paid first of all, and gone when they are finished', async () => {
    const section = running.app.get(DraftsInAccount);
    expect(await section.load(running.app.context())).toBeUndefined();
    const { visitor, draft } = await paying();
    const panel = await section.load(asResident());
    expect(panel).toMatchObject({ count: 1, waiting: [{ text: { en: 'Pay £30.00: Hedgehog club' }, href: `${club}/carry-on?draft=${draft.draft_id}` }] });
    expect(await running.app.get(DraftsAtHome).load(asResident())).toMatchObject({ isYours: true, data: { drafts: [{ href: `${club}/carry-on?draft=${draft.draft_id}`, isConfirmed: true }], hasMore: false } });
    expect((await visitor.get(`${club}/carry-on?draft=${draft.draft_id}`)).path).toBe(`${club}/pay/${draft.draft_id}`);
    await running.payments.pay(asResident(), draft.payment_id);
    await visitor.get(`${club}/paid/${draft.draft_id}`);
    expect(await section.load(asResident())).toBeUndefined();
  });

  it('are not to be paid again while the bank decides', async () => {
    const { visitor, draft } = await paying();
    await running.payments.pay(asResident(), draft.payment_id, 'submit');
    const panel = await running.app.get(DraftsInAccount).load(asResident());
    expect([panel?.waiting, panel?.data]).toEqual([undefined, { drafts: [expect.objectContaining({ isConfirmed: true, isBeingPaid: true })] }]);
    expect((await visitor.get(`${club}/carry-on?draft=${draft.draft_id}`)).text).toContain('Do not pay again');
    const start = await visitor.get(club);
    expect(start.text).toContain('your payment is being processed. Do not pay again.');
    expect(start.text).not.toContain('still have to pay');
  });
});

describe('the most used services', () => {
  it('are counted day by day, and once however often they are counted', async () => {
    const services = running.app.get<ServicesApi>(SERVICES.token);
    const { visitor, draft } = await paying();
    await running.payments.pay(asResident(), draft.payment_id);
    await visitor.get(`${club}/paid/${draft.draft_id}`);
    const counting = running.app.get(CountUsageHandler);
    await counting.run(running.app.systemContext());
    await counting.run(running.app.systemContext());
    expect((await running.app.owner.query(`select service, submitted from services.usage`)).rows).toEqual([{ service: 'hedgehog-club', submitted: 1 }]);
    expect((await services.mostUsed(running.app.context()))[0]?.slug).toBe('hedgehog-club');
    expect((await services.mostUsed(running.app.context('glanafon')))[0]?.slug).not.toBe('hedgehog-club');
    days(100);
    await counting.run(running.app.systemContext());
    expect((await running.app.owner.query(`select from services.usage`)).rows).toHaveLength(0);
  });
});
