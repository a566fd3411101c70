import { FixedClock } from '@guildhall/kernel-contract/testing';
import { InvalidInput, NotAllowed, register } from '@guildhall/kernel-contract';
import { defineModule, implement } from '@guildhall/kernel';
import { Module } from '@nestjs/common';
import path from 'node:path';
import { CASE_PANEL, type CasePanel } from '@guildhall/cases-contract';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { InMemoryAddressProvider, InMemoryAddresses, villageGround } from '@guildhall/addresses-contract/testing';
import { FindsZonesLater } from '../opening/finds-zones-later';
import { startCasesApp, type CasesApp } from '../testing/cases-app';
import { formTo, moveCase, openCase, wordsOf } from '../testing/opened-case';

const money: CasePanel = { id: 'fixture.money', order: 10, load: async (_ctx, view) => ({ title: 'Payment', template: 'panels/money.njk', data: { paid: `paid for ${view.reference}` } }) };
const broken: CasePanel = { id: 'fixture.broken', order: 20, load: async () => { throw new Error('does not answer'); } };

@Module({})
class PanelsModule {}
const panels = defineModule({ id: 'panels', version: '0.1.0', packageFolder: path.join(__dirname, '..'), nest: PanelsModule, viewsFolder: path.join(__dirname, '../testing/views'), registers: [register(CASE_PANEL, money), register(CASE_PANEL, broken)] });

const village = new InMemoryAddressProvider();
const known = new InMemoryAddresses(village);
@Module({ providers: [{ provide: InMemoryAddresses, useValue: known }] })
class VillageModule {}
const addresses = defineModule({ id: 'addresses', version: '0.1.0', packageFolder: __dirname, nest: VillageModule, provides: [implement(ADDRESSES, InMemoryAddresses)] });

describe('the case page of a council that knows its zones', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ modules: [addresses()] }); });
  afterAll(() => app?.close());

  it('says in which of them the case is, every one, in the officer’s language, and does without them while their source does not answer', async () => {
    const { reference } = await openCase(app, { location: { lines: [...villageGround.address.lines], postcode: villageGround.address.postcode, point: villageGround.address.point, ward: villageGround.area?.ward } });
    const browser = await app.officerBrowser(app.officer());
    const words = async (query = ''): Promise<string> => wordsOf((await browser.get(`/desk/cases/${reference}${query}`)).text);
    expect(await words()).toContain('Ward: West Testing Bin round: Tuesday Conservation area: Old Village Conservation area: High Street');
    village.isDown = true;
    try {
      const without = await words();
      expect(without).toContain('Ward: West Testing');
      expect(without).not.toContain('Bin round');
    } finally { village.isDown = false; }
  });
  it('narrows the worklist to one of them, which the address keeps, offers each by its name in the officer’s language, and opens cases while nobody knows the zones', async () => {
    await app.forget();
    const there = await openCase(app, { location: { point: villageGround.address.point } });
    const elsewhere = await openCase(app, { location: { point: villageGround.outside } });
    village.isDown = true;
    const unknown = await openCase(app, { location: { point: villageGround.address.point } }).finally(() => { village.isDown = false; });
    const [first] = villageGround.zones ?? [];
    const zone = `${first?.kind}:${first?.code}`;
    const browser = await app.officerBrowser(app.officer());
    const one = await browser.get(`/desk?view=all&zone=${encodeURIComponent(zone)}`);
    expect([there, elsewhere, unknown].map(({ reference }) => one.text.includes(reference))).toEqual([true, false, false]);
    expect(one.text).toContain('aria-label="Remove this filter: Bin round: Tuesday"');
    expect(one.text).toContain(`<option value="${zone}" selected>Bin round: Tuesday</option>`);
    expect(one.text).toContain('All: showing 1 to 1 of 1');
    // A tab with its order keeps it; a kind chosen besides narrows it further.
    expect(one.text).toContain(`zone=${encodeURIComponent(zone)}&amp;sort=newest`);
    expect((await browser.get('/desk?view=all&zone=none:none')).text).not.toContain(there.reference);
    const listed = await app.cases.list(app.officer(), { zone });
    expect(listed.items.map(({ id }) => id)).toEqual([there.id]);
    // Looked up later: what was opened before, or while nobody knew. Nothing is written down while nobody knows.
    const later = app.get(FindsZonesLater);
    village.isDown = true;
    await later.run(app.systemContext()).finally(() => { village.isDown = false; });
    expect((await app.cases.list(app.officer(), { zone })).items).toHaveLength(1);
    await later.run(app.systemContext());
    const found = await app.cases.list(app.officer(), { zone });
    expect(found.items.map(({ id }) => id).toSorted()).toEqual([there.id, unknown.id].toSorted());
    expect((await app.owner.query('select from cases."case" where zones is null')).rowCount).toBe(0);
  });
  it.each([['not-allowed', new NotAllowed()], ['invalid-input', new InvalidInput('The point is nowhere.')], ['TypeError', new TypeError('kim@riverbourne.example made this break')]])('opens a case, and shows it and the worklist, whatever is wrong with whoever knows the zones, and logs %s', async (code, error) => {
    await app.forget();
    app.log.lines.length = 0;
    const asked = jest.spyOn(known, 'zonesOf').mockRejectedValue(error);
    try {
      const { reference } = await openCase(app, { location: { point: villageGround.address.point } });
      expect(app.log.lines.filter(({ event }) => event === 'cases.zones-not-found')).toMatchObject([{ ids: { error: code } }]);
      expect(JSON.stringify(app.log.lines)).not.toContain('kim@');
      const browser = await app.officerBrowser(app.officer());
      expect([(await browser.get(`/desk/cases/${reference}`)).status, (await browser.get('/desk?view=all')).status]).toEqual([200, 200]);
    } finally { asked.mockRestore(); }
  });
  it('names none for a case that is nowhere on a map', async () => {
    const { reference } = await openCase(app, { location: { lines: ['By the bridge'] } });
    expect(wordsOf((await (await app.officerBrowser(app.officer())).get(`/desk/cases/${reference}`)).text)).not.toContain('Bin round');
  });
});

describe('the case page', () => {
  const clock = new FixedClock('2026-11-23T09:00:00Z');
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ clock, modules: [panels()] }); });
  afterAll(() => app?.close());
  beforeEach(() => app.forget());

  it('shows head, facts, answers, timeline and the panels of other modules, one of which may be broken', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const { status, text } = await browser.get(`/desk/cases/${view.reference}`);
    const words = wordsOf(text);
    expect(status).toBe(200);
    for (const said of [view.reference, 'Pothole in Mill Lane', 'Reported', 'Due in 2 working days', 'Olwen Pugh', '07700 900123', '4 Mill Lane, Testham, ZZ99 4AB', 'Castle', 'How deep is it?', 'Deeper than a hand', 'Opened', 'Kept until 23 November 2028', `paid for ${view.reference}`, 'This part does not answer at the moment.']) expect(words).toContain(said);
    expect(text).not.toMatch(/style="|<style|onclick/);
  });

  it('says where as one: the street, and the point that was marked in it', async () => {
    const location = { lines: ['Mill Lane', 'Testham'], point: { latitude: 52.1, longitude: -1.5 }, isMarked: true, near: '4 Mill Lane, ZZ99 4AB' };
    const view = await openCase(app, { location });
    const marked = wordsOf((await (await app.officerBrowser(app.officer())).get(`/desk/cases/${view.reference}`)).text);
    expect(marked).toContain('Mill Lane, Testham Point on the map near 4 Mill Lane, ZZ99 4AB (52.10000, -1.50000)');
    expect(marked).not.toContain('Nobody marked a point');
    const status = await app.visitor().get(view.statusPath);
    expect(wordsOf(status.text)).toContain('Where Mill Lane Testham Point on the map near 4 Mill Lane, ZZ99 4AB (52.10000, -1.50000)');
  });

  it('takes a reference as people type it', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    expect((await browser.get(`/desk/cases/${view.reference.toLowerCase().replace(/-/g, '')}`)).path).toBe(`/desk/cases/${view.reference}`);
    expect((await browser.request('/desk/cases/TE-0000-0001')).status).toBe(404);
  });

  it('puts every look on record, with who and at whom', async () => {
    const person = app.newId();
    const view = await openCase(app, { openedFor: { personId: person, contact: { name: 'Olwen Pugh' } } }, app.officer());
    const me = app.officer('Lou Looker');
    const browser = await app.officerBrowser(me);
    await browser.get(`/desk/cases/${view.reference}`);
    const { rows } = await app.owner.query(`select actor_kind, actor_id, person_id from kernel.audit where action = 'cases.seen'`);
    expect(rows).toEqual([{ actor_kind: 'officer', actor_id: me.actor.kind === 'officer' ? me.actor.officerId : '', person_id: person }]);
  });

  it('offers only what the state and the permissions allow', async () => {
    const view = await openCase(app);
    const at = `/desk/cases/${view.reference}`;
    const officer = wordsOf((await (await app.officerBrowser(app.officer())).get(at)).text);
    for (const offered of ['Order the repair', 'Ask the resident', 'Decide not to repair it', 'Take this case', 'Write an internal note', 'Write to the resident']) expect(officer).toContain(offered);
    for (const not of ['Mark as repaired', 'It is not fixed', 'Give the case to somebody']) expect(officer).not.toContain(not);
    const adviser = wordsOf((await (await app.officerBrowser(app.officer('Ada Adviser', ['adviser']))).get(at)).text);
    expect(adviser).toContain('Write an internal note');
    for (const not of ['Order the repair', 'Write to the resident', 'Take this case']) expect(adviser).not.toContain(not);
    expect(wordsOf((await (await app.officerBrowser(app.officer('Meg Manager', ['team-manager']))).get(at)).text)).toContain('Give the case to somebody');
  });

  it('moves with one press, and a second press moves nothing', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const base = `/desk/cases/${view.reference}`;
    const hidden = formTo((await browser.get(base)).text, `${base}/moves/order`);
    const moved = await browser.post(`${base}/moves/order`, hidden);
    expect(wordsOf(moved.text)).toContain('The case is now “Repair ordered”.');
    const again = await browser.post(`${base}/moves/order`, hidden);
    expect(again.status).toBe(200);
    expect((await app.cases.timeline(app.officer(), { caseId: view.id })).items).toHaveLength(2);
  });

  it('keeps a note, puts a standard text into a message, and sends it', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const base = `/desk/cases/${view.reference}`;
    const first = await browser.get(base);
    expect(wordsOf((await browser.post(`${base}/notes`, { ...formTo(first.text, `${base}/notes`), note: 'Rang the <b>contractor</b>\n& waited', do: 'send' })).text)).toContain('Rang the <b>contractor</b> & waited');
    const second = await browser.get(base);
    const filled = await browser.post(`${base}/updates`, { ...formTo(second.text, `${base}/updates`), tell: 'Hello,', 'standard-tell': 'kit.engineer', do: 'insert' });
    expect(wordsOf(filled.text)).toContain(`Hello, An engineer will look at it by Wednesday 25 November 2026. Quote ${view.reference}.`);
    const sent = await browser.post(`${base}/updates`, { ...formTo(filled.text, `${base}/updates`), tell: 'Hello, an engineer comes.', do: 'send' });
    expect(wordsOf(sent.text)).toContain('Your message is on the resident’s status page');
    const { items } = await app.cases.timeline(app.officer(), { caseId: view.id });
    expect(items.map(({ kind }) => kind)).toEqual(['update', 'note', 'opened']);
  });

  it('asks for words, at the field and above, and keeps those that are too many', async () => {
    const view = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    const base = `/desk/cases/${view.reference}`;
    const hidden = formTo((await browser.get(base)).text, `${base}/notes`);
    const empty = await browser.request(`${base}/notes`, { form: { ...hidden, note: '  ' } });
    expect(empty.status).toBe(400);
    expect(empty.text).toContain('<title>Error: ');
    expect(empty.text).toContain('<a href="#note">Write the note</a>');
    expect(empty.text).toContain('id="note-error"');
    const long = await browser.request(`${base}/notes`, { form: { ...hidden, note: 'a'.repeat(5001) } });
    expect(long.text).toContain('Write no more than 5,000 characters');
    expect(long.text).toContain('a'.repeat(5001));
  });

  it('tells the second of two officers who was first and what they did, keeps the words, and lets them send again', async () => {
    const view = await openCase(app);
    const base = `/desk/cases/${view.reference}`;
    const second = await app.officerBrowser(app.officer('Sid Second'));
    const page = await second.get(base);
    const hidden = formTo(page.text, `${base}/updates`);
    await moveCase(app, app.officer('Fay First'), view.id, 'order');
    const late = await second.request(`${base}/updates`, { form: { ...hidden, tell: 'We have not looked at it yet.', do: 'send' } });
    expect(late.status).toBe(409);
    expect(wordsOf(late.text)).toContain('Somebody changed this case while you worked on it');
    expect(wordsOf(late.text)).toContain('Fay First changed it.');
    expect(wordsOf(late.text)).toContain('Now: Repair ordered');
    expect(late.text).toContain('We have not looked at it yet.</textarea>');
    expect((await app.cases.timeline(app.officer(), { caseId: view.id })).items).toHaveLength(2);
    const retry = await second.post(`${base}/updates`, { ...formTo(late.text, `${base}/updates`), tell: 'We ordered the repair.', do: 'send' });
    expect(retry.path).toContain('done=told');
  });

  it('lets no note from a page that is older than the mark “to look at” take it away, and keeps the words; any other note is kept as it was sent, once', async () => {
    const { id, reference } = await openCase(app);
    const base = `/desk/cases/${reference}`;
    const note = async (text: string, needsAttention = false): Promise<unknown> => app.cases.note(app.officer('Fay First'), { caseId: id, text, idempotencyKey: app.newId(), ...(needsAttention && { needsAttention }) });
    const isMarked = async (): Promise<boolean> => (await app.cases.find(app.officer(), { caseId: id }))?.staff?.needsAttention ?? false;
    const browser = await app.officerBrowser(app.officer('Sid Second'));
    const before = formTo((await browser.get(base)).text, `${base}/notes`);
    await note('They have moved.', true);
    const late = await browser.request(`${base}/notes`, { form: { ...before, note: 'Rang the contractor.', do: 'send' } });
    expect([late.status, await isMarked()]).toEqual([409, true]);
    expect(wordsOf(late.text)).toContain('They have moved.');
    expect(late.text).toContain('Rang the contractor.</textarea>');
    const seen = { ...formTo(late.text, `${base}/notes`), note: 'Rang the contractor.', do: 'send' };
    for (let press = 0; press < 2; press++) expect((await browser.post(`${base}/notes`, seen)).path).toContain('done=noted');
    expect(await isMarked()).toBe(false);
    const open = formTo((await browser.get(base)).text, `${base}/notes`);
    await note('It is by the bridge.');
    expect((await browser.post(`${base}/notes`, { ...open, note: 'It is deep.', do: 'send' })).path).toContain('done=noted');
    expect((await app.cases.timeline(app.officer(), { caseId: id })).items.map(({ text }) => text).slice(0, 4)).toEqual(['It is deep.', 'It is by the bridge.', 'Rang the contractor.', 'They have moved.']);
  });

  it('shows a decision’s letter in the person’s language before it goes, and again what was typed when somebody was first', async () => {
    const view = await openCase(app, { openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example' }, language: 'cy' } });
    const base = `/desk/cases/${view.reference}`;
    const browser = await app.officerBrowser(app.officer('Dai Decider'));
    const asked = await browser.get(`${base}/moves/refuse`);
    expect(asked.text).not.toContain('value="confirm"');
    const hidden = formTo(asked.text, `${base}/moves/refuse`);
    const none = await browser.request(`${base}/moves/refuse`, { form: { ...hidden, reasons: '', do: 'preview' } });
    expect(none.text).toContain('<a href="#reasons">Give the reasons</a>');
    const preview = await browser.post(`${base}/moves/refuse`, { ...hidden, reasons: 'Mae’n 2 cm o ddyfnder.', do: 'preview' });
    expect(wordsOf(preview.text)).toContain('Annwyl Olwen Pugh, Ni fyddwn yn ei drwsio. Mae’n 2 cm o ddyfnder.');
    expect(preview.text).toContain('<div lang="cy">');
    expect(wordsOf(preview.text)).toContain('Goes to: olwen@home.example');
    expect((await app.cases.find(app.officer(), { caseId: view.id }))?.state).toBe('reported');
    await app.cases.note(app.officer('Fay First'), { caseId: view.id, text: 'Wait!', idempotencyKey: app.newId() });
    const late = await browser.request(`${base}/moves/refuse`, { form: { ...formTo(preview.text, `${base}/moves/refuse`), reasons: 'Mae’n 2 cm o ddyfnder.', do: 'confirm' } });
    expect(late.status).toBe(409);
    expect(wordsOf(late.text)).toContain('Wait!');
    expect(late.text).toContain('Mae’n 2 cm o ddyfnder.</textarea>');
    const fresh = await browser.request(`${base}/moves/refuse`);
    const decided = await browser.post(`${base}/moves/refuse`, { ...formTo(fresh.text, `${base}/moves/refuse`), reasons: 'Mae’n 2 cm o ddyfnder.', do: 'confirm' });
    expect(wordsOf(decided.text)).toContain('Decision: Not repaired');
    expect(wordsOf(decided.text)).toContain('Dai Decider');
  });

  it('offers a standard text at the steps for which it is meant, and at no other', async () => {
    const { reference } = await openCase(app);
    const browser = await app.officerBrowser(app.officer());
    expect((await browser.get(`/desk/cases/${reference}/moves/refuse`)).text).toContain('<option value="kit.shallow">');
    expect((await browser.get(`/desk/cases/${reference}/moves/ask`)).text).not.toContain('<option value="kit.shallow">');
  });

  it('closes no case with one press: first it shows what the resident will read, with the reasons where there are any', async () => {
    const view = await openCase(app);
    const base = `/desk/cases/${view.reference}`;
    await moveCase(app, app.officer(), view.id, 'order');
    const browser = await app.officerBrowser(app.officer('Meg Manager', ['team-manager']));
    const page = await browser.get(base);
    expect(page.text).not.toContain(`action="${base}/moves/fix"`);
    const asked = await browser.get(`${base}/moves/fix`);
    expect(wordsOf(asked.text)).toMatch(/What the resident will read Check it before you go on: it cannot be taken back\. We repaired it on 23 November 2026\. .*Goes to: olwen@home\.example/);
    expect(asked.text).not.toContain('<textarea');
    const fixed = await browser.post(`${base}/moves/fix`, { ...formTo(asked.text, `${base}/moves/fix`), do: 'confirm' });
    expect(wordsOf(fixed.text)).toContain('Done. The case is now “Fixed”.');

    const { id, reference } = await openCase(app);
    await moveCase(app, app.officer(), id, 'order');
    const other = `/desk/cases/${reference}/moves/drop`;
    const why = await browser.get(other);
    expect(why.text).not.toContain('value="confirm"');
    const preview = await browser.post(other, { ...formTo(why.text, other), reasons: 'It is on private land.', do: 'preview' });
    expect(wordsOf(preview.text)).toContain('Nothing to repair. The reasons are below. It is on private land.');
    expect(wordsOf((await browser.post(other, { ...formTo(preview.text, other), reasons: 'It is on private land.', do: 'confirm' })).text)).toContain('Done.');
  });

  it('announces that what was paid is due back with the step that promises it, once, and only where something was to be paid', async () => {
    const [paymentId, officer] = [app.newId(), app.officer()];
    const [paid, free] = [await openCase(app, { paymentId }), await openCase(app)];
    const browser = await app.officerBrowser(officer);
    expect(wordsOf((await browser.get(`/desk/cases/${paid.reference}/moves/refuse`)).text)).toContain('What was paid goes back to the payer’s card by itself.');
    expect(wordsOf((await browser.get(`/desk/cases/${free.reference}/moves/refuse`)).text)).not.toContain('What was paid');
    const again = { caseId: paid.id, transition: 'refuse', reasons: 'Too shallow', idempotencyKey: app.newId() };
    await app.cases.move(officer, again);
    await app.cases.move(officer, again);
    await moveCase(app, officer, free.id, 'refuse', 'Too shallow');
    const { rows } = await app.owner.query(`select data from kernel.event where type = 'cases.case-refund-due'`);
    expect(rows).toEqual([{ data: expect.objectContaining({ caseId: paid.id, transition: 'refuse', paymentId }) }]);
  });

  it('lets an officer take a case and give it back, and a manager give it to anybody', async () => {
    const manager = app.officer('Meg Manager', ['team-manager']);
    const colleague = { officerId: app.newId() as never, name: 'Cai Colleague', email: 'cai@testham.example', roles: ['case-officer'] as const, teams: ['streets'], isActive: true };
    app.identity.addOfficer(manager, colleague);
    const view = await openCase(app);
    const base = `/desk/cases/${view.reference}`;
    const browser = await app.officerBrowser(app.officer('Tia Taker'));
    const taken = await browser.post(`${base}/assignments`, formTo((await browser.get(base)).text, `${base}/assignments`));
    expect(wordsOf(taken.text)).toContain('The case is with Tia Taker now.');
    expect(wordsOf(taken.text)).toContain('Give it back');
    const boss = await app.officerBrowser(manager);
    const open = await boss.get(base);
    const hidden = { ...formTo(open.text, `${base}/assignments`), to: colleague.officerId as string };
    expect(wordsOf((await boss.post(`${base}/assignments`, hidden)).text)).toContain('The case is with Cai Colleague now.');
    expect((await browser.request(`${base}/assignments`, { form: { ...hidden, key: app.newId(), version: '3', to: 'me' } })).status).toBe(403);
  });

  it('offers a case to those who can work on it, says who is of another team, and writes nothing when nothing was chosen', async () => {
    const manager = app.officer('Meg Manager', ['team-manager']);
    const someone = { email: 'x@testham.example', isActive: true };
    const ids = { waste: app.newId(), adviser: app.newId(), left: app.newId() };
    app.identity.addOfficer(manager, { ...someone, officerId: ids.waste as never, name: 'Wyn Waste', roles: ['case-officer'], teams: ['waste'] });
    app.identity.addOfficer(manager, { ...someone, officerId: ids.adviser as never, name: 'Ada Adviser', roles: ['adviser'], teams: ['streets'] });
    app.identity.addOfficer(manager, { ...someone, officerId: ids.left as never, name: 'Lee Left', roles: ['case-officer'], teams: ['streets'], isActive: false });
    const view = await openCase(app);
    const base = `/desk/cases/${view.reference}`;
    const browser = await app.officerBrowser(manager);
    const open = await browser.get(base);
    const words = wordsOf(open.text);
    expect(words).toContain('Wyn Waste (another team: waste)');
    for (const not of ['Ada Adviser', 'Lee Left']) expect(words).not.toContain(not);
    const hidden = { ...formTo(open.text, `${base}/assignments`), key: app.newId() };
    const none = await browser.request(`${base}/assignments`, { form: { ...hidden, to: 'nobody', team: 'streets' } });
    expect(none.status).toBe(400);
    expect(wordsOf(none.text)).toContain('Choose who gets the case, or another team');
    expect((await browser.request(`${base}/assignments`, { form: { ...hidden, to: ids.adviser, team: 'streets' } })).status).toBe(400);
    expect((await app.cases.timeline(manager, { caseId: view.id })).items).toHaveLength(1);
    expect(wordsOf((await browser.post(`${base}/assignments`, { ...hidden, to: ids.waste, team: 'streets' })).text)).toContain('The case is with Wyn Waste now, who is not in the team streets.');
  });

  it('refuses a form from another site, and a step that needs more than the officer may', async () => {
    const view = await openCase(app);
    const base = `/desk/cases/${view.reference}`;
    const browser = await app.officerBrowser(app.officer('Ada Adviser', ['adviser']));
    expect((await browser.request(`${base}/notes`, { form: { _csrf: 'forged', note: 'Hello' } })).status).toBe(403);
    await browser.get(base);
    expect((await browser.request(`${base}/moves/order`, { form: {} })).status).toBe(403);
    expect((await browser.request(`${base}/moves/refuse`)).status).toBe(403);
    expect((await browser.request(`${base}/updates`, { form: { tell: 'Hello' } })).status).toBe(403);
    expect((await browser.request(`${base}/moves/fly`)).status).toBe(404);
  });

  it('is another council’s own affair', async () => {
    const view = await openCase(app);
    const there = await app.officerVisitor({ officerId: app.newId(), roles: ['team-manager'] }, 'elsewhere');
    expect((await there.request(`/desk/cases/${view.reference}`)).status).toBe(404);
  });
});
