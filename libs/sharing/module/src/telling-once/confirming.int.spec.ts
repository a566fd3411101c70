import { defineServicePack, register, type PersonId } from '@guildhall/kernel-contract';
import { CHANGE_TAKER } from '@guildhall/sharing-contract';
import { KIM, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OutgoingCorrections } from '../correcting/outgoing';
import { TellsOnce } from './tells-once';

describe('that a change is where it belongs', () => {
  let two: TwoBodies;
  const installed = defineServicePack({
    id: 'subscriptions', version: '0.1.0', options: {}, requires: [],
    registers: [register(CHANGE_TAKER, { id: 'subscriptions.address', titleKey: 'sharing.information.title', attributes: ['address.current'], take: () => Promise.resolve() })],
  });
  beforeAll(async () => {
    two = await startTwoBodies({ holders: [RECEIVER], receivers: [HOLDER], attributes: ['address.current'] }, { alsoInstalled: [installed] });
    await linkKim(two);
    await kimChooses(two, 'given');
  });
  afterAll(() => two?.close());

  it('is said to the body that told it, though the process was stopped while that was written down', async () => {
    const told = async () => (await two.app.owner.query<{ id: string; state: string; taken: string; is_confirmed: boolean }>(`
      select h.change_id as id, d.state, t.state as taken, h.confirmed_at is not null as is_confirmed from sharing.change_delivery d join sharing.change h on h.change_id = d.exchange_id join sharing.change_delivery t on t.change_id = h.change_id where d.recipient = 'body:aldermoor'`)).rows;
    const stopped = jest.spyOn(two.app.get(OutgoingCorrections), 'put').mockImplementationOnce(() => { throw new Error('The process stops here.'); });
    const kim = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: KIM.riverbourne as PersonId, confidence: 'low' } });
    await two.app.get(TellsOnce).tell(kim, KIM.riverbourne, { changeId: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51a1', address: { lines: ['3 Weir Lane'], postcode: 'ZZ99 1AC' }, to: ['body:aldermoor'] });
    await expect(two.app.drainJobs()).rejects.toThrow('sharing.bring-change failed');
    const [{ id } = { id: '' }] = await told();
    // Whoever runs the work gives it out again.
    await two.app.queueJob('do:sharing.bring-change', { data: { changeId: id, recipient: 'taker:subscriptions.address', tries: 0 } }, HOLDER);
    await two.app.drainJobs();
    expect(stopped).toHaveBeenCalledTimes(2);
    expect(await told()).toEqual([{ id, state: 'confirmed', taken: 'confirmed', is_confirmed: true }]);
  });
});
