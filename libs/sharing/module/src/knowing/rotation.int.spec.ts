import { councilKey } from '@guildhall/append-only-log';
import { signAgreement, type Agreement, type BodyKey } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OwnNode } from '../node/own-node';
import { Agreements } from './agreements';
import { Peers } from './peers';

const MINUTE = 60;
/** The old key ends at two o'clock; the new one is known long before. */
const keys = [{ name: '2026-1', from: '2026-01-01T00:00:00Z', until: '2026-11-22T14:00:00Z' }, { name: '2026-2', from: '2026-11-01T00:00:00Z' }];

describe('when the key has ended that signed an agreement', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({}, { options: { [RECEIVER]: { keys }, [HOLDER]: { keys } } });
    await two.choose('given');
    await two.choose('given', 'holder');
  });
  afterAll(() => two?.close());

  const agreements = (): Agreements => two.app.get(Agreements);
  const agreed = (id: string): Agreement => agreementBetween(two.bodies.receiver, two.bodies.holder, agreements().vocabulary(two.receiver, [two.bodies.holder]), { id });
  /** What the receiver learns of one of the holder's keys, from its people. */
  const learn = async (name: string, changes: Partial<BodyKey>): Promise<void> => {
    const { body, running, assessments } = (await two.app.get(Peers).find(two.receiver, HOLDER)) ?? fail();
    await two.app.get(Peers).pin(two.receiver, { body: { ...body, keys: two.bodies.holder.keys.map((key) => (key.keyid === `${HOLDER}#${name}` ? { ...key, ...changes } : key)) }, running, assessments });
  };

  it('both go on by it, with their new keys, and the first question after it is answered', async () => {
    expect(two.app.get(OwnNode).signer(two.holder).keyid).toBe(`${HOLDER}#2026-1`);
    two.clock.advance(61 * MINUTE);
    expect(two.app.get(OwnNode).signer(two.holder).keyid).toBe(`${HOLDER}#2026-2`);
    expect(await two.ask()).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'address.current' }, {}] } });
  });
  it('nobody signs anew with the old one', async () => {
    const old = { keyid: `${HOLDER}#2026-1`, key: councilKey(two.holder, 'sharing.signing', '2026-1') };
    const agreement = agreed('after-its-end');
    expect(await agreements().keep(two.receiver, signAgreement(agreement, old, signAgreement(agreement, two.app.get(OwnNode).signer(two.receiver))), [two.bodies.holder])).toMatchObject({ ok: false, refusal: { reason: 'not-signed', message: `${HOLDER} has not signed after-its-end@3.` } });
  });
  it('what was kept before a key was stolen stands', async () => {
    await learn('2026-1', { compromisedSince: '2026-11-22T13:30:00Z' });
    expect(await two.ask()).toMatchObject({ ok: true });
  });
  it('what came after a key was stolen does not, whatever day it names, and however late that is known', async () => {
    const agreement = agreed('by-a-thief');
    const node = two.app.get(OwnNode);
    const envelope = signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver)));
    expect(await agreements().keep(two.receiver, envelope, [two.bodies.holder])).toMatchObject({ ok: true });
    expect(await agreements().find(two.receiver, 'by-a-thief')).toMatchObject({ missing: [] });
    await learn('2026-2', { compromisedSince: '2026-11-22T14:00:30Z' });
    expect(await agreements().find(two.receiver, 'by-a-thief')).toMatchObject({ missing: [HOLDER] });
    expect(await two.ask({ agreementId: 'by-a-thief' })).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/Not all have signed the agreement: aldermoor/) } });
  });
});

function fail(): never { throw new Error('The holder is not known.'); }
