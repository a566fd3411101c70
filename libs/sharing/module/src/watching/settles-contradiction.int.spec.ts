import type { Visitor } from '@guildhall/kernel/testing';
import { backedUp } from '../../test/backed-up';
import { startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { SharingOnDesk } from '../desk/sharing-on-desk';
import { WatchesLogs } from './watches-logs';

const HOME = '/desk/sharing';
const PAGE = `${HOME}/bodies/aldermoor`;
const REASON = 'Aldermoor put back its backup of last night, as its duty officer told us';
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');

describe('a body whose log tells two stories', () => {
  let two: TwoBodies;
  let manager: Visitor;
  beforeAll(async () => {
    two = await startTwoBodies();
    await two.choose('given');
    await two.ask();
    const putBack = await backedUp(two);
    await two.ask();
    await two.ask();
    await watch();
    await putBack();
    for (let count = 0; count < 3; count++) await two.ask();
    manager = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
  });
  afterAll(() => two?.close());

  const watch = (): Promise<void> => two.app.get(WatchesLogs).run(two.receiver);
  const inArea = () => two.app.get(SharingOnDesk).badge(two.receiver);
  const press = async (visitor: Visitor, because: string) => {
    await visitor.get(PAGE);
    return visitor.request(`${PAGE}/go-on`, { form: { because } });
  };

  it('is counted on the desk, and marked in both lists', async () => {
    expect(await inArea()).toBeUndefined();
    await watch();
    expect(await two.ask()).toMatchObject({ ok: false, refusal: { message: 'Its log does not tell one story any more.' } });
    expect(await inArea()).toEqual({ count: 1, isCapped: false });
    expect(wordsOf((await manager.get(HOME)).text)).toMatch(/Nothing is shared with aldermoor council: its log tells two stories\. See what aldermoor council has signed/);
    expect(wordsOf((await manager.get(`${HOME}/bodies`)).text)).toMatch(/aldermoor council Its log tells two stories/);
  });
  it('shows both notes to whoever may read agreements; only a manager goes on, and with a reason', async () => {
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b3', roles: ['case-officer'] });
    for (const number of ['1', '2']) {
      const { status, text, headers } = await officer.get(`${PAGE}/notes/${number}`);
      expect([status, text, headers['content-disposition']]).toEqual([200, expect.stringMatching(/^aldermoor\.example\/log\n\d+\n[\s\S]*\n— aldermoor\.example\/log /), expect.stringContaining(`aldermoor-log-note-${number}.txt`)]);
    }
    for (const number of ['0', '3', 'x']) expect([number, (await officer.get(`${PAGE}/notes/${number}`)).status]).toEqual([number, 404]);
    expect((await officer.get(PAGE)).text).not.toContain('go-on');
    expect((await press(officer, REASON)).status).toBe(403);
    const refused = await press(manager, 'looked');
    expect([refused.status, wordsOf(refused.text)]).toEqual([422, expect.stringMatching(/Say in words of your own what you found out/)]);
    expect(await two.ask()).toMatchObject({ ok: false });
  });
  it('is shared with again after one press, for good, and the notes and the reason stay', async () => {
    expect((await press(manager, REASON)).headers['location']).toBe(`${PAGE}?result=goes-on`);
    for (let count = 0; count < 2; count++) {
      expect(await two.ask()).toMatchObject({ ok: true });
      await watch();
    }
    expect(await inArea()).toBeUndefined();
    expect(wordsOf((await manager.get(PAGE)).text)).toMatch(new RegExp(`When its log told two stories before Since Sunday 22 November 2026 .*it goes on, because: ${REASON} Download signed note 1 of its log Download signed note 2`));
    expect((await manager.get(`${PAGE}/notes/2`)).text).toMatch(/^aldermoor\.example\/log\n/);
    expect((await two.app.owner.query(`select from kernel.audit where action = 'sharing.contradiction-settled' and subject_id = 'aldermoor'`)).rowCount).toBe(1);
    expect((await press(manager, REASON)).headers['location']).toBe(`${PAGE}?result=was-settled`);
  });
});
