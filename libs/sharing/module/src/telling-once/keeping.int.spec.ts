import { MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import { Unavailable, defineServicePack, register, type PersonId } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, type Agreement } from '@guildhall/sharing-contract';
import { KIM, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, PAT, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { TellsOnce } from './tells-once';

const DAY = 24 * 60 * 60;
let isBroken = false;
let taken = 0;
const installed = defineServicePack({
  id: 'subscriptions', version: '0.1.0', options: {}, requires: [],
  registers: [
    register(MACHINE_CREDENTIALS, { id: 'machines', authenticate: (_ctx, clientId) => Promise.resolve({ clientId, permissions: ['sharing.take-changes'] }) } as MachineCredentials & { id: string }),
    register(CHANGE_TAKER, { id: 'subscriptions.address', titleKey: 'sharing.information.title', attributes: ['address.current'], take: () => isBroken ? Promise.reject(new Unavailable('The register does not answer.')) : Promise.resolve(void taken++) }),
  ],
});
const starting = async (onWithdrawal: Agreement['choice']['onWithdrawal']): Promise<TwoBodies> => {
  const two = await startTwoBodies({
    holders: [RECEIVER], receivers: [HOLDER], attributes: ['address.current'], retention: 'P30D', choice: { mode: 'opt-in', withoutIt: { en: 'You can tell them yourself', cy: 'Gallwch ddweud wrthynt eich hun' }, onWithdrawal, keptBecause: null },
  }, { alsoInstalled: [installed] });
  await linkKim(two);
  return two;
};
const telling = async (two: TwoBodies, personId: string, changeId: string): Promise<void> => {
  const ctx = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: personId as PersonId, confidence: 'low' } });
  await two.app.get(TellsOnce).tell(ctx, personId, { changeId, address: { lines: ['3 Weir Lane'], postcode: 'ZZ99 1AC' }, to: ['body:aldermoor'] });
  await two.app.drainJobs();
};
const inbox = async ({ app }: TwoBodies): Promise<number> => (await app.visitor(HOLDER).request('/api/sharing/v1/inbox', { headers: { authorization: 'Bearer back-office.correct' } })).json<{ items: unknown[] }>().items.length;
const rows = async ({ app }: TwoBodies, table: string, where = 'true'): Promise<number> => (await app.owner.query(`select 1 from sharing.${table} where ${where}`)).rows.length;
const forget = async ({ app }: TwoBodies): Promise<void> => {
  for (const council of [RECEIVER, HOLDER]) await app.queueJob('do:sharing.forget-old', { data: {} }, council);
  await app.drainJobs();
};

describe('a change that was told, and stopped before it was where it belongs', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await starting('stop-using'); });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));

  it('is not given to the body’s own systems while it is stopped', async () => {
    await two.choose('given');
    await telling(two, PAT.riverbourne, '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51a1');
    expect(await inbox(two)).toBe(1);
    two.clock.advance(60);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    expect(await inbox(two)).toBe(0);
    two.clock.advance(60);
    await two.choose('given');
    await two.app.drainJobs();
    expect(await inbox(two)).toBe(1);
  });
  it('is not given to a record here that could not take it before', async () => {
    await kimChooses(two, 'given');
    isBroken = true;
    await telling(two, KIM.riverbourne, '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51a2');
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn');
    await two.app.drainJobs();
    isBroken = false;
    two.clock.advance(DAY);
    await two.app.drainJobs();
    expect([taken, await rows(two, 'change_delivery', `recipient = 'taker:subscriptions.address' and state = 'turned-down' and failed = '{choice}'`)]).toEqual([0, 1]);
  });
  it('is kept as long as the agreement says, and by whom it was told for a year', async () => {
    two.clock.advance(28 * DAY);
    await forget(two);
    expect([await rows(two, 'change', 'from_peer is not null'), await rows(two, 'change', 'from_peer is null')]).toEqual([2, 2]);
    two.clock.advance(3 * DAY);
    expect(await inbox(two)).toBe(0);
    await forget(two);
    expect([await rows(two, 'change', 'from_peer is not null'), await rows(two, 'change', 'from_peer is null')]).toEqual([0, 2]);
    two.clock.advance(336 * DAY);
    await forget(two);
    expect(await rows(two, 'change')).toBe(0);
  });
});

describe('a change that a process of the version before has taken', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await starting('delete'); });
  afterAll(() => two?.close());
  /** As that version writes them. */
  const before = () => two.app.owner.query('update sharing.change set agreement_id = null, until = null');

  it('is kept as long as the agreement says, too, and by whom it was told for a year', async () => {
    await two.choose('given');
    await telling(two, PAT.riverbourne, '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51a1');
    await before();
    await forget(two);
    expect((await two.app.owner.query(`select from_peer, agreement_id, until = created_at + interval 'P30D' as is_agreed, until = created_at + interval 'P1Y' as is_a_year from sharing.change order by from_peer`)).rows).toEqual([
      { from_peer: RECEIVER, agreement_id: 'garden-waste-concession', is_agreed: true, is_a_year: false }, { from_peer: null, agreement_id: null, is_agreed: false, is_a_year: true },
    ]);
  });
  it('goes when it was stopped meanwhile, as the agreement promised', async () => {
    await before();
    two.clock.advance(60);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    expect(await rows(two, 'change', 'from_peer is not null')).toBe(1);
    await forget(two);
    expect(await rows(two, 'change', 'from_peer is not null')).toBe(0);
  });
});

describe('a change that was told by an agreement that promises to delete it when it is stopped', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await starting('delete'); });
  afterAll(() => two?.close());

  it('is gone with the press', async () => {
    await two.choose('given');
    await telling(two, PAT.riverbourne, '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51a1');
    expect(await rows(two, 'change', 'from_peer is not null')).toBe(1);
    two.clock.advance(60);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    expect(await rows(two, 'change', 'from_peer is not null')).toBe(0);
  });
});

describe('what was settled or shown', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await starting('delete'); });
  afterAll(() => two?.close());

  it('goes after its time: what is still waited for stays', async () => {
    const [id, of] = [two.receiver.council.id, PAT.riverbourne];
    const [open, over] = ['019b1a2c-7d3e-7a41-9d05-6b1f3f0c51b1', '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51b2'];
    await two.app.owner.query(`insert into sharing.dispute (council_id, dispute_id, local_id, attribute, raised_at, raised_by, answered_at) values ($1, $2, $4, 'address.current', now(), 'resident', null), ($1, $3, $4, 'address.current', now(), 'resident', now())`, [id, open, over, of]);
    for (const [kind, about, settled] of [['disputed', open, 'taken_at'], ['disputed', over, 'taken_at'], ['corrected', over, 'turned_down_at'], ['corrected', over, 'created_at']] as const) {
      await two.app.owner.query(`insert into sharing.outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at${settled === 'created_at' ? '' : `, ${settled}`}) values ($1, gen_random_uuid(), $2, $3, $4, $5, 'x', $6${settled === 'created_at' ? '' : ', $6'})`, [id, HOLDER, of, kind, about, two.clock.now()]);
    }
    await two.app.owner.query(`insert into sharing.look (council_id, exchange_id, peer_id, local_id, officer, sealed, at) values ($1, gen_random_uuid(), $2, $3, 'an-officer', 'x', $4)`, [id, HOLDER, of, two.clock.now()]);
    await two.app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at, confirmed_at) values ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, $4, $4), ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, $4, null)`, [id, of, HOLDER, two.clock.now()]);
    const left = async () => [await rows(two, 'outgoing'), await rows(two, 'look'), await rows(two, 'change')];
    two.clock.advance(364 * DAY);
    await forget(two);
    expect(await left()).toEqual([4, 1, 2]);
    two.clock.advance(2 * DAY);
    await forget(two);
    expect(await left()).toEqual([2, 1, 1]);
    two.clock.advance(5 * 366 * DAY);
    await forget(two);
    expect(await left()).toEqual([2, 0, 1]);
  });
});
