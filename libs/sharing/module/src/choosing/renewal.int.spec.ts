import { randomBytes } from 'node:crypto';
import type { PersonId } from '@guildhall/kernel-contract';
import { testResident } from '@guildhall/kernel-contract/testing';
import { choiceScope, signRequest, type Agreement, type ExchangeAnswer } from '@guildhall/sharing-contract';
import { requestUnder } from '@guildhall/sharing-contract/testing';
import { accountPage, pressSwitch } from '../../test/account-page';
import { KIM, askAboutKim, kimChooses, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, renew, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { MayBeShared } from '../information/may-be-shared';
import { SharingLog } from '../logging/sharing-log';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { OnceOnly } from '../once-only/once-only';

const PAGE = '/account/information';
const MORE: Partial<Agreement> = { attributes: ['address.current', 'council-tax-reduction.receives', 'person.name'] };

describe('a yes when the agreement is renewed', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [accountPage()] });
    await linkKim(two);
    await kimChooses(two, 'given');
    two.clock.advance(1);
  });
  afterEach(() => two?.close());

  const kim = () => two.app.context(RECEIVER, { actor: testResident(KIM.riverbourne) });
  const isOn = async () => (await two.app.get(MayBeShared).list(kim(), KIM.riverbourne)).map(({ isOn: on, isChangedSince }) => ({ on, isChangedSince }));
  /** What the holder says to a question that the receiver ought not to ask. */
  const toHolder = async (agreement: Agreement, scope: string): Promise<ExchangeAnswer> => {
    const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne);
    const [at, { checkpoint }] = [two.clock.now().toISOString(), await two.app.get(SharingLog).head(two.receiver)];
    const body = JSON.stringify(requestUnder(agreement, { exchange: `019b1a2c-7d3e-7a41-9d05-${randomBytes(6).toString('hex')}`, subject: link?.pairwise, checkpoint, attributes: ['address.current'], choice: { state: 'given', at, scope, asOf: at, receipt: `sha256:${'A'.repeat(43)}` } }));
    const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/exchange`, body }, two.app.get(OwnNode).signer(two.receiver), { tag: 'guildhall-exchange', created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
    return (await two.app.visitor(HOLDER).request('/sharing/exchange', { method: 'POST', headers: message.fields as Record<string, string>, body })).json<ExchangeAnswer>();
  };
  const failed = ({ decision }: ExchangeAnswer) => decision.reasons.filter(({ pass }) => !pass).map(({ id }) => id);

  it('is none to more than was read: neither side lets it, the switch says that it has changed, and one press says yes to that', async () => {
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    const next = await renew(two, MORE);
    const told = (await two.entries('holder')).length;
    expect(await askAboutKim(two, { attributes: ['address.current'] })).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has not said yes since it changed/) } });
    expect((await two.entries('holder')).length).toBe(told);
    expect(failed(await toHolder(next, choiceScope(two.agreement)))).toEqual(['choice']);
    expect(failed(await toHolder(next, choiceScope(next)))).toEqual([]);
    expect(await isOn()).toEqual([{ on: false, isChangedSince: true }]);
    const visitor = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    expect(readable((await visitor.get(PAGE)).text)).toMatch(/Off .* and your name .*You allowed this on Sunday 22 November 2026\. What is shared, or why, has changed since then, so we ask you again\./i);
    expect(readable((await visitor.get(`${PAGE}?lang=cy`)).text)).toMatch(/I ffwrdd .*Caniatasoch hyn ar .* wedi newid ers hynny, felly rydym yn gofyn i chi eto\./);
    await visitor.get(`${PAGE}?lang=en`);
    expect(readable((await pressSwitch(visitor, PAGE, next.id, 'given')).text)).toMatch(/Allowed/);
    expect(await isOn()).toEqual([{ on: true, isChangedSince: false }]);
    expect(await askAboutKim(two, { attributes: ['person.name'] })).toMatchObject({ ok: true });
  });
  it('is asked for again at a question, below the words that hold now', async () => {
    const asked = { personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } }, attribute: 'address.current', purposes: ['garden-waste-concession'] } as const;
    const saysYes = async () => (await two.app.get(OnceOnly).look(kim(), asked)).offer?.more.some((line) => line.startsWith('You say yes to this'));
    expect(await saysYes()).toBe(false);
    await renew(two, MORE);
    expect(await saysYes()).toBe(true);
  });
  it('is one still when nothing changes of what is shared and why, also where it is older than its scope is kept', async () => {
    await two.app.owner.query('update sharing.choice set scope = null');
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    await renew(two, { until: '2029-03-31', retention: 'P6M' });
    expect(await isOn()).toEqual([{ on: true, isChangedSince: false }]);
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    await renew({ ...two, agreement: { ...two.agreement, version: 4 } }, MORE);
    expect(await isOn()).toEqual([{ on: false, isChangedSince: true }]);
    expect(await askAboutKim(two)).toMatchObject({ ok: false });
  });
  it('does not outlive a no: that counts whatever the agreement says since', async () => {
    await kimChooses(two, 'withdrawn', 'holder');
    const next = await renew(two, MORE);
    expect(failed(await toHolder(next, choiceScope(next)))).toEqual(['choice']);
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn');
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { message: expect.stringMatching(/has said no/) } });
    expect(await isOn()).toEqual([{ on: false, isChangedSince: false }]);
  });
});
