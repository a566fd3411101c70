import { randomUUID } from 'node:crypto';
import { MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import { Unavailable, defineServicePack, register, type PersonId } from '@guildhall/kernel-contract';
import { CHANGE_TAKER } from '@guildhall/sharing-contract';
import { KIM, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, PAT, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { TellsOnce } from './tells-once';

const MINUTE = 60;
const [FIRST, BEHIND] = ['3 Weir Lane', '4 Weir Lane'];

/** Here it is Riverbourne that tells, and Aldermoor whose systems or records are to have it. */
describe('a change that was told unasked, while the two bodies are cut off from each other', () => {
  let two: TwoBodies;
  let isBroken = false;
  const taken: unknown[] = [];
  const installed = defineServicePack({
    id: 'subscriptions', version: '0.1.0', options: {}, requires: [],
    registers: [
      register(MACHINE_CREDENTIALS, { id: 'machines', authenticate: (_ctx, clientId) => Promise.resolve({ clientId, permissions: ['sharing.take-changes'] }) } as MachineCredentials & { id: string }),
      register(CHANGE_TAKER, { id: 'subscriptions.address', titleKey: 'sharing.information.title', attributes: ['address.current'], take: (_ctx, { evidence }) => isBroken ? Promise.reject(new Unavailable('The register does not answer.')) : Promise.resolve(void taken.push(lineOf(evidence.value))) }),
    ],
  });
  beforeEach(async () => {
    isBroken = false;
    taken.length = 0;
    two = await startTwoBodies({ holders: [RECEIVER], receivers: [HOLDER], attributes: ['address.current'] }, { alsoInstalled: [installed] });
    await linkKim(two);
  });
  afterEach(() => two?.close());

  const reach = async (isReachable: { readonly teller: boolean; readonly told: boolean }): Promise<void> => {
    for (const [ctx, body, is] of [[two.receiver, two.bodies.holder, isReachable.told], [two.holder, two.bodies.receiver, isReachable.teller]] as const) {
      await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [ctx.council.id, is ? body.endpoint : 'http://localhost:9/sharing']);
    }
  };
  const lineOf = (value: unknown): unknown => (value as { readonly lines: readonly string[] }).lines[0];
  const tell = async (personId: string, line: string = FIRST): Promise<void> => {
    const ctx = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: personId as PersonId, confidence: 'low' } });
    await two.app.get(TellsOnce).tell(ctx, personId, { changeId: randomUUID(), address: { lines: [line], postcode: 'ZZ99 1AC' }, to: ['body:aldermoor'] });
    await two.app.drainJobs();
  };
  const inbox = async (): Promise<readonly unknown[]> => (await two.app.visitor(HOLDER).request('/api/sharing/v1/inbox', { headers: { authorization: 'Bearer back-office.correct' } })).json<{ items: readonly { kind: string; evidence: { readonly value: unknown } | null }[] }>().items.map(({ kind, evidence }) => (evidence ? lineOf(evidence.value) : kind));
  const reads = async (): Promise<number> => (await two.app.owner.query(`select 1 from kernel.audit where action = 'sharing.inbox-read'`)).rows.length;
  const later = async (minutes: number): Promise<void> => {
    for (let passed = 0; passed < minutes; passed += 10) {
      two.clock.advance(10 * MINUTE);
      await two.app.drainJobs();
    }
  };
  const stateOf = async (recipient: string): Promise<unknown> => (await two.app.owner.query<{ state: string; failed: string[] }>('select state, failed from sharing.change_delivery where recipient = $1', [recipient])).rows[0];

  it('is given to the body’s own systems to the end of the bound, then waits until it is heard whether it was stopped where it is from', async () => {
    await two.choose('given');
    await tell(PAT.riverbourne);
    await reach({ teller: false, told: false });
    two.clock.advance(1);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    expect(await inbox()).toEqual([FIRST]);
    two.clock.advance(16 * MINUTE);
    const before = await reads();
    expect(await inbox()).toEqual([]);
    expect(await reads()).toBe(before);
    await reach({ teller: true, told: false });
    expect(await inbox()).toEqual([]);
    await two.choose('given');
    expect(await inbox()).toEqual([FIRST]);
  });
  it('is given as soon as the body that told it says that nothing was stopped, and for as long again without it', async () => {
    await two.choose('given');
    await tell(PAT.riverbourne);
    await reach({ teller: false, told: false });
    two.clock.advance(16 * MINUTE);
    expect(await inbox()).toEqual([]);
    await reach({ teller: true, told: true });
    expect(await inbox()).toEqual([FIRST]);
    await reach({ teller: false, told: false });
    two.clock.advance(14 * MINUTE);
    expect(await inbox()).toEqual([FIRST]);
  });
  it('keeps nothing back that stands behind it: what another told, what was put right, and what is still within the bound', async () => {
    await two.choose('given');
    await tell(PAT.riverbourne);
    await reach({ teller: false, told: true });
    two.clock.advance(16 * MINUTE);
    // More of them than a page holds.
    await two.app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, sealed, from_peer, created_at, agreement_id, until)
      select council_id, gen_random_uuid(), kind, local_id, attribute, sealed, from_peer, created_at, agreement_id, until from sharing.change, generate_series(1, 150) where from_peer is not null`);
    await two.app.owner.query(`insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) values ($1, gen_random_uuid(), 'corrected', $2, 'address.current', $3, $4)`, [two.holder.council.id, PAT.aldermoor, RECEIVER, two.clock.now()]);
    two.clock.advance(1);
    await two.choose('given');
    await two.app.drainJobs();
    await two.app.owner.query(`update sharing.change set agreement_id = 'another' where from_peer is not null`);
    await tell(PAT.riverbourne, BEHIND);
    expect(await inbox()).toEqual(['corrected', BEHIND]);
  });
  it('is brought no more once the two bodies have no link for them: nobody can say any more whether it was stopped, and it was tried again every day', async () => {
    await kimChooses(two, 'given');
    isBroken = true;
    await tell(KIM.riverbourne);
    await reach({ teller: false, told: false });
    await two.app.owner.query('delete from sharing.link where council_id = $1 and local_id = $2', [two.holder.council.id, KIM.aldermoor]);
    isBroken = false;
    two.clock.advance(16 * MINUTE);
    await two.app.drainJobs();
    expect([taken, await stateOf('taker:subscriptions.address')]).toEqual([[], { state: 'turned-down', failed: ['choice'] }]);
    expect((await two.app.owner.query(`select 1 from kernel.waiting_job where kind like '%sharing.bring-change'`)).rows).toEqual([]);
  });
  it('is not given to a record here that could not take it before, until it is heard that it was not stopped', async () => {
    await kimChooses(two, 'given');
    isBroken = true;
    await tell(KIM.riverbourne);
    await reach({ teller: false, told: false });
    isBroken = false;
    two.clock.advance(16 * MINUTE);
    await later(60);
    expect([taken, await stateOf('taker:subscriptions.address')]).toEqual([[], { state: 'waiting', failed: null }]);
    await reach({ teller: true, told: true });
    await later(25 * 60);
    expect([taken, await stateOf('taker:subscriptions.address')]).toEqual([[FIRST], { state: 'confirmed', failed: [] }]);
  });
  it('is given to no record here when it is heard that it was stopped, though nobody could bring that', async () => {
    await kimChooses(two, 'given');
    isBroken = true;
    await tell(KIM.riverbourne);
    await reach({ teller: true, told: false });
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn');
    isBroken = false;
    await later(25 * 60);
    expect([taken, await stateOf('taker:subscriptions.address')]).toEqual([[], { state: 'turned-down', failed: ['choice'] }]);
  });
  it('does not leave after they have stopped it at the body that was to be told, where that could not bring it here', async () => {
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    await reach({ teller: false, told: true });
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn', 'holder');
    two.clock.advance(16 * MINUTE);
    await tell(KIM.riverbourne);
    expect(await stateOf('body:aldermoor')).toEqual({ state: 'turned-down', failed: ['choice'] });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'change-told', allow: false, failed: ['choice'] });
    expect((await two.entries('holder')).filter(({ kind }) => kind === 'change-heard')).toEqual([]);
  });
});
