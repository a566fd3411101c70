import { contextOnBehalf } from '@guildhall/cases-contract';
import { credential, pothole, startCasesApp, type CasesApp } from '../testing/cases-app';
import { openCase } from '../testing/opened-case';

const BASE = '/api/cases/v1/cases';

describe('the REST API of cases', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp(); });
  afterAll(() => app?.close());
  beforeEach(() => app.forget());

  const bearer = (client: 'strong' | 'weak') => ({ authorization: `Bearer ${credential(client).reveal()}` });
  const aCase = (changes: object = {}) => ({ caseId: app.newId(), idempotencyKey: app.newId(), caseType: pothole.id, summary: 'Pothole in Mill Lane', answers: [], ...changes });
  const post = (path: string, json: object, client: 'strong' | 'weak' = 'strong', headers: Record<string, string> = {}) => app.visitor().request(path, { json, headers: { ...bearer(client), ...headers } });
  const get = (path: string, client: 'strong' | 'weak' = 'strong', headers: Record<string, string> = {}) => app.visitor().request(path, { headers: { accept: 'application/json', ...bearer(client), ...headers } });

  it('opens a case with 201, and with the same key again the same one', async () => {
    const asked = aCase();
    const first = await post(BASE, asked);
    expect(first.status).toBe(201);
    expect(first.json<{ ok: boolean; value: { reference: string; statusPath: string } }>()).toMatchObject({ ok: true, value: { state: 'reported', version: 1, reference: expect.stringMatching(/^TE-/) as string, statusPath: expect.stringContaining('key=') as string } });
    expect((await post(BASE, asked)).text).toBe(first.text);
    const conflict = await post(BASE, { ...asked, summary: 'Another' });
    expect(conflict.status).toBe(409);
    expect(conflict.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses with 422 what the rules refuse, and 400 what is no request, naming each field', async () => {
    expect(await post(BASE, aCase({ caseType: 'kit.unheard-of' }))).toMatchObject({ status: 422 });
    const wrong = await post(BASE, aCase({ caseId: 'x', idempotencyKey: 'short', summary: 7, answers: [{ section: 's', question: 'q' }], location: { point: { latitude: 100, longitude: 0 } }, unknown: true }));
    expect(wrong.status).toBe(400);
    expect(wrong.headers['content-type']).toContain('application/problem+json');
    expect(wrong.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field).sort()).toEqual(['answers.0.answer', 'caseId', 'idempotencyKey', 'location.point.latitude', 'summary', 'unknown']);
    expect((await post(BASE, aCase({ openedFor: { contact: { name: 'NUL \u0000' } } }))).status).toBe(400);
    expect((await post(BASE, aCase({ summary: { en: 'Only English' } }))).status).toBe(400);
  });

  it('refuses ids, days and places in a list that PostgreSQL would not read', async () => {
    const dashes = '-'.repeat(36);
    const place = (...of: readonly unknown[]) => Buffer.from(JSON.stringify(of)).toString('base64url');
    for (const query of [`assignee=${dashes}`, 'dueBy=2026-02-30', 'dueBy=0000-01-01', `after=${place('due', '2026-99-99', app.newId())}`, `after=${place('due', '0000-01-01', app.newId())}`, `after=${place('due', '2026-11-23', dashes)}`, `sort=newest&after=${place('newest', '2026', app.newId())}`]) expect([query, (await get(`${BASE}?${query}`)).status]).toEqual([query, 400]);
    expect((await get(`${BASE}/${dashes}`)).status).toBe(404);
    expect((await get(BASE, 'strong', { 'guildhall-on-behalf-of': Buffer.from(JSON.stringify({ actor: { kind: 'resident', personId: dashes }, channel: 'web' })).toString('base64url') })).status).toBe(400);
  });

  it('asks who calls, and for the permission', async () => {
    expect((await app.visitor().request(BASE, { headers: { accept: 'application/json' } })).status).toBe(401);
    expect((await app.visitor().request(BASE, { headers: { accept: 'application/json', authorization: 'Bearer strong.wrong' } })).status).toBe(401);
    expect((await post(BASE, aCase(), 'weak')).status).toBe(403);
    const view = await openCase(app);
    expect((await get(`${BASE}/${view.id}`, 'weak')).status).toBe(200);
    expect((await post(`${BASE}/${view.id}/notes`, { caseId: view.id, text: 'Hello', idempotencyKey: app.newId() }, 'weak')).status).toBe(403);
    expect((await (await app.residentVisitor(app.newId())).request(BASE, { headers: { accept: 'application/json' } })).status).toBe(403);
  });

  it('finds, lists, counts and tells what happened', async () => {
    const view = await openCase(app);
    expect((await get(`${BASE}/by-reference/${view.reference.toLowerCase()}`)).json<{ id: string }>().id).toBe(view.id);
    expect((await get(`${BASE}/${app.newId()}`)).status).toBe(404);
    expect((await get(`${BASE}/not-an-id`)).status).toBe(404);
    expect((await get(`${BASE}?text=pugh&limit=1&sort=newest`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual([view.id]);
    expect((await get(`${BASE}/count?status=any`)).json()).toEqual({ count: 1, isAtLeast: false });
    expect((await get(`${BASE}/${view.id}/timeline`)).json<{ items: { kind: string }[] }>().items.map(({ kind }) => kind)).toEqual(['opened']);
    for (const query of ['limit=101', 'limit=x', 'sort=nonsense', 'after=rubbish', 'dueBy=tomorrow', 'unknown=1', 'assignee=everybody']) expect((await get(`${BASE}?${query}`)).status).toBe(400);
  });

  it('moves a case, and tells the second of two who was first', async () => {
    const view = await openCase(app);
    const move = (transition: string, changes: object = {}) => post(`${BASE}/${view.id}/moves`, { caseId: view.id, transition, idempotencyKey: app.newId(), ...changes });
    expect((await move('order', { expectedVersion: 1 })).json()).toMatchObject({ ok: true, value: { state: 'ordered', version: 2 } });
    const late = await move('refuse', { expectedVersion: 1, reasons: 'No.' });
    expect(late.status).toBe(422);
    expect(late.json()).toMatchObject({ ok: false, refusal: { reason: 'changed-meanwhile', current: { version: 2 }, changes: [{ kind: 'moved' }] } });
    expect((await move('fly')).json()).toMatchObject({ ok: false, refusal: { reason: 'not-possible-now' } });
    expect((await post(`${BASE}/${app.newId()}/moves`, { caseId: view.id, transition: 'fix', idempotencyKey: app.newId() })).status).toBe(400);
  });

  it('answers a neighbour as it would answer whom the neighbour names, within what the neighbour may do', async () => {
    const person = app.newId();
    const mine = await openCase(app, { openedFor: { personId: person } }, app.officer());
    const other = await openCase(app);
    const named = (actor: object) => ({ 'guildhall-on-behalf-of': Buffer.from(JSON.stringify({ channel: 'web', language: 'cy', actor })).toString('base64url') });
    const resident = named({ kind: 'resident', personId: person });
    expect((await get(BASE, 'strong', resident)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual([mine.id]);
    expect((await get(`${BASE}/${other.id}`, 'strong', resident)).status).toBe(404);
    expect((await get(`${BASE}/${mine.id}`, 'strong', resident)).json<{ staff?: object }>().staff).toBeUndefined();
    expect((await get(BASE, 'weak', resident)).status).toBe(403);
    for (const header of ['rubbish', Buffer.from('[]').toString('base64url'), Buffer.from('{"actor":{"kind":"god"},"channel":"web"}').toString('base64url')]) expect((await get(BASE, 'strong', { 'guildhall-on-behalf-of': header })).status).toBe(400);
    const ctx = contextOnBehalf(app.context(), named({ kind: 'officer', officerId: app.newId(), name: 'Bo', permissions: ['cases.see', 'payments.refund'] })['guildhall-on-behalf-of'], new Set(['cases.see']));
    expect(ctx.actor.kind === 'officer' && [...ctx.actor.permissions]).toEqual(['cases.see']);
  });

  it('writes down who looked, also when a machine did', async () => {
    const view = await openCase(app);
    await get(`${BASE}/${view.id}`);
    const { rows } = await app.owner.query(`select actor_kind, actor_id, subject_id from kernel.audit where action = 'cases.seen'`);
    expect(rows).toEqual([{ actor_kind: 'machine', actor_id: 'strong', subject_id: view.id }]);
  });
});
