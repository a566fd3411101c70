import { randomBytes } from 'node:crypto';
import type { PersonId } from '@guildhall/kernel-contract';
import { testResident } from '@guildhall/kernel-contract/testing';
import { choiceScope, signRequest } from '@guildhall/sharing-contract';
import { holderIsOlder } from '../../test/older-body';
import { KIM, askAboutKim, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, renew, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { KeepsLinks } from '../linking/keeps-links';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { FindsAnswers } from '../once-only/finds-answers';
import { Choices } from './choices';
import { HearsChoice } from './hears-choice';
import { ToldStanding } from './told-standing';

const MINUTE = 60;

describe('a body of the version before scopes', () => {
  let two: TwoBodies;
  beforeEach(async () => {
    two = await startTwoBodies();
    await linkKim(two);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return two?.close();
  });

  const known = () => two.app.get(Choices).find(two.holder, KIM.aldermoor, two.agreement.id);
  const subject = async (): Promise<string | undefined> => (await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne))?.pairwise;

  it('is told a yes, and a no at the first try', async () => {
    const sent = holderIsOlder(two);
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    expect(await known()).toMatchObject({ state: 'given' });
    expect(sent.map(({ content }) => (content as { readonly scope?: string }).scope)).toEqual([choiceScope(two.agreement), undefined]);
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn');
    await two.app.drainJobs();
    expect(await known()).toMatchObject({ state: 'withdrawn' });
    expect(sent.length).toBe(3);
  });
  it('says no, and yes, without what to: the no counts, and the yes is one to the agreement of then', async () => {
    const send = async (state: 'given' | 'withdrawn') => {
      const body = JSON.stringify({ agreement: two.agreement.id, subject: await subject(), state, at: two.clock.now().toISOString(), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'cy', by: 'resident' });
      const { fields } = signRequest({ method: 'POST', targetUri: `${two.bodies.receiver.endpoint}/choices`, body }, two.app.get(OwnNode).signer(two.holder), { tag: 'guildhall-choice', created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
      expect((await two.app.visitor(RECEIVER).request('/sharing/choices', { method: 'POST', headers: fields as Record<string, string>, body })).status).toBe(200);
      return two.app.get(Choices).find(two.receiver, KIM.riverbourne, two.agreement.id);
    };
    two.clock.advance(1);
    expect(await send('withdrawn')).toMatchObject({ state: 'withdrawn' });
    // Kept by the database's own clock.
    await two.app.owner.query('update sharing.agreement set kept_at = $1', [new Date(two.clock.now().getTime() - 1000)]);
    two.clock.advance(1);
    expect(await send('given')).toMatchObject({ state: 'given', scope: choiceScope(two.agreement) });
    two.clock.advance(1);
    await renew(two, { attributes: ['address.current', 'council-tax-reduction.receives', 'person.name'] });
    expect(await two.app.get(Choices).find(two.receiver, KIM.riverbourne, two.agreement.id)).toMatchObject({ scope: choiceScope(two.agreement) });
  });
  it('is asked once more, by another name, and answers; also when it cannot say how the choice stands', async () => {
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    const sent = holderIsOlder(two);
    for (const minutes of [0, 16]) {
      two.clock.advance(minutes * MINUTE);
      expect(await askAboutKim(two, { isKept: true })).toMatchObject({ ok: true });
    }
    const asked = sent.filter(({ path }) => path === 'exchange').map(({ content }) => content as { readonly exchange: string; readonly choice: { readonly scope?: string } });
    expect(asked.map(({ choice }) => choice.scope !== undefined)).toEqual([true, false, true, false]);
    expect(new Set(asked.map(({ exchange }) => exchange)).size).toBe(4);
    // Of those that it did not understand none is asked again.
    expect((await two.app.owner.query('select exchange_id from sharing.question order by exchange_id')).rows).toEqual([asked[1], asked[3]].map((one) => ({ exchange_id: one?.exchange })));
    two.clock.advance(1);
    await kimChooses(two, 'withdrawn', 'holder');
    await two.app.owner.query(`delete from kernel.waiting_job`);
    two.clock.advance(16 * MINUTE);
    expect(await askAboutKim(two)).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/has said no/) } });
  });
  it('says nothing of a choice that is sure here, which counts as of now: what it told by it stays where it belongs', async () => {
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    const [chosenAt, sent] = [two.clock.now(), holderIsOlder(two)];
    two.clock.advance(10 * MINUTE);
    const choice = await two.app.get(Choices).find(two.receiver, KIM.riverbourne, two.agreement.id);
    expect(await two.app.get(HearsChoice).hear(two.receiver, { document: two.agreement, holder: HOLDER, localId: KIM.riverbourne, choice })).toMatchObject({ choice: { state: 'given' }, asOf: chosenAt, isCertain: true, isUnsaid: true, isSilent: false });
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    expect(sent.filter(({ path }) => path === 'exchange').at(-1)?.content).toMatchObject({ choice: { asOf: two.clock.now().toISOString() } });
    expect(await two.app.get(ToldStanding).of(two.receiver, { agreementId: two.agreement.id, fromPeer: HOLDER, localId: KIM.riverbourne, toldAt: chosenAt })).toBe('sure');
  });
  it('has what it told used to the end of the bound, and no longer', async () => {
    await kimChooses(two, 'given');
    await two.app.drainJobs();
    holderIsOlder(two);
    expect(await askAboutKim(two, { isKept: true })).toMatchObject({ ok: true });
    const kim = two.app.context(RECEIVER, { actor: testResident(KIM.riverbourne) });
    const isUsed = async (): Promise<boolean> => {
      const finds = two.app.get(FindsAnswers);
      const wanted = finds.wanted(kim, { personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } }, attribute: 'address.current', purposes: ['garden-waste-concession'] });
      return wanted !== undefined && (await finds.find(kim, wanted)).usable !== undefined;
    };
    two.clock.advance(14 * MINUTE);
    expect(await isUsed()).toBe(true);
    two.clock.advance(2 * MINUTE);
    expect(await isUsed()).toBe(false);
  });
  it('ends the link with somebody who was erased here', async () => {
    const sent = holderIsOlder(two);
    await two.app.get(KeepsLinks).erase(two.receiver, KIM.riverbourne);
    await two.app.drainJobs();
    expect(sent.map(({ path, content }) => [path, (content as { readonly because?: string }).because])).toEqual([['links', 'erased'], ['links', undefined]]);
    expect(await two.app.get(Links).ofPerson(two.holder, RECEIVER, KIM.aldermoor)).toBeUndefined();
    expect((await two.app.owner.query('select 1 from sharing.link_end')).rows).toEqual([]);
  });
});
