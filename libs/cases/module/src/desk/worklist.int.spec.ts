import { FixedClock } from '@guildhall/kernel-contract/testing';
import type { RequestContext } from '@guildhall/kernel-contract';
import { startCasesApp, type CasesApp } from '../testing/cases-app';
import { formTo, moveCase, openCase, wordsOf } from '../testing/opened-case';

describe('the worklist', () => {
  const clock = new FixedClock('2026-11-23T09:00:00Z');
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ clock }); });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await app.forget();
    clock.set('2026-11-23T09:00:00Z');
  });

  const take = (ctx: RequestContext, caseId: string) => app.cases.assign(ctx, { caseId, idempotencyKey: app.newId(), assignee: { officerId: ctx.actor.kind === 'officer' ? ctx.actor.officerId : '', name: ctx.actor.kind === 'officer' ? ctx.actor.name : '' } });

  it('says why it is empty and what to do next, on every tab', async () => {
    const browser = await app.officerBrowser(app.officer());
    for (const [view, words] of [['mine', 'You have no open cases'], ['team', 'Your team has no open cases'], ['unassigned', 'Every case has somebody'], ['overdue', 'Nothing is late'], ['attention', 'Nothing to look at'], ['all', 'There are no cases here']]) {
      const { status, text } = await browser.get(`/desk?view=${view}`);
      expect(status).toBe(200);
      expect(wordsOf(text)).toContain(words);
    }
    expect(wordsOf((await browser.get('/desk?view=all&status=closed')).text)).toContain('No case fits this filter');
  });

  it('shows mine, my team’s, nobody’s and late ones, with how many there are', async () => {
    const me = app.officer('Mia Mine');
    const late = await openCase(app);
    clock.advance(7 * 86_400);
    const mine = await openCase(app);
    const other = await openCase(app);
    await take(me, mine.id);
    await take(app.officer('Ola Other'), other.id);
    const browser = await app.officerBrowser(me);
    const seen = async (view: string) => {
      const { text } = await browser.get(`/desk?view=${view}`);
      return [late, mine, other].filter(({ reference }) => text.includes(`/desk/cases/${reference}`));
    };
    expect(await seen('mine')).toEqual([mine]);
    expect(await seen('team')).toEqual([late, mine, other]);
    expect(await seen('unassigned')).toEqual([late]);
    expect(await seen('overdue')).toEqual([late]);
    const words = wordsOf((await browser.get('/desk?view=team')).text);
    expect(words).toContain('Mine (1) My team (3) Unassigned (1) Overdue (1) To look at (0) All (3)');
    expect(words).toContain('3 working days late');
    expect(words).toContain('Due in 2 working days');
  });

  it('filters by kind, status, ward and day, keeps the choice in the address, and lets each part be removed', async () => {
    clock.set('2026-12-21T09:00:00Z');
    const castle = await openCase(app);
    const harbour = await openCase(app, { location: { ward: { code: 'E05999002', name: 'Harbour' } } });
    await moveCase(app, app.officer(), castle.id, 'order');
    const browser = await app.officerBrowser(app.officer());
    const one = await browser.get('/desk?view=all&ward=E05999002');
    expect(one.text).toContain(harbour.reference);
    expect(one.text).not.toContain(castle.reference);
    expect(wordsOf(one.text)).toContain('All: showing 1 to 1 of 1');
    expect(one.text).toContain('aria-label="Remove this filter: Harbour"');
    const two = await browser.get('/desk?view=all&type=kit.pothole&state=ordered');
    expect(two.text).toContain(castle.reference);
    expect(two.text).not.toContain(harbour.reference);
    expect((await browser.get('/desk?view=all&due=today')).text).not.toContain(castle.reference);
    expect((await browser.get('/desk?view=all&type=<script>&sort=nonsense&after=rubbish&view=x')).status).toBe(400);
    expect((await browser.get('/desk?view=all&type=%3Cscript%3E&sort=nonsense')).status).toBe(200);
  });

  it('goes page by page without losing or doubling a case', async () => {
    for (let i = 0; i < 30; i++) await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const first = await browser.get('/desk?view=all');
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replace(/&amp;/g, '&') ?? /<a class="govuk-link govuk-pagination__link" href="([^"]*after=[^"]*)"/.exec(first.text)?.[1]?.replace(/&amp;/g, '&') ?? '';
    const second = await browser.get(next);
    const references = (text: string) => [...text.matchAll(/href="\/desk\/cases\/([A-Z0-9-]+)"/g)].map(([, reference]) => reference);
    expect(references(first.text)).toHaveLength(25);
    expect(new Set([...references(first.text), ...references(second.text)]).size).toBe(30);
    expect(wordsOf(first.text)).toContain('All: showing 1 to 25 of 30');
    expect(wordsOf(second.text)).toContain('All: showing 26 to 30 of 30');
    expect(wordsOf(second.text)).toContain('First page');
    await browser.get('/desk/search');
    const found = await browser.post('/desk/search', { q: 'pugh' });
    expect(wordsOf(found.text)).toContain('Cases for “pugh”: showing 1 to 25 of 30');
    const further = await browser.get(/href="(\/desk\/search[^"]*after=[^"]*)"/.exec(found.text)?.[1]?.replace(/&amp;/g, '&') ?? '');
    expect(wordsOf(further.text)).toContain('Cases for “pugh”: showing 26 to 30 of 30');
    expect(wordsOf(further.text)).toContain('First page');
  });

  it('gives many cases to somebody at once, and says which somebody else changed meanwhile', async () => {
    const me = app.officer('Mia Mine');
    const [one, two, three] = [await openCase(app), await openCase(app), await openCase(app)];
    const browser = await app.officerBrowser(me);
    const list = await browser.get('/desk?view=unassigned');
    const hidden = formTo(list.text, '/desk/assignments');
    await app.cases.note(app.officer('Fay First'), { caseId: two.id, text: 'Mine already', idempotencyKey: app.newId() });
    const given = await browser.post('/desk/assignments', { ...hidden, case: [`${one.id}:1`, `${two.id}:1`, `${three.id}:1`], to: 'me' });
    const words = wordsOf(given.text);
    expect(given.path).toContain('/desk?view=unassigned');
    expect(words).toContain('2 cases were given to Mia Mine.');
    expect(words).toContain('1 case was changed by somebody else');
    expect((await app.cases.list(me, { assignee: 'me' })).items.map(({ id }) => id).sort()).toEqual([one.id, three.id].sort());
    await browser.post('/desk/assignments', { ...hidden, case: [`${one.id}:1`, `${two.id}:1`, `${three.id}:1`], to: 'me' });
    expect((await app.cases.timeline(me, { caseId: one.id })).items).toHaveLength(2);
  });

  it('says what to type when nothing was, names the shortcut to the first case, and says a kind once where the summary is the kind', async () => {
    await openCase(app, { summary: { en: 'Pothole', cy: 'Twll yn y ffordd' } });
    const browser = await app.officerBrowser(app.officer());
    const list = await browser.get('/desk?view=unassigned');
    expect(list.text).toContain('data-key="o" data-key-name="Open the first case"');
    expect(/<td class="govuk-table__cell" data-label="What">([^]*?)<\/td>/.exec(list.text)?.[1]).toBe('Pothole');
    const empty = await browser.request('/desk/search', { form: { q: ' ' } });
    expect(empty.status).toBe(400);
    expect(empty.text).toContain('<a href="#q">Enter a reference, a name, an address');
  });

  it('asks for at least one case and for somebody', async () => {
    await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const hidden = formTo((await browser.get('/desk?view=unassigned')).text, '/desk/assignments');
    expect(wordsOf((await browser.post('/desk/assignments', { ...hidden, to: 'me' })).text)).toContain('Choose at least one case');
    expect(wordsOf((await browser.post('/desk/assignments', { ...hidden, case: `${app.newId()}:1`, to: app.newId() })).text)).toContain('Choose who gets the cases');
  });

  it('offers and takes one order of closed cases, and says so when they are narrowed to none', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'refuse', 'No.');
    const browser = await app.officerBrowser(app.officer());
    for (const status of ['closed', 'any']) {
      const { text, status: answered } = await browser.get(`/desk?view=all&status=${status}&sort=due`);
      expect(answered).toBe(200);
      expect(text).toContain(view.reference);
      expect(text).not.toContain('sort=newest');
      expect(text).not.toContain('aria-sort');
    }
    expect((await browser.get('/desk?view=all')).status).toBe(200);
  });

  it('never leads away from the desk, whatever a form says', async () => {
    await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    await browser.get('/desk?view=all');
    const answer = await browser.request('/desk/assignments', { form: { here: 'https://elsewhere.example/desk?view=all', to: 'me' } });
    expect(answer.headers.location).toBe('/desk?view=all&problem=none');
    for (const here of ['http://', '//', 'https://[', '%', '?view=all', '']) {
      const { status, headers } = await browser.request('/desk/assignments', { form: { here, to: 'me', case: `${'-'.repeat(36)}:1` } });
      expect([status, headers.location]).toEqual([303, here === '?view=all' ? '/desk?view=all&problem=none' : '/desk?problem=none']);
    }
  });

  it('finds by a whole reference at once, and by words with what to do when there is nothing', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    await browser.get('/desk/search');
    expect((await browser.post('/desk/search', { q: view.reference.toLowerCase().replace(/-/g, ' ') })).path).toBe(`/desk/cases/${view.reference}`);
    expect((await browser.post('/desk/search', { q: 'pugh mill' })).text).toContain(view.reference);
    expect(wordsOf((await browser.post('/desk/search', { q: '<b>nobody' })).text)).toContain('No case for “<b>nobody”');
    expect((await browser.get('/desk/search')).status).toBe(200);
  });

  it('shows each search again under an address that does not say what was looked for, to nobody but the officer', async () => {
    const { reference } = await openCase(app);
    const me = app.officer();
    const browser = await app.officerBrowser(me);
    await browser.get('/desk/search');
    const { headers: { location = '' }, status } = await browser.request('/desk/search', { form: { q: 'Pugh' } });
    expect([status, location]).toEqual([303, expect.stringMatching(/^\/desk\/search\?of=[\w-]{12}$/)]);
    await browser.post('/desk/search', { q: 'nobody' });
    expect((await browser.get(location)).text).toContain(reference);
    for (const other of [await app.officerBrowser(me), await app.officerBrowser(app.officer('Ola Other'))]) expect((await other.get(location)).text).not.toContain(reference);
  });

  it('takes officers back to the case or the list when their sign-in had ended before they sent something', async () => {
    const { reference } = await openCase(app);
    const officer = await app.officerBrowser(app.officer());
    for (const [sent, back] of [...['notes', 'updates', 'assignments'].map((what) => [`/desk/cases/${reference}/${what}`, `/desk/cases/${reference}`] as const), ['/desk/assignments', '/desk'] as const]) {
      expect((await officer.request(sent)).headers.location).toBe(back);
    }
  });

  it('is for officers with the permission: others sign in, or are refused', async () => {
    const visitor = app.visitor();
    expect((await visitor.request('/desk')).headers.location).toBe('/desk/sign-in?next=%2Fdesk');
    const stranger = await app.residentVisitor(app.newId());
    expect((await stranger.request('/desk')).status).toBe(403);
    const noRole = await app.officerVisitor({ officerId: app.newId(), roles: [] });
    for (const path of ['/desk', '/desk/search', '/desk/cases/TE-0000-0000']) expect((await noRole.request(path)).status).toBe(403);
  });

  it('shows an adviser no bar for giving cases away', async () => {
    await openCase(app);
    const browser = await app.officerBrowser(app.officer('Ada Adviser', ['adviser']));
    expect((await browser.get('/desk?view=all')).text).not.toContain('bulk-bar');
  });
});
