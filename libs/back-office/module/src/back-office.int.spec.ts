import { createHash } from 'node:crypto';
import { Database, enqueue } from '@guildhall/kernel';
import { wordsIn, type CaseView } from '@guildhall/cases-contract';
import type { PushedMessage } from '@guildhall/back-office-contract';
import type { DocumentId } from '@guildhall/documents-contract';
import { photoAndPage, photoWithPlace, plainPng } from '@guildhall/documents-contract/testing';
import { Unavailable, atRest, type OfficerId } from '@guildhall/kernel-contract';
import type { Answer, Visitor } from '@guildhall/kernel/testing';
import { startBackOfficeApp, type BackOfficeApp } from '../test/council';
import { PhotoServer } from '../test/photo-server';
import { BackOfficeConnection } from './checking/back-office-connection';
import { BackOfficeOnCase } from './desk/back-office-on-case';
import { AsksForProgress } from './hearing/ask-for-progress';
import { FindForgottenWork } from './handing/find-forgotten';
import { HandOver } from './jobs';

const HOUR = 3600;
const announce = { en: 'Our contractor has your report.', cy: 'Mae eich adroddiad gyda’n contractwr.' };
let app: BackOfficeApp;
beforeAll(async () => {
  app = await startBackOfficeApp({
    sends: { contact: true, laterWords: true, photos: true }, announce,
    statuses: { in_progress: { move: 'order' }, fixed: { move: 'fix', tell: 'their-words' }, no_further_action: { move: 'refuse', tell: 'their-words' }, unchanged: { tell: 'their-words' }, noise: 'ignore', planned: { tell: { en: 'It is planned.', cy: 'Mae wedi’i drefnu.' } } },
  });
});
afterAll(() => app?.close());
beforeEach(async () => {
  for (const far of [app.far, app.theirs]) Object.assign(far, { behaviour: 'accept', givesTickets: false, calls: 0 });
  app.dying.next = undefined;
  app.log.lines.length = 0;
  await app.owner.query('truncate back_office.words, back_office.hand_over, back_office.progress, back_office.unmatched, back_office.far_end; delete from kernel.waiting_job');
});

const states = async (): Promise<readonly string[]> => (await app.owner.query<{ state: string }>('select state from back_office.hand_over order by opened_at, case_id')).rows.map(({ state }) => state);
const at = (minutes: number): Date => new Date(app.clock.now().getTime() + minutes * 60_000);
const viewOf = async (caseId: string, slug?: string): Promise<CaseView> => (await app.cases.find(app.officer(slug), { caseId })) as CaseView;
const said = async (caseId: string, slug?: string): Promise<readonly string[]> => (await app.timeline(caseId, slug)).slice(1).map(({ visibility, kind, transition, text }) => `${visibility} ${kind}${transition ? ` ${transition}` : ''}: ${text === undefined ? '' : wordsIn(text, 'en')}`);
/** Works, with time going on, until nothing that could be due within so long is left. */
async function work(seconds = 0): Promise<void> {
  await app.drainJobs();
  app.clock.advance(seconds);
  if (seconds) await app.drainJobs();
}
async function ask(slug?: string): Promise<void> {
  await app.get(AsksForProgress).run(app.systemContext(slug));
  await app.drainJobs();
}
const push = ({ headers, bytes }: PushedMessage, slug?: string, path = ''): Promise<Answer> => app.visitor(slug).request(`/api/back-office/v1/pushes/back-office.in-memory${path}`, { method: 'POST', headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' }, body: Buffer.from(bytes) });
const officerOf = (role: string, slug?: string): Promise<Visitor> => app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000ff' as OfficerId, name: 'Sam Officer', roles: [role], teams: [] }, slug);
async function handedOver(slug?: string): Promise<{ readonly id: string; readonly reference: string }> {
  const opened = await app.opened({}, slug);
  await work();
  return opened;
}

describe('a case of a kind that is handed over', () => {
  it('goes to the other system once, with what the council says it may know, and its timeline says so to officers and to the resident', async () => {
    const { id, reference } = await handedOver();
    await app.get(Database).run(app.systemContext(), async (tx) => enqueue(tx, HandOver, { caseId: id }));
    await work();
    expect(app.far.cases).toMatchObject([{ reference, attempt: 1, contact: { name: 'Olwen Pugh' }, answers: [{ question: 'How deep is it?', answer: 'Deeper than a hand', code: 'depth' }] }]);
    expect(app.far.calls).toBe(1);
    expect(await said(id)).toEqual(['internal note: Handed over to Back office in memory as FAR-1.', `public update: ${announce.cy}`]);
    expect((await app.timeline(id)).at(-1)?.by).toEqual({ kind: 'machine', id: 'back-office.in-memory' });
  });
  it('tells the other system nothing about people unless the council says so', async () => {
    await handedOver('glanafon');
    const personal = await app.opened({ location: { personal: true, lines: ['Whimbrel Cottage'], postcode: 'ZZ99 4AB' } }, 'glanafon');
    await work();
    expect(JSON.stringify(app.theirs.cases)).not.toMatch(/Olwen|900123|Whimbrel/);
    expect(app.theirs.cases.find(({ reference }) => reference === personal.reference)?.place).toBeUndefined();
  });
  it('is one case there, whatever breaks: the answer lost, the worker dead in the middle', async () => {
    app.far.behaviour = 'accept-then-vanish';
    const first = await handedOver();
    app.far.behaviour = 'accept';
    app.dying.next = 'find';
    const second = await handedOver();
    await work(10);
    expect(await states()).toEqual(['handed-over', 'handed-over']);
    expect(app.far.cases.filter(({ reference }) => [first.reference, second.reference].includes(reference))).toHaveLength(2);
    expect((await said(first.id)).filter((line) => line.includes('Handed over'))).toHaveLength(1);
    // A worker that died keeps its claim until its time is up; then the case is found again.
    const third = await app.opened();
    await app.owner.query(`update back_office.hand_over set claimed_until = $1`, [at(2)]);
    await app.owner.query(`insert into back_office.hand_over (council_id, case_id, case_type, provider_id, state, next_try_at, opened_at, claimed_until, tries) values ($1, $2, 'kit.pothole', 'back-office.in-memory', 'waiting', $3, $3, $4, 1)`, [app.context().council.id, third.id, at(0), at(2)]);
    await app.owner.query('delete from kernel.waiting_job');
    app.clock.advance(10 * 60);
    await app.get(FindForgottenWork).run(app.systemContext());
    await work();
    expect(app.far.numberOf(third.reference)).toBeDefined();
  });
  it('is tried again with longer and longer waits; a far end that is down is left alone; and after ten tries an officer has to look', async () => {
    app.far.behaviour = 'unreachable';
    const opened = await Promise.all([0, 1, 2, 3, 4, 5].map(() => app.opened()));
    await work();
    // Three failures in a row, and the others wait without a try.
    expect(app.far.calls).toBe(3);
    for (let hours = 0; hours < 24 * 6; hours += 2) await work(2 * HOUR);
    expect(new Set(await states())).toEqual(new Set(['refused']));
    expect(app.far.calls).toBeLessThanOrEqual(60);
    expect((await said(opened[0]?.id ?? ''))).toEqual([expect.stringMatching(/^internal note: .*does not have this case: It was tried 10 times.*Try again/) as string]);
    app.far.behaviour = 'accept';
  });
  it('that is refused says why beside the case; “Try again” hands it over, and pressed twice does it once', async () => {
    app.far.behaviour = 'refuse-for-good';
    const { id, reference } = await handedOver();
    expect(await states()).toEqual(['refused']);
    const panel = await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id));
    expect(panel?.data).toMatchObject({ state: 'refused', system: 'Back office in memory', message: 'The far end misses something.', mayTryAgain: true });
    expect(await app.get(BackOfficeConnection).check(app.systemContext())).toMatchObject({ ok: false, message: expect.stringContaining(reference) as string });
    app.far.behaviour = 'accept';
    const officer = await officerOf('case-officer');
    expect((await officer.get('/desk/back-office')).text).toMatch(new RegExp(`${reference}.*The far end misses something.*Try again`, 's'));
    for (let pressed = 0; pressed < 2; pressed++) expect(await officer.request(`/desk/back-office/${id}/again`, { form: {} })).toMatchObject({ status: 303, headers: { location: `/desk/cases/${reference}` } });
    await work();
    expect([await states(), app.far.cases.filter((one) => one.reference === reference).length]).toEqual([['handed-over'], 1]);
    expect(await app.get(BackOfficeConnection).check(app.systemContext())).toEqual({ ok: true, message: 'Cases arrive at the other systems.' });
    expect((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id)))?.data).toMatchObject({ state: 'handed-over', farReference: app.far.numberOf(reference), mayTryAgain: false });
  });
  it('says on each try when the one before began, also when the tries count anew because an officer asked for one more: the other system may have it from then', async () => {
    const handOver = jest.spyOn(app.far, 'handOver');
    app.far.behaviour = 'refuse-for-now';
    const first = app.clock.now();
    const { id } = await handedOver();
    app.far.behaviour = 'refuse-for-good';
    await work(600);
    const second = app.clock.now();
    app.far.behaviour = 'accept';
    const officer = await officerOf('case-officer');
    await officer.get('/desk/back-office');
    await officer.request(`/desk/back-office/${id}/again`, { form: {} });
    await work();
    const tries = handOver.mock.calls.map(([{ attempt, lastTriedAt }]) => [attempt, lastTriedAt]);
    handOver.mockRestore();
    expect([tries, await states()]).toEqual([[[1, undefined], [2, first], [1, second]], ['handed-over']]);
  });
  it('is tried again by nobody who may not, in no other council, and when it is not there', async () => {
    app.far.behaviour = 'refuse-for-good';
    const { id, reference } = await handedOver();
    const again = `/desk/back-office/${id}/again`;
    app.theirs.behaviour = 'refuse-for-good';
    await handedOver('glanafon');
    const pressed = async (visitor: Visitor, path = again): Promise<number> => {
      await visitor.get('/desk/back-office');
      return (await visitor.request(path, { form: {} })).status;
    };
    expect((await app.visitor().request('/desk/back-office')).headers['location']).toContain('/sign-in');
    expect(await pressed(app.visitor())).toBe(401);
    expect(await pressed(await officerOf('adviser'))).toBe(403);
    const theirs = await officerOf('case-officer', 'glanafon');
    expect((await theirs.get('/desk/back-office')).text).not.toContain(reference);
    expect(await pressed(theirs)).toBe(404);
    expect(await pressed(await officerOf('team-manager'), '/desk/back-office/nothing/again')).toBe(404);
    expect((await (await officerOf('team-manager')).get('/desk/back-office?after=nonsense')).status).toBe(400);
    expect(await states()).toEqual(['refused', 'refused']);
  });
  it.each([['a character that nobody can keep', 'W\u00001'], ['more than the contract has', 'W'.repeat(201)]])('whose far end answers with a reference of %s is tried again, and officers read why', async (_what, farReference) => {
    const answering = jest.spyOn(app.far, 'handOver').mockResolvedValue({ ok: true, value: { farReference } });
    const { id } = await handedOver();
    answering.mockRestore();
    expect([await states(), (await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id)))?.data]).toMatchObject([['waiting'], { message: 'It answered with a reference that cannot be kept.' }]);
    await work(600);
    expect(await states()).toEqual(['handed-over']);
  });
  it('gets its reference later where the far end gives a ticket first', async () => {
    app.far.givesTickets = true;
    const { id, reference } = await handedOver();
    await work(5);
    expect(await states()).toEqual(['taken']);
    app.far.settle(`ticket-${app.far.numberOf(reference)}`);
    await work(60);
    expect(await states()).toEqual(['handed-over']);
    expect((await said(id))[0]).toBe(`internal note: Handed over to Back office in memory as ${app.far.numberOf(reference)}.`);
  });
  it('that was closed before its turn stays here until somebody says otherwise', async () => {
    const opened = await app.opened();
    await app.cases.move(app.officer(), { caseId: opened.id, transition: 'refuse', reasons: 'Too shallow.', idempotencyKey: 'closed-before' });
    await work();
    expect([await states(), app.far.calls]).toEqual([['refused'], 0]);
    // Nobody has to do anything about it.
    expect(await app.get(BackOfficeConnection).check(app.systemContext())).toMatchObject({ ok: true });
    expect((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(opened.id)))?.data).toMatchObject({ needsSomebody: false, mayTryAgain: true });
  });
});

describe('photos of a case', () => {
  const stored = async (caseId: string, documentId: string, slug?: string): Promise<void> => {
    const outcome = await app.documents.store(app.context(slug, { actor: { kind: 'nobody', sessionId: 'a-session' } }), { documentId: documentId as DocumentId, kind: 'photo', bytes: photoWithPlace, filename: 'Olwen at home.jpg', subject: { type: 'case', id: caseId } });
    expect(outcome.ok).toBe(true);
  };
  const withPhotos = async (slug?: string): Promise<{ readonly id: string; readonly reference: string; readonly documents: readonly string[] }> => {
    const [caseId, documents] = [crypto.randomUUID(), [crypto.randomUUID(), crypto.randomUUID()]];
    for (const id of documents) await stored(caseId, id, slug);
    const opened = await app.opened({ caseId, documents }, slug);
    await work();
    return { ...opened, documents };
  };
  const photosOf = (reference: string) => app.far.cases.find((one) => one.reference === reference)?.photos ?? [];
  const follow = (url: string): number => app.documents.follow(url.slice(new URL(url).origin.length)).status;

  it('go along, as links that show them without signing in for seven days, name nobody, and are other ones on each try', async () => {
    app.far.behaviour = 'refuse-for-now';
    const handOver = jest.spyOn(app.far, 'handOver');
    const { reference, documents } = await withPhotos();
    app.far.behaviour = 'accept';
    await work(600);
    const photos = photosOf(reference);
    expect(photos.map(({ photoId, contentType, sizeInBytes }) => [photoId, contentType, sizeInBytes])).toEqual(documents.map((id) => [id, 'image/jpeg', photoWithPlace.byteLength]));
    for (const { url, sha256, bytes } of photos) {
      expect([new URL(url).origin, follow(url)]).toEqual([app.context().council.origin, 200]);
      expect(url).not.toMatch(/Olwen|olwen|900123|jpg/);
      expect(createHash('sha256').update(await bytes()).digest('hex')).toBe(sha256);
    }
    const tries = handOver.mock.calls.filter(([one]) => one.reference === reference).flatMap(([one]) => one.photos?.map(({ url }) => url) ?? []);
    handOver.mockRestore();
    expect(new Set(tries).size).toBe(4);
    app.clock.advance(7 * 24 * HOUR + 1);
    expect(photos.map(({ url }) => follow(url))).toEqual([404, 404]);
  });
  it('go to no system of which the council has not said so', async () => {
    const { reference } = await withPhotos('glanafon');
    expect(app.theirs.cases.find((one) => one.reference === reference)?.photos).toBeUndefined();
  });
  it('that are still being looked at for viruses are waited for; one that has not come after an hour is not', async () => {
    const [caseId, photo, never] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    const waiting = await app.opened({ caseId, documents: [photo] });
    const without = await app.opened({ documents: [never] });
    await work();
    expect([await states(), app.far.calls]).toEqual([['waiting', 'waiting'], 0]);
    expect((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(caseId)))?.data).toMatchObject({ message: 'Its photos are still being looked at for viruses.' });
    await stored(caseId, photo);
    await work(10);
    expect(photosOf(waiting.reference).map(({ photoId }) => photoId)).toEqual([photo]);
    for (let minutes = 0; minutes < 240; minutes += 30) await work(1800);
    expect(await states()).toEqual(['handed-over', 'handed-over']);
    expect(photosOf(without.reference)).toEqual([]);
  });
  it('that were removed, or are another case’s, do not go, whatever the case names', async () => {
    const theirs = await withPhotos();
    const [caseId, kept, removed] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    for (const id of [kept, removed]) await stored(caseId, id);
    await app.documents.remove(app.officer(), removed as DocumentId, { vouchedFor: { type: 'case', id: caseId } });
    const { reference } = await app.opened({ caseId, documents: [kept, removed, theirs.documents[0] ?? ''] });
    for (let minutes = 0; minutes < 240; minutes += 30) await work(1800);
    expect(photosOf(reference).map(({ photoId }) => photoId)).toEqual([kept]);
  });
  it('are shown by their links no longer when an officer ends these; nobody else can', async () => {
    const { id, reference } = await withPhotos();
    const [{ url } = { url: '' }] = photosOf(reference);
    const end = `/desk/back-office/${id}/end-links`;
    // The page has forms, and what they need, when a case was not taken.
    for (const [far, slug] of [[app.far, undefined], [app.theirs, 'glanafon']] as const) { far.behaviour = 'refuse-for-good'; await handedOver(slug); }
    const pressed = async (visitor: Visitor, path = end): Promise<number> => { await visitor.get('/desk/back-office'); return (await visitor.request(path, { form: {} })).status; };
    expect((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id)))?.data).toMatchObject({ mayEndLinks: true });
    expect([await pressed(app.visitor()), await pressed(await officerOf('adviser')), await pressed(await officerOf('case-officer', 'glanafon')), await pressed(await officerOf('case-officer'), '/desk/back-office/nothing/end-links')]).toEqual([401, 403, 404, 404]);
    expect(follow(url)).toBe(200);
    expect(await pressed(await officerOf('case-officer'))).toBe(303);
    expect(photosOf(reference).map((photo) => follow(photo.url))).toEqual([404, 404]);
    expect((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id)))?.data).toMatchObject({ linksEndedAt: app.clock.now() });
    const { rows } = await app.owner.query<{ action: string }>('select action from kernel.audit where subject_id = $1 order by at', [id]);
    expect(rows.map(({ action }) => action)).toContain('back-office.end-links');
  });
  it('that went as files have no links, and none are offered to be ended', async () => {
    const { id } = await withPhotos();
    const mayEndLinks = async (): Promise<unknown> => ((await app.get(BackOfficeOnCase).load(app.officer(), await viewOf(id)))?.data as { mayEndLinks: boolean }).mayEndLinks;
    expect(await mayEndLinks()).toBe(true);
    app.far.takesPhotosAsFiles = true;
    try { expect(await mayEndLinks()).toBe(false); } finally { app.far.takesPhotosAsFiles = false; }
  });
  it('that come with later words go along with them, and without any', async () => {
    app.far.words.clear();
    const { id, statusPath } = await app.opened();
    await work();
    const statusKey = new URL(statusPath, app.origin()).searchParams.get('key') ?? '';
    const photo = crypto.randomUUID();
    await stored(id, photo);
    expect((await app.cases.write(app.context(), { caseId: id, statusKey, idempotencyKey: crypto.randomUUID(), text: 'It has grown.', documents: [photo] })).ok).toBe(true);
    await app.wrote(id, (await app.timeline(id)).at(-1)?.id ?? '');
    await work();
    expect([...app.far.words.values()].map(({ text, photos }) => [text, photos?.map(({ url }) => follow(url))])).toEqual([['It has grown.', [200]]]);
  });
});

describe('progress', () => {
  it('moves the case and tells the resident as the configuration says, once, asked for or pushed, however often it is told', async () => {
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'in_progress', at: at(1), text: 'Crew 7 goes there.' });
    await ask();
    await push(app.far.pushed(reference));
    app.far.happens(reference, { status: 'planned', at: at(2) });
    expect((await push(app.far.pushed(reference), undefined, '/anything')).status).toBe(204);
    app.far.happens(reference, { status: 'fixed', at: at(3), text: 'Filled and rolled.' });
    await ask();
    await ask();
    expect((await viewOf(id)).state).toBe('fixed');
    expect((await said(id)).slice(2)).toEqual([
      expect.stringMatching(/^public moved order: We will repair it/) as string, expect.stringMatching(/^internal note: Back office in memory reports “in progress” \(\d+ \w+ 2026, \d\d:\d\d\)\.\n\nCrew 7 goes there\.$/) as string, 'public update: Mae wedi’i drefnu.',
      expect.stringMatching(/^public moved fix: We repaired it/) as string, 'public update: Filled and rolled.',
    ]);
    expect((await app.owner.query('select count(*)::int as kept from back_office.progress where words is not null')).rows).toEqual([{ kept: 0 }]);
  });
  it('that comes in the wrong order is applied in the order in which it happened; what comes too late is a note and moves nothing', async () => {
    const { id, reference } = await handedOver();
    app.clock.advance(HOUR);
    app.far.happens(reference, { status: 'fixed', at: at(-10), text: 'Done.' });
    app.far.happens(reference, { status: 'in_progress', at: at(-20) });
    await ask();
    expect((await viewOf(id)).state).toBe('fixed');
    app.far.happens(reference, { status: 'in_progress', at: at(-15), text: 'On the way.' });
    await ask();
    expect((await viewOf(id)).state).toBe('fixed');
    expect((await said(id)).at(-1)).toMatch(/^internal note: .*in progress.*On the way\.\n\nThis reached us after/s);
  });
  it('that is dated years ahead happened now at the latest: what comes truly later is applied, also when its reference was not known at first', async () => {
    const inYears = at(36 * 365 * 24 * 60);
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'in_progress', at: inYears, text: 'Crew 7 goes there.' });
    await push(app.far.pushed(reference));
    const early = await app.opened();
    await app.far.handOver({ ...(app.far.cases[0] as never as object), caseId: early.id, reference: early.reference } as never);
    app.far.happens(early.reference, { status: 'in_progress', at: inYears });
    await push(app.far.pushed(early.reference));
    await work();
    app.clock.advance(60);
    for (const each of [reference, early.reference]) {
      app.far.happens(each, { status: 'fixed', at: at(0), text: 'Filled and rolled.' });
      await push(app.far.pushed(each));
      await work();
    }
    for (const each of [id, early.id]) expect([(await viewOf(each)).state, (await said(each)).at(-1)]).toEqual(['fixed', 'public update: Filled and rolled.']);
  });
  it('that is told in one message with dates ahead is applied in the order of those dates', async () => {
    const { id, reference } = await handedOver();
    for (const [status, minutes] of [['fixed', 70], ['in_progress', 65]] as const) app.far.happens(reference, { status, at: at(minutes), text: `It is ${status}.` });
    await ask();
    expect([(await viewOf(id)).state, (await said(id)).at(-1)]).toEqual(['fixed', 'public update: It is fixed.']);
  });
  it('is applied to a case of which something that lies years ahead was applied before such dates were known to be wrong, and to one on which it waits', async () => {
    const inYears = at(36 * 365 * 24 * 60);
    const [applied, waiting] = [await handedOver(), await handedOver()];
    await app.owner.query('update back_office.hand_over set applied_through = $2 where case_id = $1', [applied.id, inYears]);
    await app.owner.query(`insert into back_office.progress (council_id, case_id, progress_id, status, at, received_at) select council_id, case_id, 'kept-before', 'in_progress', $2, $3 from back_office.hand_over where case_id = $1`, [waiting.id, inYears, at(0)]);
    app.clock.advance(60);
    app.far.happens(applied.reference, { status: 'in_progress', at: at(0) });
    for (const each of [applied, waiting]) app.far.happens(each.reference, { status: 'fixed', at: at(0), text: 'Filled and rolled.' });
    await ask();
    const standing = (await app.owner.query<{ case_id: string; is_past: boolean }>('select case_id, applied_through <= $1 as is_past from back_office.hand_over', [app.clock.now()])).rows;
    for (const { id } of [applied, waiting]) expect([(await viewOf(id)).state, (await said(id)).at(-1), standing.find(({ case_id: own }) => own === id)?.is_past]).toEqual(['fixed', 'public update: Filled and rolled.', true]);
    app.far.happens(applied.reference, { status: 'in_progress', at: at(-30), text: 'On the way.' });
    await ask();
    expect((await said(applied.id)).at(-1)).toMatch(/This reached us after/);
  });
  it.each([
    ['the last first', [['fixed', 70, 1], ['noise', 80, 99], ['noise', 60, 60], ['in_progress', 65, 1]]],
    ['in their order', [['noise', 60, 60], ['in_progress', 65, 1], ['noise', 67, 60], ['fixed', 70, 1]]],
  ] as const)('that is told in more than one batch with dates ahead is applied in the order of those dates (%s)', async (_how, told) => {
    const { id, reference } = await handedOver();
    for (const [status, minutes, times] of told) for (let time = 0; time < times; time++) app.far.happens(reference, { status, at: at(minutes), text: `It is ${status}.` });
    await ask();
    for (let turn = 0; turn < 3; turn++) await work(60);
    expect([(await viewOf(id)).state, (await said(id)).at(-1)]).toEqual(['fixed', 'public update: It is fixed.']);
  });
  it('that nobody has heard of, or that does not fit, becomes a note and is not lost; noise that the council named is', async () => {
    const { id, reference } = await handedOver();
    for (const [status, text, minutes] of [['awaiting_the_moon', 'Not tonight.', 1], ['fixed', 'Filled already.', 2], ['noise', 'psst', 3], ['unchanged', 'A crew was here.', 4], ['no_further_action', 'It is too shallow.', 5]] as const) app.far.happens(reference, { status, text, at: at(minutes) });
    await ask();
    const lines = (await said(id)).slice(2);
    expect(lines).toEqual([expect.stringMatching(/^internal note: .*“awaiting the moon”.*Not tonight\./s) as string, expect.stringMatching(/^internal note: .*“fixed”.*Filled already\.\n\nA case that is "Reported" cannot go by/s) as string, 'public update: A crew was here.', expect.stringMatching(/^public decided refuse:/) as string]);
    expect((await viewOf(id)).decision?.reasons).toBe('It is too shallow.');
  });
  it('whose step an officer took meanwhile leaves a note', async () => {
    const { id, reference } = await handedOver();
    await app.cases.move(app.officer(), { caseId: id, transition: 'order', idempotencyKey: `quicker-${id}` });
    app.far.happens(reference, { status: 'in_progress', at: at(1) });
    await ask();
    expect((await said(id)).at(-1)).toMatch(/^internal note: .*in progress.*cannot go by/s);
  });
  it.each(['find', 'move', 'tell', 'note'] as const)('is applied once when the worker dies after it did %s', async (method) => {
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'in_progress', at: at(1), text: 'Crew 7 goes there.' });
    app.far.happens(reference, { status: 'fixed', at: at(2), text: 'Filled.' });
    app.dying.next = method;
    await ask().catch(() => undefined);
    await work(120);
    expect(app.dying.next).toBeUndefined();
    expect((await said(id)).slice(2).map((line) => line.split(':')[0])).toEqual(['public moved order', 'internal note', 'public moved fix', 'public update']);
    app.log.lines.length = 0;
  });
  it('that comes before the reference does waits for it; a far end that tells of a case has it', async () => {
    app.far.behaviour = 'accept-then-vanish';
    const early = await handedOver();
    app.far.behaviour = 'accept';
    app.far.happens(early.reference, { status: 'in_progress', at: at(1) });
    await push(app.far.pushed(early.reference));
    expect((await app.owner.query('select 1 from back_office.unmatched')).rowCount).toBe(0);
    await work();
    expect([await states(), (await viewOf(early.id)).state]).toEqual([['handed-over'], 'ordered']);
    // Before our own reference is written down here, too.
    const earlier = await app.opened();
    await app.far.handOver({ ...(app.far.cases[0] as never as object), caseId: earlier.id, reference: earlier.reference } as never);
    app.far.happens(earlier.reference, { status: 'in_progress', at: at(2) });
    await push(app.far.pushed(earlier.reference));
    expect((await app.owner.query('select 1 from back_office.unmatched')).rowCount).toBe(1);
    await work();
    expect((await viewOf(earlier.id)).state).toBe('ordered');
  });
  it('by default follows the states that reports call so, and shows nobody’s words to the resident', async () => {
    const { id, reference } = await handedOver('glanafon');
    app.theirs.happens(reference, { status: 'fixed', at: at(1), text: 'Secret of the trade.' });
    await ask('glanafon');
    expect((await said(id, 'glanafon')).filter((line) => line.startsWith('public'))).toEqual([]);
    expect((await said(id, 'glanafon')).at(-1)).toContain('Secret of the trade.');
  });
  it('from a far end that is down is asked for again later, from where it was heard last', async () => {
    const { id, reference } = await handedOver();
    await ask();
    app.far.happens(reference, { status: 'in_progress', at: at(1) });
    app.far.behaviour = 'unreachable';
    for (let asked = 0; asked < 5; asked++) await ask();
    const calls = app.far.calls;
    expect(calls).toBeLessThanOrEqual(5);
    app.far.behaviour = 'accept';
    app.clock.advance(24 * HOUR);
    await ask();
    expect((await viewOf(id)).state).toBe('ordered');
    app.log.lines.length = 0;
  });
});

describe('photos of what happened', () => {
  const documentsOf = async (caseId: string): Promise<readonly string[]> => (await viewOf(caseId)).documents;
  const newest = async (caseId: string): Promise<readonly unknown[]> => {
    const entry = (await app.timeline(caseId)).filter(({ documents }) => documents?.length).at(-1);
    return [entry?.kind, entry?.visibility, entry?.text && wordsIn(entry.text, 'en'), entry?.documents?.length];
  };
  let photos: PhotoServer;
  beforeAll(async () => { photos = await PhotoServer.start(photoWithPlace); });
  afterAll(() => photos.stop());
  beforeEach(() => { photos.answers = 200; app.far.photoOrigins = [photos.origin]; });

  it('are with the case and with the words that the resident reads, each once, however often it is told and wherever the worker dies', async () => {
    const { id, reference } = await handedOver();
    await app.cases.move(app.officer(), { caseId: id, transition: 'order', idempotencyKey: `order-${id}` });
    app.far.happens(reference, { status: 'fixed', at: at(1), text: 'Filled and rolled.', photos: [`${photos.origin}/after.jpg?key=1`, `${photos.origin}/after.jpg?key=1`] });
    app.dying.next = 'tell';
    await ask().catch(() => undefined);
    await push(app.far.pushed(reference));
    await work(120);
    expect([app.dying.next, await newest(id), (await documentsOf(id)).length]).toEqual([undefined, ['update', 'public', 'Filled and rolled.', 1], 1]);
    const found = await app.documents.find(app.officer(), (await documentsOf(id))[0] as DocumentId, { vouchedFor: { type: 'case', id } });
    expect(found).toMatchObject({ kind: 'photo', state: 'attached' });
    expect((await app.owner.query('select from back_office.progress where photos is not null')).rowCount).toBe(0);
    app.log.lines.length = 0;
  });
  it('that came without a word have one in the resident’s language; those that came in the message itself are there too', async () => {
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'unchanged', at: at(1), photos: [`data:image/jpeg;base64,${Buffer.from(photoWithPlace).toString('base64')}`] });
    await ask();
    expect(await newest(id)).toEqual(['update', 'public', 'Anfonwyd llun ohono.', 1]);
  });
  it('that cannot be had just now are tried again; what happened waits for them, and is told without them in the end, with a note of where they are', async () => {
    const { id, reference } = await handedOver();
    photos.answers = 503;
    app.far.happens(reference, { status: 'unchanged', at: at(1), text: 'A crew was here.', photos: [`${photos.origin}/one.jpg`] });
    await ask();
    expect((await said(id)).filter((line) => line.includes('A crew was here.'))).toEqual([]);
    photos.answers = 200;
    await work(61);
    expect(await newest(id)).toEqual(['update', 'public', 'A crew was here.', 1]);
    photos.answers = 503;
    app.far.happens(reference, { status: 'unchanged', at: at(2), text: 'Another crew was here.', photos: [`${photos.origin}/two.jpg`] });
    await ask();
    for (const seconds of [61, 601]) await work(seconds);
    expect((await said(id)).slice(-2)).toEqual(['public update: Another crew was here.', expect.stringMatching(/^internal note: A photo that was sent is not here: its address did not answer\. Back office in memory may still have it\.$/) as string]);
  });
  it('of which one was removed here before, and one cannot be looked at for viruses, neither hold up what happened nor take the others with them', async () => {
    const { id, reference } = await handedOver();
    const inside = (bytes: Uint8Array): string => `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
    app.far.happens(reference, { status: 'unchanged', at: at(1), text: 'A crew was here.', photos: [inside(photoWithPlace)] });
    await ask();
    const [removed = ''] = await documentsOf(id);
    await app.documents.remove(app.officer(), removed as DocumentId, { vouchedFor: { type: 'case', id } });
    const store = app.documents.store.bind(app.documents);
    const scanning = jest.spyOn(app.documents, 'store').mockImplementation((ctx, order) => (atRest(order.bytes).sha256 === atRest(photoAndPage).sha256 ? Promise.reject(new Unavailable('The scanner did not answer.')) : store(ctx, order)));
    app.far.happens(reference, { status: 'unchanged', at: at(2), text: 'Another crew was here.', photos: [photoWithPlace, photoAndPage, plainPng(4, 4)].map(inside) });
    await ask();
    for (const seconds of [61, 601]) await work(seconds);
    scanning.mockRestore();
    expect(await newest(id)).toEqual(['update', 'public', 'Another crew was here.', 1]);
    // What is kept of it is what the case names.
    const attached = await app.documents.forSubject(app.officer(), { type: 'case', id }, { vouchedFor: { type: 'case', id } });
    expect(attached.map((one) => one.id)).toEqual((await documentsOf(id)).filter((one) => one !== removed));
    expect((await said(id)).at(-1)).toMatch(/^internal note: 2 photos that were sent are not here: it was removed here before; it could not be looked at for viruses/);
  });
  it('are fetched from no address inside the council’s network that the council has not named', async () => {
    const { id, reference } = await handedOver();
    app.far.photoOrigins = [];
    app.far.happens(reference, { status: 'unchanged', at: at(1), text: 'A crew was here.', photos: [`${photos.origin}/one.jpg`] });
    const before = photos.asked;
    await ask();
    expect([photos.asked, await documentsOf(id), (await said(id)).at(-1)]).toEqual([before, [], expect.stringContaining('its address is not a public one') as string]);
  });
  it('are shown to nobody where the council shows nobody the words: officers read where they are', async () => {
    const { id, reference } = await handedOver();
    await app.cases.move(app.officer(), { caseId: id, transition: 'order', idempotencyKey: `order-${id}` });
    app.far.happens(reference, { status: 'planned', at: at(1), text: 'Next week.', photos: [`${photos.origin}/one.jpg`] });
    await ask();
    expect([await documentsOf(id), (await said(id)).at(-1)]).toEqual([[], `internal note: Back office in memory sent a photo with this, which the configuration shows nobody.\n${photos.origin}/one.jpg`]);
    // As many and as long as they may be, beside as many words.
    app.far.happens(reference, { status: 'awaiting_the_moon', at: at(2), text: 'w'.repeat(4000), photos: Array.from({ length: 10 }, (_, place) => `${photos.origin}/${place}${'x'.repeat(place < 9 ? 370 : 1900)}`) });
    await ask();
    expect((await said(id)).at(-1)).toMatch(/sent 10 photos with this, which the configuration shows nobody\.(\nhttp\S+){9}$/);
  });
  it('may stand in a message that is larger than others are', async () => {
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'unchanged', at: at(1), photos: [`data:image/jpeg;base64,${Buffer.concat([photoWithPlace, Buffer.alloc(1_500_000)]).toString('base64')}`] });
    expect((await push(app.far.pushed(reference))).status).toBe(204);
    await work();
    expect(await newest(id)).toEqual(['update', 'public', 'Anfonwyd llun ohono.', 1]);
  });
  it('come with a form of files too', async () => {
    const { id, reference } = await handedOver();
    const receive = jest.spyOn(app.far, 'receive').mockImplementation(async ({ form }) => {
      const [file] = form?.files ?? [];
      const chunks: Uint8Array[] = [];
      for await (const chunk of file?.read() as AsyncIterable<Uint8Array>) chunks.push(chunk);
      return { progress: [{ progressId: String(form?.fields['id']), caseReference: reference, status: 'unchanged', at: at(1), text: 'A crew was here.', photos: [`data:${file?.mimetype};base64,${Buffer.concat(chunks).toString('base64')}`] }] };
    });
    const sent = new FormData();
    sent.set('id', 'a-form');
    sent.set('photo1', new Blob([photoWithPlace], { type: 'image/jpeg' }), 'after.jpg');
    const encoded = new Response(sent);
    const body = Buffer.from(await encoded.arrayBuffer());
    const answer = await app.visitor().request('/api/back-office/v1/pushes/back-office.in-memory', { method: 'POST', headers: { 'content-type': encoded.headers.get('content-type') ?? '' }, body });
    receive.mockRestore();
    await work();
    expect([answer.status, await newest(id)]).toEqual([204, ['update', 'public', 'A crew was here.', 1]]);
  });
});

describe('what a resident writes later', () => {
  const write = async (caseId: string, reopens = false): Promise<string> => {
    const { reference, statusPath } = statusOf.get(caseId) ?? { reference: '', statusPath: '' };
    const statusKey = new URL(statusPath, app.origin()).searchParams.get('key') ?? '';
    const request = { caseId, statusKey, idempotencyKey: crypto.randomUUID() };
    if (reopens) expect((await app.cases.move(app.context(), { ...request, transition: 'not-fixed', reasons: 'It is still there.' })).ok).toBe(true);
    else expect((await app.cases.write(app.context(), { ...request, text: 'It has grown.' })).ok).toBe(true);
    const { id = '' } = (await app.timeline(caseId)).at(-1) ?? {};
    await app.wrote(caseId, id);
    await app.drainJobs();
    expect(reference).not.toBe('');
    return id;
  };
  const statusOf = new Map<string, { readonly reference: string; readonly statusPath: string }>();
  const opened = async (): Promise<string> => {
    const one = await app.opened();
    statusOf.set(one.id, one);
    await work();
    return one.id;
  };

  it('is passed on once, with that it opens the case again, also when the answer is lost', async () => {
    app.far.words.clear();
    const id = await opened();
    const first = await write(id);
    for (const transition of ['order', 'fix']) await app.cases.move(app.officer(), { caseId: id, transition, idempotencyKey: crypto.randomUUID() });
    app.far.behaviour = 'accept-then-vanish';
    const second = await write(id, true);
    app.far.behaviour = 'accept';
    await work(60);
    expect([...app.far.words.values()].map(({ wordsId, text, reopens, farReference }) => [wordsId, text, reopens, farReference])).toEqual([[first, 'It has grown.', false, expect.stringMatching(/^FAR-/) as string], [second, 'It is still there.', true, expect.stringMatching(/^FAR-/) as string]]);
    expect((await app.owner.query<{ state: string }>('select state from back_office.words')).rows.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
  it('is a note when the system does not take it, and waits for a case that is not there yet', async () => {
    app.far.words.clear();
    const id = await opened();
    app.far.behaviour = 'refuse-for-good';
    await write(id);
    expect((await said(id)).at(-1)).toBe('internal note: Back office in memory was not told what the resident wrote: The far end misses something. Tell them by other means.');
    const waiting = await opened();
    await write(waiting);
    app.far.behaviour = 'accept';
    expect(app.far.words.size).toBe(0);
    await app.owner.query(`update back_office.hand_over set state = 'waiting', tries = 0 where case_id = $1`, [waiting]);
    await app.queueJob('do:back-office.hand-over', { data: { caseId: waiting } });
    await work(601);
    expect([...app.far.words.values()].map(({ caseId }) => caseId)).toEqual([waiting]);
  });
});

describe('what is pushed', () => {
  it('is refused when it is not the far end’s, not readable, for a system that is not here, or of the other council’s case', async () => {
    const { id, reference } = await handedOver();
    app.far.happens(reference, { status: 'in_progress', at: at(1) });
    const genuine = app.far.pushed(reference);
    const said = ({ status, headers, text }: Answer): readonly unknown[] => [status, headers['content-type'], text];
    expect(said(await push({ ...genuine, headers: {} }))).toEqual([401, 'text/x-far-end', 'refused: not-authenticated']);
    expect((await push({ ...genuine, bytes: Buffer.from('{') })).status).toBe(400);
    expect(said(await push({ ...genuine, bytes: Buffer.from('{"a":1}') }))).toEqual([400, 'text/x-far-end', 'refused: invalid-input']);
    expect((await app.visitor().request('/api/back-office/v1/pushes/back-office.nobody', { method: 'POST', body: '[]', headers: { 'content-type': 'application/json' } })).status).toBe(404);
    // The other council's far end is another; what it says of our case is of none of its own.
    expect((await push(genuine, 'glanafon')).status).toBe(204);
    await work();
    expect((await viewOf(id)).state).toBe('reported');
  });
});
