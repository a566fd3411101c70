import { Database } from '@guildhall/kernel';
import type { Agreement } from '@guildhall/sharing-contract';
import { KIM, LEE, kimChooses, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { SubjectKeys } from '../information/subject-keys';
import { EvidenceStore } from './evidence-store';

const ID = 'garden-waste-concession';
const choice = (onWithdrawal: Agreement['choice']['onWithdrawal']): Agreement['choice'] => ({ mode: 'opt-in', withoutIt: { en: 'You can upload a letter instead', cy: 'Gallwch lanlwytho llythyr yn lle hynny' }, onWithdrawal, keptBecause: null });

async function keepFor(two: TwoBodies, localId: string = KIM.riverbourne, agreementId = ID): Promise<void> {
  await two.app.get(Database).run(two.receiver, (tx) => Promise.resolve(two.app.get(EvidenceStore).keepTold(tx, {
    localId, attribute: 'address.current', purposes: [ID], service: 'garden-waste', keptFor: 'P1Y', toldBy: HOLDER, agreementId, exchangeId: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa',
    evidence: { attribute: 'address.current', value: { lines: ['2 Weir Lane'], postcode: 'ZZ99 1AB' }, asOf: '2026-11-01', source: 'council-tax-register', verified: null },
  })));
}
const keptOf = async (two: TwoBodies): Promise<readonly { local_id: string; agreement_id: string }[]> => (await two.app.owner.query<{ local_id: string; agreement_id: string }>('select local_id, agreement_id from sharing.evidence order by local_id, agreement_id')).rows;

describe('what was told by an agreement that promises to delete it when it is stopped', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({ choice: choice('delete') });
    await linkKim(two);
    await two.app.get(SubjectKeys).make(two.receiver, LEE);
  });
  afterAll(() => two?.close());
  beforeEach(async () => {
    await two.app.owner.query('delete from sharing.evidence');
    two.clock.advance(60);
    await kimChooses(two, 'given');
    two.clock.advance(60);
  });

  it('is gone with the press, of nobody else and by no other agreement, and stands in “Your information” no more', async () => {
    await keepFor(two);
    await keepFor(two, LEE);
    await keepFor(two, KIM.riverbourne, 'another');
    await kimChooses(two, 'withdrawn');
    expect(await keptOf(two)).toEqual([{ local_id: KIM.riverbourne, agreement_id: 'another' }, { local_id: LEE, agreement_id: ID }]);
    await two.app.owner.query(`delete from sharing.evidence where agreement_id = 'another'`);
    expect(readable((await (await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).get('/account/information')).text)).not.toContain('2 Weir Lane');
  });
  it('is gone when it is heard that it was stopped at the other body', async () => {
    await keepFor(two);
    await kimChooses(two, 'withdrawn', 'holder');
    expect(await keptOf(two)).toHaveLength(1);
    await two.app.drainJobs();
    expect(await keptOf(two)).toEqual([]);
  });
  it('stays when they have let it be told again before the stop was heard of, and goes when it is from before', async () => {
    await keepFor(two);
    await kimChooses(two, 'withdrawn', 'holder');
    two.clock.advance(60);
    await kimChooses(two, 'given');
    two.clock.advance(60);
    await keepFor(two);
    await two.app.drainJobs();
    expect(await keptOf(two)).toHaveLength(1);
  });
  it('is gone within the hour when it came in while they stopped it', async () => {
    await kimChooses(two, 'withdrawn');
    await keepFor(two);
    await keepFor(two, LEE);
    await two.app.queueJob('do:sharing.forget-old', { data: {} }, RECEIVER);
    await two.app.drainJobs();
    expect(await keptOf(two)).toEqual([{ local_id: LEE, agreement_id: ID }]);
  });
});

describe('what was told by an agreement that promises only not to use it again', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies({ choice: choice('stop-using') }); await linkKim(two); });
  afterAll(() => two?.close());

  it('is kept', async () => {
    await kimChooses(two, 'given');
    await keepFor(two);
    two.clock.advance(60);
    await kimChooses(two, 'withdrawn');
    expect(await keptOf(two)).toHaveLength(1);
  });
});
