import type { Answer, Visitor } from '@guildhall/kernel/testing';
import { defineServicePack, register } from '@guildhall/kernel-contract';
import { CHANGE_TAKER } from '@guildhall/sharing-contract';
import { KIM, LEE, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const PAGE = '/account/information/tell-once';
const TYPED = { line1: '3 Weir Lane', line2: 'Flat 2', town: 'Riverbourne', postcode: 'ZZ99 1AC' };

describe('telling once, on the way through its pages', () => {
  let two: TwoBodies;
  let kim: Visitor;
  const installed = defineServicePack({
    id: 'subscriptions', version: '0.1.0', options: {}, requires: [],
    registers: [register(CHANGE_TAKER, {
      id: 'subscriptions.open-cases', titleKey: 'sharing.information.title', attributes: ['address.current'], take: () => Promise.resolve(),
      titlesFor: (_ctx, personId) => Promise.resolve(personId === KIM.riverbourne ? [{ en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' }, { en: 'Allotments', cy: 'Rhandiroedd' }] : []),
    })],
  });
  beforeAll(async () => {
    two = await startTwoBodies({ holders: [RECEIVER], receivers: [HOLDER], attributes: ['address.current'] }, { alsoInstalled: [installed] });
    await linkKim(two);
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
  });
  afterAll(() => two?.close());

  const choose = async (visitor: Visitor): Promise<Answer> => {
    await visitor.get(PAGE);
    return visitor.post(PAGE, TYPED);
  };

  it('names the services of theirs that hear of it, before the press and after; and to whoever has none, none', async () => {
    const page = await choose(kim);
    expect(readable(page.text)).toMatch(/Tell these .*Garden waste collection, Allotments Tell them/);
    const told = await kim.post(`${PAGE}/tell`, { ...TYPED, change: /name="change" value="([^"]+)"/.exec(page.text)?.[1] ?? '', to: 'taker:subscriptions.open-cases' });
    expect(readable(told.text)).toMatch(/Who has your new address .*Garden waste collection, Allotments Not told yet/);
    expect(readable((await choose(await two.app.residentVisitor(LEE, RECEIVER))).text)).not.toMatch(/Your information Tell them|Garden waste/);
  });

  it('leads back from what was allowed on the way, with what was typed, and shows that to nobody else', async () => {
    const link = /href="([^"]+\/agreements\/[^"]+)"/.exec((await choose(kim)).text)?.[1]?.replace(/&amp;/g, '&') ?? '';
    expect(link).toMatch(/\?back=/);
    expect(decodeURIComponent(link)).not.toMatch(/Weir|ZZ99/);
    const agreement = await kim.get(link);
    const [shown, back] = ['shown', 'back'].map((name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(agreement.text)?.[1]?.replace(/&amp;/g, '&') ?? '');
    const receipt = await kim.post(new URL(link, 'http://here.example').pathname, { state: 'given', shown: shown ?? '', back: back ?? '' });
    const returned = /href="(\/account\/information\/tell-once\?typed=[^"]+)"/.exec(receipt.text)?.[1] ?? '';
    const again = (await kim.get(returned)).text;
    for (const value of Object.values(TYPED)) expect(again).toContain(`value="${value}"`);
    expect((await choose(kim)).text).toMatch(/value="body:aldermoor" checked/);
    expect((await (await two.app.residentVisitor(LEE, RECEIVER)).get(returned)).text).not.toContain('3 Weir Lane');
    expect((await kim.get(`${returned.slice(0, -6)}AAAAAA`)).text).not.toContain('3 Weir Lane');
    two.clock.advance(3601);
    kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
    expect((await kim.get(returned)).text).not.toContain('3 Weir Lane');
  });
});
