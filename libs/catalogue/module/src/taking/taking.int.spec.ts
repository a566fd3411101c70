import { CATALOGUE, type CatalogueApi, type Submission } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease, type ExamplePublisher } from '@guildhall/catalogue-contract/testing';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, walkTables, type TestApp } from '@guildhall/kernel/testing';
import { startRegistry, type Registry } from '../../test/registry';
import { packed } from '../../test/tarball';
import { catalogue } from '../catalogue.module';
import { RemovesRelease } from '../letting-in/removes-release';
import { AdmitsPublishers } from '../publishing/admits-publishers';
import { FindsForgotten } from './finds-forgotten';
import { LooksAtRelease } from './looks-at-release';

describe('a release that is handed in', () => {
  let app: TestApp;
  let api: CatalogueApi;
  let registry: Registry;
  let ctx: RequestContext;
  let system: RequestContext;
  let westmarch: ExamplePublisher;
  let last = 0;
  const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
  const council = (slug: string, number: number) => testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: { '@westmarch': registry.origin }, mostWaiting: 12 })]);
  beforeAll(async () => {
    registry = await startRegistry();
    app = await startTestApp({ councils: [council('westmarch', 1), council('aldermoor', 2)], clock: clock as Clock });
    api = app.get<CatalogueApi>(CATALOGUE.token);
    [ctx, system] = [app.context('westmarch'), app.systemContext('westmarch')];
    westmarch = examplePublisher('westmarch', { scopes: ['@westmarch', '@nowhere'] });
    await app.get(AdmitsPublishers).admit(system, (await handed(api.submitPublisher(ctx, westmarch.envelope))).id);
  });
  afterAll(async () => {
    await app?.close();
    await registry?.close();
  });
  afterEach(() => { registry.instead = undefined; });

  const handed = async (outcome: ReturnType<CatalogueApi['submitRelease']>): Promise<Submission> => {
    const taken = await outcome;
    if (!taken.ok) throw new Error(taken.refusal.message);
    return taken.value;
  };
  /** Some package that nobody has handed in yet. */
  const someFiles = (name = `@westmarch/${['parking', 'bins', 'libraries', 'playgrounds', 'cemeteries', 'allotments', 'hedgehogs', 'markets', 'lampposts', 'bridges', 'orchards', 'fountains', 'ferries', 'archives', 'wells', 'meadows'][last++]}`) => ({ name, files: exampleFiles(name, '1.0.0') });
  const handIn = async ({ files }: { readonly files: ReturnType<typeof exampleFiles> }, sha512: string): Promise<Submission> => handed(api.submitRelease(ctx, exampleRelease(westmarch, files, sha512, { at: clock.now() })));
  const state = async ({ id }: Submission): Promise<readonly string[]> => { const { state: now, reasons } = await api.submission(ctx, id); return [now, ...reasons]; };
  const listings = async (name: string): Promise<number> => (await api.feed(ctx, 0, 1000)).items.filter(({ entry }) => entry.about === name && entry.kind === 'release').length;

  it('waits for a registry that does not have it yet, and is refused when it never comes, but may be handed in again', async () => {
    const { name, files } = someFiles();
    const waiting = await handIn({ files }, 'a'.repeat(128));
    await app.drainJobs();
    expect(await state(waiting)).toEqual(['waiting', `${name} is not in its registry (${registry.origin}). Publish it there, and hand it in again.`]);
    for (let tries = 0; tries < 6; tries++) {
      clock.advance(24 * 3600);
      await app.drainJobs();
    }
    expect((await state(waiting))[0]).toBe('refused');
    const sha512 = await registry.put(files);
    const { release, components } = exampleRelease(westmarch, files, sha512, { at: clock.now() });
    expect((await handed(api.submitRelease(ctx, { release, components }))).id).not.toBe(waiting.id);
    await app.drainJobs();
    expect(await listings(name)).toBe(1);
  });
  it('is looked at again when it was refused for nothing but that it could not be fetched', async () => {
    const { name, files } = someFiles();
    const sha512 = await registry.put(files);
    registry.instead = (_request, response) => { response.writeHead(503).end(); return true; };
    const submitted = exampleRelease(westmarch, files, sha512, { at: clock.now() });
    const waiting = await handed(api.submitRelease(ctx, submitted));
    for (let tries = 0; tries < 7; tries++) {
      await app.drainJobs();
      clock.advance(24 * 3600);
    }
    expect(await state(waiting)).toEqual(['refused', `The registry (${registry.origin}) answered with 503.`]);
    registry.instead = undefined;
    expect(await handed(api.submitRelease(ctx, submitted))).toEqual({ id: waiting.id, state: 'waiting', reasons: [] });
    await app.drainJobs();
    expect([await state(waiting), await listings(name)]).toEqual([['listed'], 1]);
  });
  it('is listed once when whoever lists it dies between having fetched it and having listed it', async () => {
    const { name, files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    // Somebody else lists, so that it comes as far as its transaction, and no further.
    const other = await app.owner.connect();
    await other.query('begin');
    await other.query('select 1 from catalogue.feed where council_id = $1 for update', [ctx.council.id]);
    const dying = app.get(LooksAtRelease).run(system, { submissionId: waiting.id }).then(() => 'listed', () => 'died');
    const killed = async (): Promise<number> => (await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`)).rowCount ?? 0;
    while ((await killed()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await dying).toBe('died');
    await other.query('rollback');
    other.release();
    expect([await state(waiting), await listings(name)]).toEqual([['waiting'], 0]);
    await app.drainJobs();
    expect([await state(waiting), await listings(name)]).toEqual([['listed'], 1]);
  });
  it('is listed once when several look at it at once', async () => {
    const { name, files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    await Promise.all([1, 2, 3, 4].map(() => app.get(LooksAtRelease).run(system, { submissionId: waiting.id })));
    expect([await state(waiting), await listings(name)]).toEqual([['listed'], 1]);
  });
  it('is found when its job was lost', async () => {
    const { name, files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    await app.owner.query('delete from kernel.waiting_job where council_id = $1', [ctx.council.id]);
    await app.drainJobs();
    clock.advance(3600);
    await app.get(FindsForgotten).run(system);
    await app.drainJobs();
    expect([await state(waiting), await listings(name)]).toEqual([['listed'], 1]);
  });
  it.each<readonly [string, string]>([['into the network of the server', 'http://169.254.169.254/latest'], ['to this machine', 'http://localhost:1/x.tgz'], ['to a file', 'file:///etc/passwd'], ['nowhere', 'no address']])('is not fetched where its registry points %s', async (_where, tarball) => {
    const { files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    registry.instead = (_request, response) => { response.end(JSON.stringify({ versions: { '1.0.0': { dist: { tarball } } } })); return true; };
    await app.drainJobs();
    expect(await state(waiting)).toEqual(['refused', expect.stringMatching(/^It could not be fetched: .*(called|address)/)]);
  });
  it('is not followed into the network of the server', async () => {
    const { files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    registry.instead = (request, response) => { if (!request.url?.startsWith('/-/')) return false; response.writeHead(302, { location: 'http://10.0.0.1/x.tgz' }).end(); return true; };
    await app.drainJobs();
    expect((await state(waiting))[0]).toBe('refused');
  });
  it('is refused where it is larger than anything that is taken, and where nobody knows its registry', async () => {
    const { files } = someFiles();
    const waiting = await handIn({ files }, await registry.put(files));
    registry.instead = (request, response) => { if (!request.url?.startsWith('/-/')) return false; response.end(Buffer.alloc(11 * 1024 * 1024)); return true; };
    await app.drainJobs();
    expect(await state(waiting)).toEqual(['refused', expect.stringMatching(/larger than 10 MB/)]);
    const nowhere = await handIn(someFiles('@nowhere/parking'), 'a'.repeat(128));
    await app.drainJobs();
    expect(await state(nowhere)).toEqual(['refused', expect.stringMatching(/not known here in which registry/)]);
  });
  it('is refused where it would be written outside its folder', async () => {
    const { name, files } = someFiles();
    const bytes = packed([...Object.entries(files).map(([path, content]) => ({ path: `package/${path}`, content })), { path: 'package/../../../home/.profile', content: 'steal' }]);
    const waiting = await handIn({ files }, registry.putBytes(name, '1.0.0', bytes));
    await app.drainJobs();
    expect(await state(waiting)).toEqual(['refused', expect.stringMatching(/outside the package/)]);
  });
  it('is refused where it cannot be kept, and keeps none of those that came with it', async () => {
    const [odd, fine] = [someFiles(), someFiles()];
    await app.owner.query(`alter table catalogue.release add constraint odd check (name <> '${odd.name}')`);
    const waiting = [await handIn(odd, await registry.put(odd.files)), await handIn(fine, await registry.put(fine.files))];
    await app.drainJobs();
    await app.owner.query('alter table catalogue.release drop constraint odd');
    expect(await Promise.all(waiting.map(state))).toEqual([['refused', expect.stringMatching(/cannot be kept here/)], ['listed']]);
  });
  it('stays off when somebody here has taken it off, though its publisher signs the same bytes anew', async () => {
    const { name, files } = someFiles();
    const sha512 = await registry.put(files);
    await handIn({ files }, sha512);
    await app.drainJobs();
    expect(await app.get(RemovesRelease).remove(system, { name, version: '1.0.0', because: 'It tells strangers who has parked.' })).toMatchObject({ ok: true });
    clock.advance(60);
    const again = await handIn({ files }, sha512);
    await app.drainJobs();
    expect([await state(again), await listings(name)]).toEqual([['refused', `${name} 1.0.0 was taken off here: It tells strangers who has parked.`], 1]);
  });
  it('is not taken where too much of its publisher’s waits', async () => {
    const outcomes = await Promise.all([...Array(30).keys()].map((number) => { const files = exampleFiles('@westmarch/flood', `1.0.${number}`); return api.submitRelease(ctx, exampleRelease(westmarch, files, 'b'.repeat(128), { at: clock.now() })); }));
    expect(outcomes.filter((one) => !one.ok && one.refusal.reason === 'too-many').length).toBeGreaterThan(0);
  });
  it('is nobody’s to decide who may not', async () => {
    const stranger = examplePublisher('stranger');
    const { id } = await handed(api.submitPublisher(ctx, stranger.envelope));
    await expect(app.get(AdmitsPublishers).admit(ctx, id)).rejects.toMatchObject({ code: 'not-authenticated' });
    expect(await app.get(AdmitsPublishers).turnAway(system, id, 'Nobody there knows of it.')).toMatchObject({ value: { state: 'refused', reasons: ['Nobody there knows of it.'] } });
    expect(await app.get(AdmitsPublishers).admit(system, id)).toMatchObject({ refusal: { reason: 'decided' } });
    const [{ publisher, resembles } = { publisher: undefined, resembles: [] }] = await (async () => { await api.submitPublisher(ctx, examplePublisher('west-march').envelope); return (await app.get(AdmitsPublishers).waiting(system)).items; })();
    expect([publisher?.id, resembles]).toEqual(['west-march', ['westmarch']]);
  });
  it('is one council’s, as all that is kept of it', async () => {
    const { open, tried } = await walkTables(app, { stranger: app.context('aldermoor').council.id });
    expect(open).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });
});
