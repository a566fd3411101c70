import { signAssessment } from '@guildhall/assurance-contract';
import { CATALOGUE, signNotice, signPublisher, type CatalogueApi, type Submission, type SubmitRefusal } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease, type ExamplePublisher } from '@guildhall/catalogue-contract/testing';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import type { FollowedFeed } from '../federating/followed-feed';
import { FollowsFeeds } from '../federating/follows-feeds';
import { MirrorsFeed } from '../federating/mirrors-feed';
import { OwnFeed } from '../logging/own-feed';
import { AdmitsPublishers } from '../publishing/admits-publishers';

const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
const PARKING = 'pkg:npm/%40glanafon/parking@1.0.0';
let registry: Registry;
interface Catalogue { readonly slug: string; readonly app: TestApp; readonly api: CatalogueApi; readonly ctx: RequestContext; readonly system: RequestContext; readonly feed: FollowedFeed }
const running: Catalogue[] = [];
beforeAll(async () => { registry = await startRegistry(); });
afterAll(async () => {
  for (const { app } of running) await app.close();
  await registry?.close();
});

async function start(slug: string, number: number, feeds: readonly FollowedFeed[] = []): Promise<Catalogue> {
  const app = await startTestApp({ councils: [testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: { '*': registry.origin }, feeds })])], clock, settings: { GUILDHALL_KEY: Buffer.alloc(32, 7).toString('base64') } });
  const system = app.systemContext(slug);
  const one: Catalogue = { slug, app, api: app.get<CatalogueApi>(CATALOGUE.token), ctx: app.context(slug), system, feed: { origin: app.origin(slug), key: app.get(OwnFeed).verifierKey(system) } };
  running.push(one);
  return one;
}
function taken(outcome: Outcome<Submission, SubmitRefusal>): Submission {
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}
async function admit({ app, api, ctx, system }: Catalogue, { envelope }: Pick<ExamplePublisher, 'envelope'>): Promise<void> {
  expect(await app.get(AdmitsPublishers).admit(system, taken(await api.submitPublisher(ctx, envelope)).id)).toMatchObject({ ok: true, value: { reasons: [] } });
}
async function publish({ app, api, ctx }: Catalogue, by: ExamplePublisher, name: string, version: string, more: Readonly<Record<string, string>> = {}): Promise<Submission> {
  const files = exampleFiles(name, version, {}, more);
  const { id } = taken(await api.submitRelease(ctx, exampleRelease(by, files, await registry.put(files), { at: clock.now() })));
  await app.drainJobs();
  return api.submission(ctx, id);
}
const advisory = (id: string, by: ExamplePublisher, at = clock.now()): Envelope => signNotice({ id, publisher: by.publisher.id, kind: 'advisory', package: `@${by.publisher.id}/parking`, versions: '<2.0.0', text: { en: 'It charges twice.', cy: 'Mae’n codi ddwywaith.' }, at: at.toISOString(), severity: 'high' }, by.lead.signer);
const found = (of: string, by: ExamplePublisher, principle: string): Envelope => signAssessment([{ name: of, digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-20', validUntil: '2027-10-31', findings: [{ principle, result: 'met', how: 'reviewed' }] }, by.lead.signer);
const follow = ({ app, system }: Catalogue, name: string): Promise<void> => app.get(MirrorsFeed).run(system, { feed: `${name}.example/feed` });
const conflicts = async ({ app, system }: Catalogue): Promise<readonly string[]> => (await app.get(FollowsFeeds).conflicts(system)).map(({ kind, about, reason }) => `${kind} ${about}: ${reason}`).sort();
const manager = ({ app, slug }: Catalogue): Promise<Visitor> => app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'], teams: [] }, slug);
/** As somebody of the catalogue does it, from the list on. */
async function takeOff(one: Catalogue, what: 'publishers' | 'notices' | 'assessments', words: string, because: string): Promise<void> {
  const visitor = await manager(one);
  const [, href = ''] = new RegExp(`href="(/desk/catalogue/remove/${what}/[^"]+)"`).exec((await visitor.get(`/desk/catalogue/remove/${what}?q=${encodeURIComponent(words)}`)).text) ?? [];
  expect((await visitor.get(href)).status).toBe(200);
  expect((await visitor.post(href, {})).text).toContain('Say why');
  expect((await visitor.post(href, { because })).path).toMatch(/result=(put-out|removed)$/);
  await one.app.drainJobs();
}
const news = async ({ app, slug }: Catalogue, path = '/catalogue/feed.json'): Promise<readonly string[]> => (await app.visitor(slug).request(path)).json<{ items: readonly { title: string; summary: string }[] }>().items.map(({ title, summary }) => `${title}: ${summary}`);

describe('a publisher who should not have been let in', () => {
  const [impostor, rightful, westmarch] = [examplePublisher('glanafon', { scopes: ['@glanafon', '@glanafon-digital'] }), examplePublisher('glanafon'), examplePublisher('westmarch')];
  const BECAUSE = 'It is not Glanafon: the council has said so.';
  let here: Catalogue;
  let mirror: Catalogue;
  beforeAll(async () => {
    here = await start('north', 1);
    mirror = await start('south', 2, [here.feed]);
    await admit(here, westmarch);
    await admit(here, impostor);
    expect(await publish(here, impostor, '@glanafon/parking', '1.0.0')).toMatchObject({ state: 'listed' });
    expect(await publish(here, westmarch, '@westmarch/parking', '1.0.0')).toMatchObject({ state: 'listed' });
    taken(await here.api.submitNotice(here.ctx, advisory('glanafon-1', impostor)));
    taken(await here.api.submitAssessment(here.ctx, found('pkg:npm/%40westmarch/parking@1.0.0', impostor, '7')));
    await follow(mirror, 'north');
    clock.advance(60);
    await takeOff(here, 'publishers', 'glanafon-dig', BECAUSE);
  });

  it('is put out: nothing that it signed is listed, nothing more is taken of it, and everybody reads why', async () => {
    const { api, ctx, app } = here;
    expect((await api.search(ctx, {})).items.map(({ name }) => name)).toEqual(['@westmarch/parking']);
    expect((await api.listing(ctx, '@glanafon/parking')).removed).toMatchObject([{ version: '1.0.0', because: `glanafon was put out of this catalogue: ${BECAUSE}` }]);
    await expect(api.publisher(ctx, 'glanafon')).rejects.toThrow(BECAUSE);
    await expect(api.release(ctx, '@glanafon/parking', '1.0.0')).rejects.toThrow(BECAUSE);
    const { assessments, removed } = await api.release(ctx, '@westmarch/parking', '1.0.0');
    expect([assessments, removed]).toMatchObject([[], [{ kind: 'assessment', by: 'glanafon', because: expect.stringContaining(BECAUSE) as string }]]);
    const files = exampleFiles('@glanafon/bins', '1.0.0');
    for (const refused of [await api.submitRelease(ctx, exampleRelease(impostor, files, await registry.put(files), { at: clock.now() })), await api.submitNotice(ctx, advisory('glanafon-2', impostor)), await api.submitAssessment(ctx, found(PARKING, impostor, '8'))]) expect(refused).toMatchObject({ ok: false, refusal: { reason: 'unknown-publisher', message: expect.stringContaining(BECAUSE) as string } });
    const { items } = await api.feed(ctx, 0, 1000);
    expect(items.filter(({ entry }) => entry.kind === 'removed').map(({ entry: { about, because } }) => [about, because?.includes(BECAUSE)])).toEqual([['glanafon', true], ['@glanafon/parking', true], ['@glanafon/parking', true], ['pkg:npm/%40westmarch/parking@1.0.0', true]]);
    expect(items.filter(({ entry, envelope }) => envelope !== null && JSON.stringify([entry.about, envelope]).includes('glanafon'))).toEqual([]);
    const { rows } = await app.owner.query<{ action: string }>(`select action from kernel.audit where action = 'catalogue.publisher-put-out'`);
    expect(rows).toHaveLength(1);
  });

  it('is in the news once, and its page says why in both languages', async () => {
    const { app, slug } = here;
    expect((await news(here)).filter((one) => one.includes('glanafon'))).toEqual(['An assessment of @westmarch/parking 1.0.0 was taken off: glanafon was put out of this catalogue: ', 'A notice about @glanafon/parking was taken off: glanafon was put out of this catalogue: ', 'glanafon was put out: '].map((said) => said + BECAUSE));
    expect(await news(here, '/catalogue/packages/@glanafon/parking/feed.json')).toContainEqual(expect.stringContaining('@glanafon/parking 1.0.0 is listed no more'));
    const [english, welsh] = [await app.visitor(slug).request('/catalogue/publishers/glanafon', { headers: { accept: 'text/html' } }), await app.visitor(slug).request('/catalogue/publishers/glanafon?lang=cy', { headers: { accept: 'text/html' } })];
    expect([english.status, english.text.includes('glanafon Digital does not publish here any more'), welsh.text.includes('Nid yw Digidol glanafon yn cyhoeddi yma mwyach'), english.text.includes(BECAUSE)]).toEqual([410, true, true, true]);
    expect((await app.visitor(slug).get('/catalogue/publishers')).text).toContain('Publishers that were put out');
  });

  it('is told of where it was mirrored, and nowhere listed where somebody follows later', async () => {
    await follow(mirror, 'north');
    const there = ['removed @glanafon/parking: removed-there', 'removed @glanafon/parking: removed-there', 'removed glanafon: removed-there', 'removed pkg:npm/%40westmarch/parking@1.0.0: removed-there'];
    expect(await conflicts(mirror)).toEqual(there);
    expect((await mirror.api.listing(mirror.ctx, '@glanafon/parking')).versions).toHaveLength(1);
    const late = await start('east', 3, [here.feed, mirror.feed]);
    await follow(late, 'north');
    expect([await conflicts(late), (await late.api.search(late.ctx, {})).items.map(({ name }) => name)]).toEqual([[], ['@westmarch/parking']]);
    await takeOff(mirror, 'publishers', 'glanafon', 'North has found that it is not Glanafon.');
    expect(await conflicts(mirror)).toEqual([]);
  });

  it('comes back from no other catalogue, and only when somebody lets it in', async () => {
    const other = await start('west', 4);
    await admit(other, impostor);
    const follower = await start('north-again', 5, [other.feed]);
    await admit(follower, impostor);
    await takeOff(follower, 'publishers', 'glanafon', BECAUSE);
    taken(await other.api.submitPublisher(other.ctx, signPublisher({ ...impostor.publisher, serial: 2 }, [impostor.lead.signer, impostor.second.signer])));
    expect(taken(await follower.api.submitPublisher(follower.ctx, impostor.envelope))).toMatchObject({ state: 'refused', reasons: [expect.stringContaining(`${BECAUSE} Sign it anew`)] });
    await follow(follower, 'west');
    expect(await conflicts(follower)).toEqual(['publisher glanafon: removed-here', 'publisher glanafon: removed-here']);
    await expect(follower.api.publisher(follower.ctx, 'glanafon')).rejects.toThrow(BECAUSE);
    expect(taken(await follower.api.submitPublisher(follower.ctx, signPublisher({ ...impostor.publisher, serial: 3 }, [impostor.lead.signer]))).state).toBe('waiting');
  });

  it('leaves its id, its names and its versions to whom they belong to', async () => {
    const { app, api, ctx } = here;
    await admit(here, examplePublisher('aldermoor', { scopes: ['@glanafon-digital'] }));
    const waiting = taken(await api.submitPublisher(ctx, rightful.envelope));
    expect(waiting.state).toBe('waiting');
    const { text } = await (await manager(here)).get('/desk/catalogue/publishers');
    expect(text).toContain('Careful: it was put out on 30 November 2026');
    await app.get(AdmitsPublishers).admit(here.system, waiting.id);
    expect(await publish(here, rightful, '@glanafon/parking', '1.0.0', { 'dist/more.js': '// Glanafon’s own.' })).toMatchObject({ state: 'listed', reasons: [] });
    const { publisher } = await api.release(ctx, '@glanafon/parking', '1.0.0');
    expect(publisher).toEqual([rightful.envelope]);
    expect((await app.visitor(here.slug).request('/catalogue/publishers/glanafon')).status).toBe(200);
  });
});

describe('a word that is false', () => {
  const [glanafon, assessor] = [examplePublisher('glanafon'), examplePublisher('assessors', { kind: 'assessor' })];
  let here: Catalogue;
  let mirror: Catalogue;
  const [notice, assessment] = [advisory('glanafon-1', glanafon), found(PARKING, assessor, '7')];
  beforeAll(async () => {
    here = await start('centre', 6);
    mirror = await start('coast', 7, [here.feed]);
    await admit(here, glanafon);
    await admit(here, assessor);
    await publish(here, glanafon, '@glanafon/parking', '1.0.0');
    taken(await here.api.submitNotice(here.ctx, notice));
    taken(await here.api.submitAssessment(here.ctx, assessment));
    await follow(mirror, 'centre');
    clock.advance(60);
    await takeOff(here, 'notices', 'GLANAFON-1', 'Nothing is charged twice.');
    await takeOff(here, 'assessments', '@glanafon/parking', 'Nobody of theirs was there.');
  });

  it('is taken off, with the reason where it stood', async () => {
    const { api, ctx, app, slug } = here;
    expect(await api.release(ctx, '@glanafon/parking', '1.0.0')).toMatchObject({ notices: [], assessments: [], removed: [
      { kind: 'assessment', digest: documentDigest(assessment), by: 'assessors', because: 'Nobody of theirs was there.' }, { kind: 'notice', digest: documentDigest(notice), by: 'glanafon', because: 'Nothing is charged twice.' },
    ] });
    expect((await api.listing(ctx, '@glanafon/parking')).noticed).toEqual([]);
    expect((await news(here)).slice(0, 2).sort()).toEqual(['A notice about @glanafon/parking was taken off: Nothing is charged twice.', 'An assessment of @glanafon/parking 1.0.0 was taken off: Nobody of theirs was there.']);
    expect((await app.visitor(slug).get('/catalogue/assurance')).text).not.toContain('assessors Digital');
    const page = await app.visitor(slug).get('/catalogue/packages/@glanafon/parking?lang=cy');
    expect(page.text).toMatch(/Tynnwyd asesiad gan assessors oddi ar y rhestr yma ar 30 Tachwedd 2026: <span lang="en">Nobody of theirs was there\.<\/span>/);
  });

  it('is not listed again when it is told anew, nor from another catalogue, which is told of', async () => {
    await follow(mirror, 'centre');
    expect(await conflicts(mirror)).toEqual(['removed @glanafon/parking: removed-there', `removed ${PARKING}: removed-there`]);
    expect([taken(await here.api.submitNotice(here.ctx, notice)), taken(await here.api.submitAssessment(here.ctx, assessment))]).toMatchObject([{ state: 'refused', reasons: ['It was taken off here: Nothing is charged twice.'] }, { state: 'refused', reasons: ['It was taken off here: Nobody of theirs was there.'] }]);
    expect(await here.api.submitNotice(here.ctx, advisory('glanafon-1', glanafon))).toMatchObject({ ok: true, value: { state: 'refused', reasons: [expect.stringContaining('was taken off here: Nothing is charged twice.')] } });
    const follower = await start('hills', 8, [mirror.feed]);
    for (const one of [glanafon, assessor]) await admit(follower, one);
    await publish(follower, glanafon, '@glanafon/parking', '1.0.0');
    taken(await follower.api.submitNotice(follower.ctx, notice));
    taken(await follower.api.submitAssessment(follower.ctx, assessment));
    await takeOff(follower, 'notices', 'glanafon', 'Nothing is charged twice.');
    await takeOff(follower, 'assessments', 'assessors', 'Nobody of theirs was there.');
    await follow(follower, 'coast');
    expect((await conflicts(follower)).filter((one) => !one.startsWith('removed'))).toEqual([`assessment ${PARKING}: removed-here`, 'notice @glanafon/parking: removed-here']);
    expect((await follower.api.release(follower.ctx, '@glanafon/parking', '1.0.0')).assessments).toEqual([]);
  });

  it('is looked at again when the key that signed it is known to be stolen', async () => {
    const { api, ctx, app } = mirror;
    const [before, after] = [found('https://council.example', assessor, '1'), found('https://other.example', assessor, '2')];
    await admit(mirror, examplePublisher('westmarch'));
    taken(await api.submitAssessment(ctx, before));
    clock.advance(3600);
    taken(await api.submitAssessment(ctx, after));
    const stolen = new Date(clock.now().getTime() - 1800_000).toISOString();
    taken(await api.submitPublisher(ctx, signPublisher({ ...assessor.publisher, serial: 2, keys: assessor.publisher.keys.map((key) => (key.keyid === assessor.lead.named.keyid ? { ...key, compromisedSince: stolen } : key)) }, [assessor.second.signer])));
    await app.drainJobs();
    const { rows } = await app.owner.query<{ digest: string; because: string }>('select digest, removed_because as because from catalogue.assessment where council_id = $1 and removed_because is not null', [ctx.council.id]);
    expect(rows).toEqual([{ digest: documentDigest(after), because: 'The assessment is not signed by a key that assessors has.' }]);
  });

  it('is somebody’s of the catalogue to take off, and nobody else’s', async () => {
    const officer = await here.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer'], teams: [] }, here.slug);
    for (const what of ['publishers', 'notices', 'assessments']) expect((await officer.request(`/desk/catalogue/remove/${what}`)).status).toBe(403);
    expect((await officer.request('/desk/catalogue/remove/publishers/glanafon', { form: { because: 'I want it gone' } })).status).toBe(403);
    expect((await (await manager(here)).request('/desk/catalogue/remove/publishers/nobody')).status).toBe(404);
  });
});
