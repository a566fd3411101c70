import { FixedClock } from '@guildhall/kernel-contract/testing';
import { personId, startCasesApp, type CasesApp } from '../testing/cases-app';
import { formTo, moveCase, openCase, wordsOf } from '../testing/opened-case';
import { CasesAtHome } from '../account/cases-at-home';
import { CasesInAccount } from '../account/cases-in-account';

describe('the status page', () => {
  const clock = new FixedClock('2026-11-23T09:00:00Z');
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ clock }); });
  afterAll(() => app?.close());
  beforeEach(() => app.forget());

  it('begins with a plain sentence, then what to do, then what happened, in both languages', async () => {
    const view = await openCase(app);
    const browser = app.visitor();
    const english = await browser.get(view.statusPath);
    expect(english.status).toBe(200);
    expect(english.headers['x-robots-tag']).toContain('noindex');
    expect(english.headers['referrer-policy']).toBe('no-referrer');
    expect(wordsOf(/<h1[\s\S]*?<\/h1>/.exec(english.text)?.[0] ?? '')).toBe(' We have your report. We will look at it by Wednesday 25 November 2026. ');
    const words = wordsOf(english.text);
    expect(words.indexOf('What you can do now')).toBeLessThan(words.indexOf('What has happened so far'));
    const welsh = await browser.get(`${view.statusPath}&lang=cy`);
    expect(welsh.text).toContain('<html lang="cy"');
    expect(wordsOf(welsh.text)).toContain('Mae eich adroddiad gyda ni. Byddwn yn edrych arno erbyn dydd Mercher 25 Tachwedd 2026.');
    expect(welsh.text).toContain('key=');
  });

  it('shows nobody’s name, contact or personal answers, nor anything internal', async () => {
    const view = await openCase(app);
    await app.cases.note(app.officer('Nan Named'), { caseId: view.id, text: 'INTERNAL', idempotencyKey: app.newId() });
    await app.cases.tell(app.officer('Nan Named'), { caseId: view.id, text: 'An engineer comes.', idempotencyKey: app.newId() });
    const { text } = await app.visitor().get(view.statusPath);
    expect(wordsOf(text)).toContain('An engineer comes.');
    expect(text).not.toMatch(/Pugh|olwen@|07700|INTERNAL|Nan Named/);
  });

  it('is the same 404 for a wrong key, no key, a wrong reference and another council', async () => {
    const view = await openCase(app);
    const other = await openCase(app);
    const key = (path: string) => new URL(path, 'http://x.example').searchParams.get('key') ?? '';
    const bodies = new Set<string>();
    for (const path of [`/status/${view.reference}?key=${key(other.statusPath)}`, `/status/${view.reference}`, `/status/${view.reference}?key=`, `/status/TE-0000-0000?key=${key(view.statusPath)}`, '/status/nonsense?key=x']) {
      const answer = await app.visitor().request(path);
      expect(answer.status).toBe(404);
      bodies.add(wordsOf(answer.text));
    }
    expect(bodies.size).toBe(1);
    expect((await app.visitor('elsewhere').request(view.statusPath)).status).toBe(404);
    expect((await app.visitor().request(`/status/${view.reference}?key=a&key=b`)).status).toBe(404);
  });

  it('is not asked for endlessly: whoever guesses is stopped', async () => {
    const view = await openCase(app);
    const browser = app.visitor('elsewhere');
    let stopped = 0;
    for (let i = 0; i < 125; i++) if ((await browser.request(`/status/${view.reference}?key=guess${i}`)).status === 429) stopped++;
    expect(stopped).toBeGreaterThan(0);
  });

  it('keeps only a hash of the key', async () => {
    const view = await openCase(app);
    const key = new URL(view.statusPath, 'http://x.example').searchParams.get('key') ?? '';
    const { rows } = await app.owner.query<{ row: string }>('select to_jsonb(c)::text as row from cases."case" as c');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(key);
  });

  it('takes "it is not fixed" from whoever has the link, with words, once', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'order');
    await moveCase(app, app.officer(), view.id, 'fix');
    const browser = app.visitor();
    const first = await browser.get(view.statusPath);
    const action = `/status/${view.reference}/moves/not-fixed?${view.statusPath.split('?')[1]}`;
    const hidden = formTo(first.text, action);
    const empty = await browser.request(action, { form: { ...hidden, words: ' ' } });
    expect(empty.status).toBe(400);
    expect(empty.text).toContain('<a href="#words-not-fixed">Write what you want to tell us</a>');
    const sent = await browser.post(action, { ...hidden, words: 'The hole is still there.' });
    expect(wordsOf(sent.text)).toContain('Thank you. We have what you sent.');
    expect(wordsOf(sent.text)).toContain('The hole is still there.');
    const again = await browser.post(action, { ...hidden, words: 'The hole is still there.' });
    expect(again.status).toBe(200);
    const found = await app.cases.find(app.officer(), { caseId: view.id });
    expect([found?.state, found?.version]).toEqual(['reported', 4]);
    const officer = await (await app.officerBrowser(app.officer())).get(`/desk/cases/${view.reference}`);
    expect(wordsOf(officer.text)).toContain('Resident: It is not fixed');
    expect(wordsOf(officer.text)).toContain('The hole is still there.');
  });

  it('tells somebody whose case moved meanwhile, and keeps their words', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'ask', 'Which side?');
    const browser = app.visitor();
    const page = await browser.get(view.statusPath);
    const action = `/status/${view.reference}/moves/reply?${view.statusPath.split('?')[1]}`;
    const hidden = formTo(page.text, action);
    await app.cases.tell(app.officer(), { caseId: view.id, text: 'Take your time.', idempotencyKey: app.newId() });
    const late = await browser.request(action, { form: { ...hidden, words: 'The left side.' } });
    expect(late.status).toBe(409);
    expect(wordsOf(late.text)).toContain('Something has happened to your case since you opened this page.');
    expect(late.text).toContain('The left side.</textarea>');
    expect(wordsOf(late.text)).toContain('Take your time.');
    expect((await browser.post(action, { ...formTo(late.text, action), words: 'The left side.' })).status).toBe(200);
    expect((await app.cases.find(app.officer(), { caseId: view.id }))?.state).toBe('reported');
  });

  it('asks for an answer in words wherever something was asked, and shows the resident their own', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'ask', 'Which side?');
    const browser = app.visitor();
    const page = await browser.get(view.statusPath);
    expect(wordsOf(page.text)).toContain('We asked you: Which side? Please answer by');
    const action = `/status/${view.reference}/moves/reply?${view.statusPath.split('?')[1]}`;
    expect((await browser.request(action, { form: { ...formTo(page.text, action), words: '' } })).status).toBe(400);
    expect(wordsOf((await browser.post(action, { ...formTo(page.text, action), words: 'The left.' })).text)).toContain('The left.');
  });

  it('promises no day that has passed, and says that it takes longer', async () => {
    const view = await openCase(app);
    clock.advance(10 * 86_400);
    const words = wordsOf((await app.visitor().get(view.statusPath)).text);
    expect(words).toContain('We have your report. Reported');
    expect(words).toContain('This is taking longer than we said.');
    clock.set('2026-11-23T09:00:00Z');
  });

  it('takes words at any time, and refuses an officer’s step', async () => {
    const view = await openCase(app);
    const browser = app.visitor();
    const query = view.statusPath.split('?')[1] ?? '';
    const page = await browser.get(view.statusPath);
    const action = `/status/${view.reference}/words?${query}`;
    expect(wordsOf((await browser.post(action, { ...formTo(page.text, action), words: 'It <grows>.' })).text)).toContain('It <grows>.');
    expect(wordsOf((await browser.request(`/status/${view.reference}/moves/order?${query}`, { form: { words: 'x' } })).text)).toContain('This is not possible any more');
    expect((await app.cases.find(app.officer(), { caseId: view.id }))?.state).toBe('reported');
  });

  it('opens without a key for the person whose case it is, and for nobody else', async () => {
    const id = app.newId();
    const view = await openCase(app, {}, app.as({ kind: 'resident', personId: personId(id), confidence: 'low' }));
    const mine = await app.residentVisitor(id);
    expect(wordsOf((await mine.get(`/status/${view.reference}`)).text)).toContain('Olwen Pugh');
    expect((await (await app.residentVisitor(app.newId())).request(`/status/${view.reference}`)).status).toBe(404);
  });

  it('stands in the account, what waits for the person first', async () => {
    const id = app.newId();
    const ctx = app.as({ kind: 'resident', personId: personId(id), confidence: 'low' });
    const [asked, open, closed] = [await openCase(app, {}, ctx), await openCase(app, {}, ctx), await openCase(app, {}, ctx)];
    await openCase(app);
    await moveCase(app, app.officer(), asked.id, 'ask', 'Which side?');
    await moveCase(app, app.officer(), closed.id, 'refuse', 'No.');
    clock.advance(60);
    await moveCase(app, app.officer(), open.id, 'order');
    const section = await app.get(CasesInAccount).load(ctx);
    expect(section?.waiting).toEqual([{ text: { en: `Pothole ${asked.reference}: answer our question`, cy: `Twll yn y ffordd ${asked.reference}: atebwch ein cwestiwn` }, href: `/status/${asked.reference}` }]);
    const data = section?.data as { open: { reference: string }[]; closed: { reference: string }[] };
    expect(data.open.map(({ reference }) => reference)).toEqual([asked.reference, open.reference]);
    expect(data.closed.map(({ reference }) => reference)).toEqual([closed.reference]);
    expect(await app.get(CasesInAccount).load(app.as({ kind: 'nobody' }))).toBeUndefined();
    expect(await app.get(CasesInAccount).load(app.officer())).toBeUndefined();
    expect(await app.get(CasesAtHome).load(ctx)).toMatchObject({ isYours: true, data: { cases: [{ reference: asked.reference, href: `/status/${asked.reference}` }, { reference: open.reference }], hasMore: false } });
    expect(await app.get(CasesAtHome).load(app.as({ kind: 'nobody' }))).toBeUndefined();
    const list = await (await app.residentVisitor(id)).get('/account/cases');
    expect(list.status).toBe(200);
    for (const { reference } of [asked, open, closed]) expect(list.text).toContain(`/status/${reference}`);
  });
});
