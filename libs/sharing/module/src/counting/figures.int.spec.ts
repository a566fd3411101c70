import type { Visitor } from '@guildhall/kernel/testing';
import { REGISTER_FIELDS } from '@guildhall/sharing-contract';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EndsAgreement } from '../ending/ends-agreement';

const AT = '/desk/sharing/agreements/garden-waste-concession';
let two: TwoBodies;
let manager: Visitor;
const newManager = (): Promise<Visitor> => two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
beforeAll(async () => {
  two = await startTwoBodies({ benefit: { en: '=HYPERLINK("https://bad.example")', cy: 'Dim prawf' } });
  manager = await newManager();
});
afterAll(() => two?.close());

const count = async (slug: string): Promise<void> => {
  await two.app.queueJob('do:sharing.count-shared', { data: {} }, slug);
  await two.app.drainJobs();
};
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');
const askTimes = async (times: number): Promise<void> => { for (let n = 0; n < times; n++) await two.ask(); };
const figures = async (slug = RECEIVER): Promise<readonly string[]> => {
  const { rows } = await two.app.owner.query<{ line: string }>(`select to_char(f.month, 'YYYY-MM') || ' ' || f.figure || ' ' || f.reason || ' ' || f.count as line from sharing.figure f where f.council_id = $1 order by f.month, f.figure, f.reason`, [two.app.context(slug).council.id]);
  return rows.map(({ line }) => line);
};

describe('how much is shared', () => {
  it('says that nothing has been counted before it was', async () => {
    expect(wordsOf((await manager.get(AT)).text)).toContain('Nothing has been counted yet');
  });
  it('is counted from the log by month, each entry once, and refusals by every reason', async () => {
    await askTimes(1);
    await two.choose('given');
    await askTimes(6);
    await count(RECEIVER);
    two.clock.advance(30 * 24 * 60 * 60);
    await askTimes(2);
    two.clock.advance(1);
    await two.choose('withdrawn', 'holder');
    await askTimes(7);
    for (const slug of [RECEIVER, RECEIVER, HOLDER]) await count(slug);
    expect(await figures()).toEqual([
      '2026-11 refused  1', '2026-11 refused-because choice 1', '2026-11 refused-because choice-fresh 1', '2026-11 said-yes  1', '2026-11 told  6', '2026-12 refused  7', '2026-12 refused-because choice 7', '2026-12 said-no  1', '2026-12 told  2',
    ]);
    expect(await figures(HOLDER)).toEqual(['2026-11 said-yes  1', '2026-11 told  6', '2026-12 refused  7', '2026-12 refused-because choice 7', '2026-12 said-no  1', '2026-12 told  2']);
  });
  it('does not count what somebody asks by an agreement that is not here', async () => {
    await two.app.owner.query(`insert into sharing.entry (council_id, index, at, kind, agreement, subject, allow, leaf) select council_id, size, now(), 'answered', 'somebody-elses@1', 'nobody', false, '{"failed":["agreement"]}' from sharing.log where council_id = $1`, [two.app.context(HOLDER).council.id]);
    const before = await figures(HOLDER);
    await count(HOLDER);
    expect(await figures(HOLDER)).toEqual(before);
  });
  it('does not count questions of which nobody knows who asked them, by whatever agreement of the register; nor a change as a question', async () => {
    const { council } = two.app.context(HOLDER);
    const before = await figures(HOLDER);
    await two.app.owner.query(`
      insert into sharing.entry (council_id, index, at, kind, peer, agreement, subject, allow, leaf)
      select council_id, size + 1 + nth, now(), kind, peer, 'garden-waste-concession@3', 'nobody', allow, '{"failed":["signature"]}' from sharing.log,
        (values (0, 'answered', null, false), (1, 'change-told', 'riverbourne', false), (2, 'change-heard', 'riverbourne', false), (3, 'change-told', 'riverbourne', true), (4, 'change-heard', 'riverbourne', true)) as one (nth, kind, peer, allow) where council_id = $1`, [council.id]);
    await count(HOLDER);
    const after = await figures(HOLDER);
    expect(after.filter((line) => !before.includes(line))).toEqual([expect.stringMatching(/ told-once {2}2$/)]);
    expect(after.filter((line) => !line.includes('told-once'))).toEqual(before);
  });
  it('is shown to officers with small numbers kept back', async () => {
    manager = await newManager();
    const words = wordsOf((await manager.get(AT)).text);
    expect(words).toMatch(/Questions that were answered .* November 2026 6 December 2026 Fewer than 5/);
    expect(words).toMatch(/Questions that were refused .* November 2026 Fewer than 5 December 2026 7/);
    expect(words).toMatch(/Why questions were refused .*The resident’s choice 8 Choice looked at too long ago Fewer than 5/);
  });
  it('is handed out as the 18 fields of the register, in which no cell is a formula', async () => {
    const { text, headers } = await manager.get(`${AT}/register`);
    expect(headers['content-disposition']).toContain('garden-waste-concession-v3-register.csv');
    const [heading, row] = text.split('\r\n');
    expect(heading?.split(',')).toEqual([...REGISTER_FIELDS]);
    expect(row).toContain(`"'=HYPERLINK(""https://bad.example"")"`);
    expect(row).toContain('To decide what you pay for garden waste');
    expect((await manager.get(`${AT}/document`)).json()).toEqual(two.agreement);
  });
});

describe('how often people are asked what is known', () => {
  const asked = async (rows: readonly (readonly [string, string, number])[]): Promise<string> => {
    await two.app.owner.query('delete from sharing.asking_figure');
    for (const [attribute, figure, times] of rows) await two.app.owner.query(`insert into sharing.asking_figure (council_id, month, attribute, purpose, figure, count) values ($1, '2026-12-01', $2, 'garden-waste-concession', $3, $4)`, [two.app.context(RECEIVER).council.id, attribute, figure, times]);
    return wordsOf((await manager.get('/desk/sharing/asked')).text);
  };
  it('is counted by month and by what was asked, with small numbers kept back but not those of a fault', async () => {
    expect(await asked([])).toContain('Nothing has been asked yet');
    const words = await asked([['address.current', 'told', 41], ['address.current', 'typed', 3], ['address.current', 'asked-because-unreachable', 7]]);
    expect(words).toMatch(/Nobody was asked twice\..*Told by somebody else.* December 2026 41 .*Typed by the person .*December 2026 Fewer than 5 .*could not be reached .*December 2026 7 /);
    expect(words).toMatch(/Current address To decide what you pay for garden waste 41 Fewer than 5 7/);
    expect(await asked([['address.current', 'typed', 9], ['address.current', 'asked-twice', 2]])).toContain('People were asked 2 times for what was known');
  });
  it('is an officer’s to read, and shows nothing of another body', async () => {
    expect((await two.app.visitor().get('/desk/sharing/asked')).path).toContain('sign-in');
    const other = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['team-manager'] }, HOLDER);
    expect(wordsOf((await other.get('/desk/sharing/asked')).text)).toContain('Nothing has been asked yet');
  });
});

describe('all agreements together', () => {
  it('are shown with the reviews that are due, and the sums of what may be told of each', async () => {
    manager = await newManager();
    expect((await manager.get('/desk/sharing')).text).toContain('href="/desk/sharing/overview"');
    const words = wordsOf((await manager.get('/desk/sharing/overview')).text);
    expect(words).toMatch(/Agreements to review, by month .* March 2027 1 .*Concessions for garden waste 1 March 2027 In force aldermoor council/);
    // Of December there are two that were told, which stay out of the sums: nobody works them out.
    expect(words).toMatch(/Questions that were answered .* November 2026 6 December 2026 0 .*Why questions were refused .*The resident’s choice 8 .*By agreement .* Concessions for garden waste 6 7 0/);
    expect(words).not.toContain('Choice looked at too long ago');
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b5', roles: ['adviser'] });
    expect((await officer.get('/desk/sharing/overview')).status).toBe(403);
  });
});

describe('the public register', () => {
  it('tells everybody what is shared, in both languages, with small numbers kept back', async () => {
    const words = wordsOf((await two.app.visitor(HOLDER).get('/sharing/register')).text);
    expect(words).toMatch(/riverbourne council may check your address and whether you get Council Tax Reduction with aldermoor council, to decide what you pay for garden waste\. Why To decide what you pay/);
    expect(words).toMatch(/Localism Act 2011, section 1 Your choice Nothing is shared until you say yes\. .*aldermoor council: data@aldermoor\.example/);
    expect(words).toMatch(/Questions answered 8 Questions refused 7 Changes told once (Fewer than 5|0) Times that somebody said no Fewer than 5/);
    const welsh = wordsOf((await two.app.visitor(HOLDER).get('/sharing/register?lang=cy')).text);
    expect(welsh).toMatch(/Er mwyn penderfynu beth rydych yn ei dalu am wastraff gardd .*Cwestiynau a atebwyd 8 .*Troeon y dywedodd rhywun na Llai na 5/);
    expect(welsh).not.toMatch(/Fewer|Your choice/);
  });
  it('has nothing that has ended, and says so when nothing is left', async () => {
    await two.app.get(EndsAgreement).end(two.holder, two.agreement);
    expect(wordsOf((await two.app.visitor(HOLDER).get('/sharing/register')).text)).toContain('We share nothing with other public bodies');
    expect(wordsOf((await two.app.visitor().get('/sharing/register')).text)).toContain('garden waste');
    expect((await two.app.visitor().get('/sharing/register?after=X')).status).toBe(400);
  });
});

describe('whoever looks', () => {
  it('need not wait for the hour: the log is counted when they say so, from either page, and by nobody who may not read it', async () => {
    const refusedNow = async (): Promise<number> => Number((await figures()).find((line) => line.startsWith('2026-12 refused  '))?.split(' ').at(-1));
    const before = await refusedNow();
    for (const [page, nth] of [['/desk/sharing/overview', 1], [AT, 2]] as const) {
      await askTimes(1);
      await manager.get(page);
      expect(wordsOf((await manager.post(`${page}/count`, {})).text)).toContain('The figures are counted up to now.');
      expect(await refusedNow()).toBe(before + nth);
    }
    const adviser = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b6', roles: ['adviser'] });
    await adviser.get('/desk');
    for (const page of ['/desk/sharing/overview', AT]) expect((await adviser.request(`${page}/count`, { form: {} })).status).toBe(403);
  });
});
