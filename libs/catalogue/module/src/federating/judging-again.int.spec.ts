import { signAssessment, signCounterClaim } from '@guildhall/assurance-contract';
import { CATALOGUE, signPublisher, type CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease, type ExamplePublisher } from '@guildhall/catalogue-contract/testing';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { documentDigest } from '@guildhall/sharing-contract';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import { OwnFeed } from '../logging/own-feed';
import { AdmitsPublishers } from '../publishing/admits-publishers';
import type { FollowedFeed } from './followed-feed';
import { FollowsFeeds } from './follows-feeds';
import { MirrorsFeed } from './mirrors-feed';

const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
const NORTH = 'north.example/feed';
interface Catalogue { readonly app: TestApp; readonly api: CatalogueApi; readonly ctx: RequestContext; readonly system: RequestContext; readonly feed: FollowedFeed }

let registry: Registry;
let north: Catalogue;
let south: Catalogue;
const westmarch = examplePublisher('westmarch', { contact: { email: 'packages@westmarch.example', web: 'https://westmarch.example' } });
/** Their names can be taken for one another’s. */
const [aldermoor, aldermor] = [examplePublisher('aldermoor'), examplePublisher('aldermor')];

async function start(slug: string, number: number, feeds: readonly FollowedFeed[] = []): Promise<Catalogue> {
  const app = await startTestApp({ councils: [testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: { '*': registry.origin }, feeds })])], clock });
  const system = app.systemContext(slug);
  return { app, api: app.get<CatalogueApi>(CATALOGUE.token), ctx: app.context(slug), system, feed: { origin: app.origin(slug), key: app.get(OwnFeed).verifierKey(system) } };
}
async function admit({ app, api, ctx, system }: Catalogue, { envelope }: Pick<ExamplePublisher, 'envelope'>): Promise<void> {
  const handed = await api.submitPublisher(ctx, envelope);
  if (!handed.ok) throw new Error(handed.refusal.message);
  await app.get(AdmitsPublishers).admit(system, handed.value.id);
}
async function publish({ app, api, ctx }: Catalogue, by: ExamplePublisher, name: string, version: string): Promise<void> {
  const files = exampleFiles(name, version);
  const handed = await api.submitRelease(ctx, exampleRelease(by, files, await registry.put(files), { at: clock.now() }));
  if (!handed.ok) throw new Error(handed.refusal.message);
  await app.drainJobs();
  expect(await api.submission(ctx, handed.value.id)).toMatchObject({ state: 'listed', reasons: [] });
}
const manager = ({ app, ctx }: Catalogue): Promise<Visitor> => app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'], teams: [] }, ctx.council.slug);
async function takeOff(one: Catalogue, name: string, version: string): Promise<void> {
  const desk = await manager(one);
  await desk.get('/desk/catalogue/remove');
  expect((await desk.post('/desk/catalogue/remove', { package: name, version, because: 'Nobody looks after it.' })).path).toContain('result=removed');
}
/** As somebody of the catalogue does: on the page that says in how much they differ. */
async function judgeAgain(): Promise<void> {
  const desk = await manager(south);
  await desk.get('/desk/catalogue/feeds');
  expect((await desk.post('/desk/catalogue/feeds', { feed: NORTH })).path).toContain('result=asked');
  await south.app.drainJobs();
}
const follow = (): Promise<void> => south.app.get(MirrorsFeed).run(south.system, { feed: NORTH });
const differs = async (): Promise<readonly string[]> => (await south.app.get(FollowsFeeds).conflicts(south.system)).map(({ about, version, reason }) => `${about} ${version ?? ''}: ${reason}`).sort();

beforeAll(async () => {
  registry = await startRegistry();
  north = await start('north', 1);
  south = await start('south', 2, [north.feed]);
  await admit(north, westmarch);
  await admit(south, aldermoor);
  await publish(south, aldermoor, '@aldermoor/lamps', '1.0.0');
  await admit(north, aldermor);
  for (const version of ['1.0.0', '1.1.0']) await publish(north, aldermor, '@aldermor/lamps', version);
  await publish(north, westmarch, '@westmarch/parking', '1.0.0');
});
afterAll(async () => {
  for (const one of [north, south]) await one?.app.close();
  await registry?.close();
});

describe('what another catalogue lists and this one does not', () => {
  it('is judged again when somebody of the catalogue asks, and not by itself', async () => {
    await follow();
    expect(await differs()).toEqual(['@aldermor/lamps 1.0.0: looks-alike', '@aldermor/lamps 1.1.0: looks-alike']);
    await takeOff(south, '@aldermoor/lamps', '1.0.0');
    await follow();
    expect(await differs()).toHaveLength(2);
    const [desk, officer] = [await manager(south), await south.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer'], teams: [] }, 'south')];
    expect([(await officer.get('/desk/catalogue/feeds')).status, (await officer.post('/desk/catalogue/feeds', { feed: NORTH })).status]).toEqual([403, 403]);
    expect((await desk.get('/desk/catalogue/feeds')).text).toContain('They differ in 2 things.');
    await judgeAgain();
    expect(await differs()).toEqual([]);
    expect((await south.api.listing(south.ctx, '@aldermor/lamps')).versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    expect((await desk.get('/desk/catalogue/feeds')).text).toContain('They differ in nothing.');
    // Where it was seen first stays what it was.
    expect((await south.api.feed(south.ctx, 0, 100)).items.filter(({ entry }) => entry.about === '@aldermor/lamps').map(({ entry }) => entry.from)).toEqual([NORTH, NORTH]);
  });

  it('stays a difference while the cause is there, and is none when the other has taken it off', async () => {
    await publish(south, aldermoor, '@aldermoor/bridges', '1.0.0');
    await publish(north, aldermor, '@aldermor/bridges', '1.0.0');
    await follow();
    await judgeAgain();
    expect(await differs()).toEqual(['@aldermor/bridges 1.0.0: looks-alike']);
    await takeOff(north, '@aldermor/bridges', '1.0.0');
    await follow();
    expect(await differs()).toEqual([]);
  });
});

describe('what whoever was assessed says against it', () => {
  const DEPLOYMENT = 'https://share.westmarch.example/sharing';
  const found = signAssessment([{ name: DEPLOYMENT, digest: { sha256: 'a'.repeat(64) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '10', result: 'not-met', how: 'tested' }] }, aldermor.lead.signer);
  const against = (by: ExamplePublisher, text: string, at = clock.now()) => signCounterClaim({ assessment: documentDigest(found), by: by.publisher.id, at: at.toISOString(), claims: [{ principle: '10', text }] }, by.lead.signer);
  const page = async ({ app, ctx }: Catalogue): Promise<string> => (await app.visitor(ctx.council.slug).get('/catalogue/assurance')).text;

  it('is told by whoever runs a deployment below the host of their website, goes with the feed, and is shown with their name', async () => {
    expect(await north.api.submitAssessment(north.ctx, found)).toMatchObject({ ok: true, value: { state: 'listed' } });
    expect(await north.api.submitAssessment(north.ctx, against(aldermor, 'It is worse.'))).toMatchObject({ ok: true, value: { state: 'refused', reasons: [expect.stringContaining('was not assessed there')] } });
    expect(await north.api.submitAssessment(north.ctx, against(westmarch, 'Everybody signs in twice since Monday.'))).toMatchObject({ ok: true, value: { state: 'listed' } });
    await follow();
    for (const one of [north, south]) {
      expect(await page(one)).toContain('Everybody signs in twice since Monday.');
      expect(await page(one)).toContain('signed by westmarch Digital');
    }
    expect(await differs()).toEqual([]);
    const file = await south.app.visitor('south').get(`/catalogue/assurance/${encodeURIComponent(documentDigest(found))}`);
    expect(JSON.parse(file.text)).toEqual(found);
    expect((await south.app.visitor('south').get(`/catalogue/assurance/sha256:${'a'.repeat(43)}`)).status).toBe(404);
  });

  it('is taken off everywhere where a stolen key has signed it, whatever day it named', async () => {
    clock.advance(3600);
    const stolenAt = clock.now();
    clock.advance(60);
    expect(await north.api.submitAssessment(north.ctx, against(westmarch, 'The thief says that all is well.', new Date(stolenAt.getTime() - 1800_000)))).toMatchObject({ ok: true, value: { state: 'listed' } });
    await follow();
    expect(await page(south)).toContain('The thief says');
    const keys = [{ ...westmarch.lead.named, compromisedSince: stolenAt.toISOString() }, westmarch.second.named];
    await north.api.submitPublisher(north.ctx, signPublisher({ ...westmarch.publisher, serial: 2, keys }, [westmarch.second.signer]));
    await north.app.drainJobs();
    await follow();
    // Until it has looked at it itself, it lists what is listed there no more.
    expect(await differs()).toEqual([`${DEPLOYMENT} : removed-there`]);
    await south.app.drainJobs();
    for (const one of [north, south]) expect(await page(one)).not.toContain('The thief says');
    expect(await differs()).toEqual([]);
    // Another who follows only now is shown nothing of it, and that is no difference.
    const { items } = await north.api.feed(north.ctx, 0, 1000);
    expect(items.filter(({ entry, envelope }) => entry.kind === 'assessment' && envelope === null)).toHaveLength(1);
  });

  it('cannot be told by a publisher who names another’s website: somebody of the catalogue makes sure first', async () => {
    const moved = signPublisher({ ...aldermor.publisher, serial: 2, contact: { email: 'packages@aldermor.example', web: 'https://westmarch.example/ours' } }, [aldermor.lead.signer]);
    expect(await north.api.submitPublisher(north.ctx, moved)).toMatchObject({ ok: true, value: { state: 'waiting' } });
  });
});
