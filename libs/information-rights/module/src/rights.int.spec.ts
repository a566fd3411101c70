import { ASK_FOR_RESIDENTS, HANDLE_REQUESTS, INFORMATION_RIGHTS, type InformationRightsApi } from '@guildhall/information-rights-contract';
import type { Clock, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { CarriesOutErasure } from './erasing/carries-out-erasure';
import { erased, keptAfterAll, notes, town } from '../test/town';
import { informationRights } from './information-rights.module';

const BASIS = { authority: 'caller-for-themselves', checks: ['called-back'] } as const;

describe('what is done for somebody who uses their rights', () => {
  const clock = new FixedClock(new Date('2026-11-23T10:00:00Z'));
  let app: TestApp;
  let api: InformationRightsApi;
  let officer: RequestContext;
  let last = 7000;
  beforeAll(async () => {
    app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), informationRights()])], clock: clock as Clock });
    api = app.get<InformationRightsApi>(INFORMATION_RIGHTS.token);
    officer = app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([ASK_FOR_RESIDENTS.id, HANDLE_REQUESTS.id]) } });
  });
  afterAll(() => app?.close());
  beforeEach(() => { erased.length = 0; notes.areThere = false; keptAfterAll.clear(); });

  const asked = async (kind: 'access' | 'erasure'): Promise<string> => (await api.ask(officer, { personId: `01990000-0000-7000-8000-${String(++last).padStart(12, '0')}` as PersonId, kind, basis: BASIS })).id;
  const addItem = (requestId: string, columns: string, from: string): Promise<unknown> => app.owner.query(`insert into information_rights.item (council_id, request_id, source_id, record_id, number, title, since, proposal) select r.council_id, r.request_id, ${columns}, '{"en":"A","cy":"A"}', now(), 'erase' from information_rights.request r, ${from} where r.request_id = $1`, [requestId]);
  const erase = async (requestId: string): Promise<void> => {
    const decisions = (await api.records(officer, requestId)).map(({ number, mustKeep, title }) => (mustKeep ? { number, decision: 'keep' as const } : { number, decision: 'erase' as const, title }));
    const { version } = await api.find(officer, requestId);
    expect(await api.decideErasure(officer, requestId, { version, decisions: decisions.map(({ number, decision }) => ({ number, decision })) })).toMatchObject({ ok: true });
    await app.drainJobs();
  };

  it.each(['resident', 'adviser'])('a copy is not given away while it is not certain who asks (%s)', async (askedBy) => {
    const id = await asked('access');
    await app.owner.query('update information_rights.request set asked_by = $2, is_read = $3 where request_id = $1', [id, askedBy, askedBy === 'adviser']);
    expect(await api.pause(officer, id, { version: 1, reason: 'identity', words: 'Please call us.' })).toMatchObject({ ok: true });
    await app.drainJobs();
    const paused = await api.find(officer, id);
    expect(paused).toMatchObject({ state: 'to-read', pausedFor: 'identity' });
    expect(await api.giveCopy(officer, id, { version: paused.version, leaveOut: [] })).toMatchObject({ ok: false, refusal: { reason: 'is-paused' } });
    await api.resume(officer, id, { version: paused.version });
    expect(await api.giveCopy(officer, id, { version: paused.version + 1, leaveOut: [] })).toMatchObject({ ok: true });
    await app.drainJobs();
    expect(await api.find(officer, id)).toMatchObject({ state: 'ready' });
  });

  it('an erasure of very many records is decided and carried out for all of them', async () => {
    const id = await asked('erasure');
    await app.drainJobs();
    await addItem(id, `'town.library', 'old-' || n, n`, 'generate_series(100, 5200) n');
    await erase(id);
    expect((await api.records(officer, id)).filter(({ outcome }) => outcome === undefined)).toEqual([]);
    expect(erased.filter((record) => record.startsWith('old-'))).toHaveLength(5101);
    expect(await api.find(officer, id)).toMatchObject({ state: 'erased' });
  });

  it('a record that its module keeps after all says why, as the module says it now', async () => {
    const id = await asked('erasure');
    await app.drainJobs();
    keptAfterAll.add('loan');
    await app.owner.query(`update information_rights.item set because = null where request_id = $1 and record_id = 'loan'`, [id]);
    await erase(id);
    expect((await api.records(officer, id)).find(({ title }) => title.en === 'Books borrowed')).toMatchObject({ decision: 'erase', outcome: 'kept', because: { en: 'two books are still out' } });
  });

  it('an erasure is not done while a record of a module that the council has no more is not', async () => {
    const id = await asked('erasure');
    await app.drainJobs();
    await addItem(id, `'gone.library', 'another-card', 50`, '(select 1) one');
    await erase(id);
    expect((await api.find(officer, id)).state).toBe('erasing');
    expect((await api.records(officer, id)).filter(({ outcome }) => outcome === undefined).map(({ source }) => source)).toEqual(['gone.library']);
    expect(JSON.stringify(app.log.lines)).toContain('information-rights.erasure-not-done');
    await app.owner.query(`update information_rights.item set source_id = 'town.library' where request_id = $1 and source_id = 'gone.library'`, [id]);
    clock.advance(24 * 60 * 60);
    await app.drainJobs();
    expect((await api.find(officer, id)).state).toBe('erased');
  });

  it('what is with a module that the council has no more an officer says is kept, and why, and the erasure ends; one look a day waits, however often it was tried', async () => {
    const id = await asked('erasure');
    await app.drainJobs();
    await addItem(id, `'gone.library', 'another-card', 50`, '(select 1) one');
    await erase(id);
    const at = `/desk/rights/${id}`;
    const handler = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b3', roles: ['team-manager'] });
    const page = await handler.get(at);
    expect(page.text).toContain('<li>A, of gone.library</li>');
    const version = String((await api.find(officer, id)).version);
    expect((await handler.request(at, { form: { _csrf: handler.formToken ?? '', do: 'keep', version, words: ' ' } })).text).toContain('<a href="#keep-words">Say why, in words to the person</a>');
    // As if the job had run once more after what it wrote was kept.
    await app.get(CarriesOutErasure).run(app.systemContext('riverbourne'), { requestId: id });
    expect((await app.owner.query(`select from kernel.waiting_job where kind = 'do:information-rights.carry-out-erasure' and data #>> '{data,requestId}' = $1`, [id])).rowCount).toBe(1);
    expect((await handler.post(at, { do: 'keep', version, words: 'The library has gone, with its cards.' })).path).toContain('result=kept-out-of-reach');
    await app.drainJobs();
    expect((await api.find(officer, id)).state).toBe('erased');
    expect((await api.records(officer, id)).find(({ source }) => source === 'gone.library')).toMatchObject({ decision: 'erase', outcome: 'kept', decidedBecause: 'The library has gone, with its cards.' });
    expect((await handler.post(at, { do: 'keep', version, words: 'Again.' })).path).toContain('result=not-to-decide');
  });
});
