import type { Answer, Visitor } from '@guildhall/kernel/testing';
import { readAgreement, type Agreement } from '@guildhall/sharing-contract';
import { HOLDER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import type { Step } from './agreement-in-words';

const HOME = '/desk/sharing';
let two: TwoBodies;
let manager: Visitor;
beforeAll(async () => {
  two = await startTwoBodies();
  manager = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
});
afterAll(() => two?.close());

type Typed = Readonly<Record<string, string | readonly string[]>>;
/** What somebody types who makes no mistake, page by page. */
const TYPED: Readonly<Record<Step, Typed>> = {
  parties: { nameEn: 'Reduction of Council Tax', nameCy: 'Gostwng y Dreth Gyngor', other: HOLDER, direction: 'they-tell' },
  purpose: { purpose: 'council-tax-reduction', benefitEn: 'No proof to upload', benefitCy: 'Dim prawf i’w lanlwytho', lawfulBasis: 'public-task', powerRef: 'Local Government Finance Act 1992, section 13A', powerNote: '' },
  items: { attributes: ['household.single-adult', 'care.receives'], special: 'health-or-social-care', specialRef: 'Data Protection Act 2018, Schedule 1, paragraph 2', children: '', automatedDecision: '' },
  choice: { mode: 'opt-in', withoutItEn: 'You can upload a bill', withoutItCy: 'Gallwch lanlwytho bil', onWithdrawal: 'stop-using', keptBecauseEn: '', keptBecauseCy: '' },
  term: { 'from-day': '1', 'from-month': '4', 'from-year': '2027', 'until-day': '31', 'until-month': '3', 'until-year': '2029', 'review-day': '1', 'review-month': '3', 'review-year': '2028', retention: '6', retentionUnit: 'M' },
  safeguards: { dpiaRef: 'DPIA-2026-20', 'dpiaDate-day': '2', 'dpiaDate-month': '11', 'dpiaDate-year': '2026', channels: ['internet server'], principles: ['1', '2', '9'], assuredBy: 'third-party', within: '400' },
  contacts: { 'contact-riverbourne': 'data@riverbourne.example', 'contact-aldermoor': 'data@aldermoor.example', areas: 'E07000999 Riverbourne\r\n\r\nE10000999 Aldermoor', processors: 'Cloud & Co' },
};
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replaceAll('&#39;', '’').replace(/\s+/g, ' ');
/** The hidden fields of the page that is shown. */
const hidden = (text: string): Readonly<Record<string, string>> => Object.fromEntries(['draftId', 'version'].flatMap((name) => { const [, value] = new RegExp(`name="${name}" value="([^"]+)"`).exec(text) ?? []; return value === undefined ? [] : [[name, value]]; }));
async function send(path: string, form: Typed): Promise<Answer> {
  const { text } = await manager.get(path);
  return manager.request(path, { form: { ...hidden(text), ...form } });
}
const documentOf = async (draft: string): Promise<Agreement> => (await manager.get(`${draft}/document`)).json<Agreement>();
/** Fills in pages one after the other, as far as asked. */
async function fill(until?: Step): Promise<string> {
  let path = `${HOME}/new`;
  for (const step of Object.keys(TYPED) as Step[]) {
    if (step === until) break;
    const { status, headers, text } = await send(path, TYPED[step]);
    if (status !== 303) throw new Error(`${step}: ${wordsOf(text)}`);
    path = headers['location'] ?? '';
  }
  return path;
}

describe('drafting an agreement by a form', () => {
  it('asks page by page, and makes an agreement that can be signed as it is', async () => {
    const path = await fill();
    expect(path).toMatch(/^\/desk\/sharing\/drafts\/[0-9a-f-]{36}\?result=changed$/);
    const draft = path.replace(/\?.*/, '');
    const document = await documentOf(draft);
    expect(readAgreement(document).ok).toBe(true);
    expect(document).toMatchObject({
      id: 'reduction-of-council-tax', version: 1, holders: [HOLDER], receivers: ['riverbourne'], attributes: ['household.single-adult', 'care.receives'], special: { condition: 'health-or-social-care' }, children: null, from: '2027-04-01', until: '2029-03-31', review: '2028-03-01', retention: 'P6M',
      dpia: { ref: 'DPIA-2026-20', date: '2026-11-02' }, channels: [{ network: 'internet', device: 'server' }], assurance: [{ on: 'deployment', standard: 'ncsc-csp', principles: ['1', '2', '9'], by: 'third-party', within: 'P400D' }],
      areas: [{ code: 'E07000999', name: 'Riverbourne' }, { code: 'E10000999', name: 'Aldermoor' }], processors: [{ id: 'cloud-co', name: 'Cloud & Co' }],
      sentence: { en: 'riverbourne council may check whether you live alone and whether you get care at home with aldermoor council, to decide a Council Tax Reduction.' },
    });
    const words = wordsOf((await manager.get(path)).text);
    expect(words).toMatch(/Your changes are kept.*What is told is kept for 6 months.*Principles 1, 2, 9, found met by somebody independent within 400 days/);
    expect(words).not.toContain('Does not hold');
  });

  it.each<[Step, string, Typed, RegExp]>([
    ['parties', 'nameEn', { nameEn: '' }, /Enter what the agreement is called/], ['parties', 'nameCy', { nameCy: ' ' }, /in Welsh/], ['parties', 'other', { other: '' }, /Choose which body/], ['parties', 'other', { other: 'somebody' }, /Choose which body/], ['parties', 'direction', { direction: '' }, /Choose who tells whom/],
    ['parties', 'nameEn', { nameEn: 'x'.repeat(1001) }, /1,000 characters or less/],
    ['purpose', 'purpose', { purpose: '' }, /Choose what it is for/], ['purpose', 'benefitEn', { benefitEn: '' }, /Enter what residents gain/], ['purpose', 'benefitCy', { benefitCy: '' }, /in Welsh/], ['purpose', 'lawfulBasis', { lawfulBasis: 'because' }, /Choose the lawful basis/], ['purpose', 'powerRef', { powerRef: '' }, /Enter the Act and section/],
    ['items', 'attributes', { attributes: [] }, /Choose at least one item/], ['items', 'attributes', { attributes: ['shoe.size', 'care.receives'] }, /Choose at least one item/], ['items', 'special', { special: '' }, /Choose a condition/], ['items', 'specialRef', { specialRef: '' }, /Enter the law or policy/],
    ['choice', 'mode', { mode: '' }, /Choose what residents decide/], ['choice', 'keptBecauseEn', { mode: 'none' }, /Enter why there is no choice/], ['choice', 'keptBecauseCy', { mode: 'none', keptBecauseEn: 'Section 9' }, /in Welsh/], ['choice', 'withoutItEn', { withoutItEn: '' }, /Enter what they can do/], ['choice', 'withoutItCy', { withoutItCy: '' }, /in Welsh/],
    ['choice', 'onWithdrawal', { onWithdrawal: 'nothing' }, /Choose what happens/],
    ['term', 'from', { 'from-month': '13' }, /Enter the first day/], ['term', 'until', { 'until-day': '31', 'until-month': '2' }, /Enter the last day/], ['term', 'review', { 'review-year': '28' }, /Enter the day of the review/], ['term', 'retention', { retention: '0' }, /Enter for how long/], ['term', 'retentionUnit', { retentionUnit: 'H' }, /Choose days/],
    ['safeguards', 'dpiaRef', { dpiaRef: '' }, /Enter the reference/], ['safeguards', 'dpiaDate', { 'dpiaDate-day': 'x' }, /Enter the day of the assessment/], ['safeguards', 'channels', { channels: [] }, /Choose at least one way/], ['safeguards', 'principles', { principles: ['15'] }, /Choose at least one principle/], ['safeguards', 'assuredBy', { assuredBy: '' }, /Choose who must/], ['safeguards', 'within', { within: '-1' }, /Enter how many days/],
    ['contacts', 'contact-aldermoor', { 'contact-aldermoor': '' }, /Enter an email address/], ['contacts', 'contact-riverbourne', { 'contact-riverbourne': 'nobody' }, /like data@riverbourne\.example/], ['contacts', 'areas', { areas: 'Riverbourne' }, /Enter a code and a name/], ['contacts', 'areas', { areas: '' }, /Enter a code and a name/],
  ])('says on the page %s beside %s what is wrong, and keeps what was typed', async (step, field, changes, message) => {
    const path = await pathOf(step);
    const { status, text } = await send(path, { ...TYPED[step], ...changes });
    expect({ status, beside: text.includes(`id="${field}-error"`), summary: new RegExp(`<a href="#${field}(-day)?">`).test(text) }).toEqual({ status: 422, beside: true, summary: true });
    expect(wordsOf(text)).toMatch(message);
    for (const [name, value] of Object.entries(TYPED[step])) if (typeof value === 'string' && value !== '' && !(name in changes) && /^[\w @.,]+$/.test(value)) expect(text).toContain(value);
  });
  const begun = new Map<Step, string>();
  /** The way to a page of the form that has not been answered yet. */
  async function pathOf(step: Step): Promise<string> {
    const path = begun.get(step) ?? (await fill(step));
    begun.set(step, path);
    return path;
  }

  it('begins one draft, though the form is sent twice; and another agreement of that name has another id', async () => {
    const { text } = await manager.get(`${HOME}/new`);
    const form = { ...hidden(text), ...TYPED.parties, nameEn: 'Twice' };
    const [first, second] = [await manager.request(`${HOME}/new`, { form }), await manager.request(`${HOME}/new`, { form })];
    expect(second.headers['location']).toBe(first.headers['location']);
    const again = await send(`${HOME}/new`, { ...TYPED.parties, nameEn: 'Garden waste concession' });
    expect(await documentOf((again.headers['location'] ?? '').replace('/purpose', ''))).toMatchObject({ id: 'garden-waste-concession-2', holders: [HOLDER] });
  });

  it('leads from a draft to the page that is missing, and back from a change to the draft', async () => {
    const draft = (await fill('choice')).replace('/choice', '');
    const shown = (await manager.get(draft)).text;
    expect(wordsOf(shown)).toMatch(/It is not complete yet/);
    expect(shown).toContain(`href="${draft}/choice"`);
    expect((await manager.request(`${draft}/sign`, { form: { confirm: 'yes', version: hidden(shown)['version'] ?? '3' } })).status).not.toBe(303);
    expect((await send(`${draft}/items`, { ...TYPED.items, attributes: 'age.over18', special: 'none' })).headers['location']).toBe(`${draft}/choice`);
    expect(await documentOf(draft)).toMatchObject({ attributes: ['age.over18'], special: null, sentence: { en: expect.stringContaining('whether you are 18 or over') } });
    expect((await manager.get(`${draft}/items`)).text).toMatch(/value="age\.over18" checked/);
  });

  it('overwrites nothing that somebody else wrote meanwhile, and nothing that is signed', async () => {
    const draft = (await fill()).replace(/\?.*/, '');
    const mine = (await manager.get(`${draft}/parties`)).text;
    await send(`${draft}/parties`, { ...TYPED.parties, nameEn: 'Theirs' });
    expect((await manager.request(`${draft}/parties`, { form: { ...hidden(mine), ...TYPED.parties, nameEn: 'Mine' } })).headers['location']).toBe(`${draft}?result=changed-meanwhile`);
    const shown = (await manager.get(draft)).text;
    expect(wordsOf(shown)).toContain('Theirs');
    expect((await manager.request(`${draft}/sign`, { form: { confirm: 'yes', ...hidden(shown) } })).headers['location']).toBe(`${draft}?result=signed`);
    expect((await manager.get(`${draft}/parties`)).path).toBe(`${draft}?result=is-signed`);
    expect((await manager.request(`${draft}/parties`, { form: { version: '9', ...TYPED.parties } })).headers['location']).toBe(`${draft}?result=is-signed`);
  });

  it('is for team managers of this council, and has no other pages', async () => {
    const draft = (await fill('purpose')).replace('/purpose', '');
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer'] });
    const other = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b3', roles: ['team-manager'] }, HOLDER);
    for (const path of [`${HOME}/new`, `${draft}/purpose`]) expect([path, (await officer.get(path)).status, (await officer.request(path, { form: TYPED.purpose })).status]).toEqual([path, 403, 403]);
    await other.get(`${HOME}/new`);
    expect([(await other.get(`${draft}/purpose`)).status, (await other.request(`${draft}/purpose`, { form: TYPED.purpose })).status]).toEqual([404, 404]);
    expect((await manager.get(`${draft}/nothing`)).status).toBe(404);
  });
});
