import { createHash } from 'node:crypto';
import type { HandedCase } from '@guildhall/back-office-contract';
import { aCase } from '@guildhall/back-office-contract/testing';
import { open311Client } from '@guildhall/back-office-provider-open311';
import { CASES, CASE_PERMISSIONS, parseReference, type CasesApi } from '@guildhall/cases-contract';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { Secret, type RequestContext } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { textOf } from '../test/forms-on-page';
import { photo, reportAProblem } from '../test/journeys';
import { Person } from '../test/person';
import { riverbourneOnOpenStandards } from './open-standards.config';

let app: TestApp;
beforeAll(async () => { app = await startTestApp({ councils: [riverbourneOnOpenStandards], withCompanions: true }); }, 120_000);
afterAll(() => app?.close());

const officer = (): RequestContext => app.context(undefined, { actor: { kind: 'officer', officerId: '01990000-0000-7000-8000-0000000000ff' as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set(CASE_PERMISSIONS.map(({ id }) => id)) } });
const times = (text: string, words: string): number => text.split(words).length - 1;

const pageOf = (words: string): string => app.companions.running.find(({ companion }) => companion.title.includes(words))?.page ?? '';
async function press(page: string, action: string, form: Record<string, string>): Promise<void> {
  expect((await fetch(new URL(action, page), { method: 'POST', headers: { 'simulator-control': 'yes' }, body: new URLSearchParams(form), redirect: 'manual' })).status).toBe(303);
}

/** Asks the far ends, as a worker does every few minutes. */
async function ask(): Promise<void> {
  await app.queueJob('do:back-office.ask-for-progress');
  await app.drainJobs();
}

it('a resident’s pothole goes to the works system, and what happens there stands on the public status page, once, pushed and asked for', async () => {
  const { reference, statusPath } = await reportAProblem(new Person(app.origin()), 'pothole', { contact: { name: 'Quintana Farthingale', email: 'quintana@farthingale.example' }, description: 'By the bridge.', photos: [photo('bridge.jpg'), photo('road.jpg')] });
  await app.drainJobs();
  const works = pageOf('Works system');
  const page = await (await fetch(works)).text();
  const number = /W-\d+/.exec(page)?.[0] ?? '';
  expect(page).toContain(reference);
  expect(page).toContain('Bigger than a dinner plate');
  expect(page).not.toMatch(/Quintana|Farthingale/);
  const photos = [...page.matchAll(/<img src="(\/photos\/[0-9a-f]{64})"/g)].map(([, path]) => new URL(path ?? '', works));
  expect(photos).toHaveLength(2);
  for (const shown of photos) expect((await fetch(shown)).headers.get('content-type')).toBe('image/jpeg');

  const happens = async (status: string, text: string): Promise<void> => { await press(works, 'happens', { number, status, text }); await app.drainJobs(); };
  await happens('action_scheduled', 'Crew 7, Tuesday.');
  await happens('unchanged', 'A crew was there and fetched more stone.');
  await happens('fixed', 'Filled and rolled.');
  await ask();
  await ask();
  const status = textOf((await app.visitor().get(statusPath ?? '')).text);
  expect(['A crew was there and fetched more stone.', 'Filled and rolled.', 'Crew 7'].map((words) => times(status, words))).toEqual([1, 1, 0]);
  expect(status).toContain('We have repaired the pothole.');

  const desk = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000ff', name: 'Sam Officer', roles: ['case-officer'], teams: [] });
  const shown = textOf((await desk.get(`/desk/cases/${reference}`)).text);
  for (const words of ['Simulated works system', number, `Handed over to Simulated works system as ${number}.`, 'Crew 7, Tuesday.']) expect(shown).toContain(words);
  expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

it.each([['fly-tipping', 'Depot', { }], ['street-light', 'System that takes files', { exchange: '0' }]] as const)('what is reported as %s goes to the system that is simulated for it, with its photos, and what is said on its page stands on the status page once', async (problem, title, more) => {
  const { reference, statusPath } = await reportAProblem(new Person(app.origin()), problem, { photos: [photo('one.jpg'), photo('two.jpg')] });
  await app.drainJobs();
  await ask();
  const page = await (await fetch(pageOf(title))).text();
  expect(page).toContain(reference);
  const photos = [...page.matchAll(/<img src="(\/photos\/[^"]+)"/g)].map(([, path]) => new URL(path ?? '', pageOf(title)));
  expect(photos).toHaveLength(2);
  for (const shown of photos) expect([(await fetch(shown)).status, (await fetch(shown)).headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const theirs = { ...more, reference: /\bD-\d+/.exec(page)?.[0] ?? reference };
  await press(pageOf(title), 'happens', { ...theirs, status: 'unchanged', text: 'A crew was there.' });
  await press(pageOf(title), 'happens', { ...theirs, status: 'fixed', text: 'It is done.' });
  await press(pageOf(title), 'again', theirs);
  await ask();
  await ask();
  const status = textOf((await app.visitor().get(statusPath ?? '')).text);
  expect(['A crew was there.', 'It is done.'].map((words) => times(status, words))).toEqual([1, 1]);
});

it('photos go through ClamAV into the bucket of S3 as they are kept, and one that ClamAV cannot scan gets no further', async () => {
  const [scanned, unscanned] = [photo('scanned.jpg'), photo('unscanned.jpg')];
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const keptOf = async ({ bytes }: { readonly bytes: Uint8Array }) => (await app.owner.query<{ key: string; sha256: string }>(`select council_id || '/' || document_id || '/whole' as key, sha256 from documents.document where received_sha256 = $1`, [sha256(bytes)])).rows;
  await press(pageOf('ClamAV'), '/clear', {});
  await reportAProblem(new Person(app.origin()), 'pothole', { photos: [scanned] });
  const [kept] = await keptOf(scanned);
  const object = await fetch(new URL(`/_simulator/object?${new URLSearchParams({ bucket: 'guildhall-documents', key: kept?.key ?? '' }).toString()}`, pageOf('S3')));
  expect(sha256(new Uint8Array(await object.arrayBuffer()))).toBe(kept?.sha256);

  await press(pageOf('ClamAV'), '/faults', { fault: 'cannot-scan', times: '2' });
  await expect(reportAProblem(new Person(app.origin()), 'pothole', { photos: [unscanned] })).rejects.toThrow('should show the photo unscanned.jpg');
  expect(await keptOf(unscanned)).toEqual([]);
  const scans = [...(await (await fetch(pageOf('ClamAV'))).text()).matchAll(/<td>(\d+)<\/td><td>stream: ([^<]*)<\/td>/g)].map(([, size, verdict]) => [Number(size), verdict?.split(' ').pop()]);
  expect(scans).toEqual([[unscanned.bytes.byteLength, 'ERROR'], [unscanned.bytes.byteLength, 'ERROR'], [scanned.bytes.byteLength, 'OK']]);
});

it('our own Open311 server is a back office like any other: it takes a case once and tells what becomes of it', async () => {
  const { secret } = await app.get<IdentityApi>(IDENTITY.token).registerMachine(app.systemContext(), { clientId: 'neighbour', title: 'A neighbour', permissions: ['open311.read', 'open311.report', 'open311.update'], expiresAt: new Date(Date.now() + 86_400_000) });
  const installation = open311Client({ endpoint: `${app.origin()}/open311/v2/discovery.xml`, apiKey: new Secret(`neighbour.${secret}`), services: { 'kit.pothole': 'report-a-problem_pothole' } });
  const provider = installation.create(testProviderDependencies({ clock: { now: () => new Date() } }));
  expect(await installation.check?.(provider)).toMatchObject({ ok: true });
  const handed: HandedCase = aCase({
    openedAt: new Date(), place: { point: { latitude: 53.1, longitude: 1.95 } }, contact: { name: 'Ida Byrne', email: 'ida@byrne.example' },
    answers: [{ question: 'How big is it?', answer: 'Bigger than a dinner plate', code: 'potholeSize' }, { question: 'Where is it?', answer: 'The road', code: 'potholeSurface' }],
  });
  const taken = await provider.handOver(handed);
  expect(taken).toMatchObject({ ok: true, value: { farReference: expect.stringMatching(/^RB-/) as string } });
  expect(await provider.handOver({ ...handed, attempt: 2 })).toEqual(taken);
  const number = (taken.ok && taken.value.farReference) || '';
  const cases = app.get<CasesApi>(CASES.token);
  const found = await cases.find(officer(), { reference: parseReference(number) ?? '' });
  if (!found) throw new Error(`There is no case ${number}.`);
  expect(found.answers.find(({ code }) => code === 'description')?.answer).toContain(handed.reference);
  await cases.tell(officer(), { caseId: found.id, text: 'A crew comes on Tuesday.', idempotencyKey: crypto.randomUUID() });
  await cases.move(officer(), { caseId: found.id, transition: 'finish', idempotencyKey: crypto.randomUUID() });
  await app.drainJobs();
  const told = (await provider.progress?.({ since: handed.openedAt, farReferences: [number] })) ?? [];
  expect(told.filter(({ farReference }) => farReference === number).map(({ status, text }) => [status, text])).toEqual([['open', 'A crew comes on Tuesday.'], ['fixed', expect.stringContaining('repaired') as string]]);
});
