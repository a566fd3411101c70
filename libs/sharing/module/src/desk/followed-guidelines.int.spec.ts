import { starterGuideline, type Guideline } from '@guildhall/sharing-contract';
import type { Visitor } from '@guildhall/kernel/testing';
import { Region } from '../../test/region';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Agreements } from '../knowing/agreements';
import { ChecksDraft } from './check-draft';

const HOME = '/desk/sharing';
const region = new Region();
const ruled = (by: string, id: string, rules: Guideline['rules']): Guideline => ({ id, version: 1, by, title: { en: `What ${by} holds to be right`, cy: `Yr hyn sy’n iawn yn ôl ${by}` }, rules });
/** Against the agreement of the two: it keeps what is told for a year. */
const MONTH = ruled(region.body.id, 'north-rules', [{ id: 'a-month', check: 'kept-no-longer-than', period: 'P1M', sentence: { en: 'We keep what is told for a month', cy: 'Rydym yn cadw’r hyn a ddywedir am fis' } }]);
const wordsOf = (text: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? text).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');

describe('the guideline of a region to which bodies keep', () => {
  let two: TwoBodies;
  let officer: Visitor;
  const own: Guideline[] = [];
  beforeAll(async () => {
    await region.start();
    two = await startTwoBodies({}, { guidelines: { [RECEIVER]: starterGuideline(RECEIVER) }, options: { [RECEIVER]: { lists: [region.recognised], privateNodes: [region.origin], guidelines: own } } });
    officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, RECEIVER);
  });
  afterAll(async () => {
    await two?.close();
    await region.stop();
  });
  const bringIn = async (guideline: Guideline): Promise<string> => {
    const way = `${HOME}/bodies/${HOLDER}/guideline`;
    await officer.get(way);
    return wordsOf((await officer.post(way, { document: JSON.stringify(guideline) })).text);
  };
  const check = async () => {
    const checked = await two.app.get(ChecksDraft).check(await officerContext(), { ...two.agreement, id: 'next-one', version: 1 });
    if (!checked.ok) throw new Error(checked.refusal.message);
    return checked.value.rules;
  };
  const officerContext = async () => two.app.context(RECEIVER, { actor: { kind: 'officer', officerId: 'officer' as never, permissions: two.app.permissionsOf(['team-manager'], RECEIVER), roles: [], teams: [] } as never });

  it('is taken for another body beside its own, from whoever issues a list that is followed here, and from nobody else', async () => {
    expect(await bringIn(ruled('south-region', 'south-rules', MONTH.rules))).toMatch(/by south-region, not by aldermoor or by whoever issues a list that is followed here/);
    expect(await bringIn(starterGuideline(HOLDER))).toContain('Their guideline is kept.');
    const shown = await bringIn(MONTH);
    expect(shown).toContain('What north-region holds to be right By North Region, and this body keeps to it. We keep what is told for a month');
    expect(wordsOf((await officer.get(`${HOME}/bodies`)).text)).toMatch(/aldermoor council .* What north-region holds to be right/);
    expect((await two.app.owner.query('select issuer from sharing.peer_followed_guideline')).rows).toEqual([{ issuer: 'north-region' }]);
  });

  it('shows what it has against a draft, for that body, by its name', async () => {
    const [, theirs] = await check();
    expect(theirs).toMatchObject({ body: HOLDER, guidelines: [{ by: HOLDER }, { by: 'north-region' }] });
    expect(theirs?.objections.map(({ by, text }) => [by, text.en])).toEqual([['north-region', 'North Region: We keep what is told for a month. This agreement keeps what is told for 1 year.']]);
  });

  it('binds a body that keeps to it beside its own guideline: nothing is told that is against one of them', async () => {
    expect((await check())[0]).toMatchObject({ isOwn: true, objections: [] });
    own.push(MONTH);
    const [ours] = await check();
    expect(ours?.guidelines.map(({ by }) => by)).toEqual([RECEIVER, 'north-region']);
    expect(ours?.objections).toHaveLength(1);
    // As after a restart with the new setting.
    await two.app.owner.query(`insert into sharing.trust_mark (council_id, mark) values ($1, 1) on conflict (council_id) do update set mark = sharing.trust_mark.mark + 1`, [two.receiver.council.id]);
    expect((await two.app.get(Agreements).find(two.receiver, two.agreement.id))?.objections.map(({ rule }) => rule)).toEqual(['a-month']);
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { reason: expect.any(String) } });
  });

  it('is named once in a draft to which both sides keep', async () => {
    const completed = await two.app.get(ChecksDraft).completed(await officerContext(), two.agreement);
    expect(completed.guidelines?.map(({ by }) => by)).toEqual([RECEIVER, 'north-region', HOLDER]);
  });
});
