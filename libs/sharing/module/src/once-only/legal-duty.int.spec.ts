import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { testResident } from '@guildhall/kernel-contract/testing';
import type { WantedAnswer } from '@guildhall/services-contract';
import { KIM, linkKim } from '../../test/residents';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OnceOnly } from './once-only';

const DUTY = 'The Act says that we must check';

describe('an answer that the law lets a body have without a choice', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({ lawfulBasis: 'legal-obligation', choice: { mode: 'none', withoutIt: { en: 'There is no other way', cy: 'Nid oes ffordd arall' }, onWithdrawal: 'stop-using', keptBecause: { en: DUTY, cy: 'Mae’r Ddeddf yn dweud bod rhaid i ni wirio' } } });
    await linkKim(two);
  });
  afterAll(() => two?.close());

  it('says so, and by which law, before it is asked, with what was told and whenever that is used again; and offers no stop that there is not', async () => {
    const kim: RequestContext = two.app.context(RECEIVER, { actor: testResident(KIM.riverbourne) });
    const wanted: WantedAnswer = { personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste', cy: 'Gwastraff gardd' } }, attribute: 'address.current', purposes: ['garden-waste-concession'] };
    const source = two.app.get(OnceOnly);
    const { offer } = await source.look(kim, wanted);
    if (!offer) throw new Error('Nothing is offered.');
    expect(offer.more.at(-1)).toBe(`You have no choice about this, because the law requires it: ${DUTY}.`);
    expect(offer.more.join(' ')).not.toMatch(/stop|no other way/);
    expect(await two.entries('receiver')).toEqual([]);
    const got = await source.get(kim, wanted, { id: offer.id, shown: offer.shown, returnTo: '/' });
    const { told } = await source.look(kim, wanted);
    for (const answer of [got.ok ? got.value : undefined, told]) {
      expect(answer).toMatchObject({ because: expect.stringContaining(DUTY) as string });
      expect(answer).not.toHaveProperty('stop');
    }
  });
});
