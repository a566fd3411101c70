import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAssessment } from '@guildhall/assurance-contract';
import { CATALOGUE, factsOf, feedLeaf, signNotice, signPublisher, type CatalogueApi, type FeedItem } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease, type ExamplePublisher } from '@guildhall/catalogue-contract/testing';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { MerkleTree, documentDigest, formatCheckpoint, parseVerifierKey, signNote, verifierKey, type Envelope, type NoteKey } from '@guildhall/sharing-contract';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import { OwnFeed } from '../logging/own-feed';
import { AdmitsPublishers } from '../publishing/admits-publishers';
import type { FollowedFeed } from './followed-feed';
import { FollowsFeeds, type FeedConflict } from './follows-feeds';
import { MirrorsFeed } from './mirrors-feed';

const GUILDHALL_KEY = Buffer.alloc(32, 7).toString('base64');
const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
let registry: Registry;
beforeAll(async () => { registry = await startRegistry(); });
afterAll(() => registry.close());

/** One catalogue in a process of its own, as far as anybody can tell. */
interface Catalogue { readonly app: TestApp; readonly api: CatalogueApi; readonly ctx: RequestContext; readonly system: RequestContext; readonly feed: FollowedFeed; follow(name: string): Promise<void> }
const running: Catalogue[] = [];
afterAll(async () => { for (const { app } of running) await app.close(); });

const council = (slug: string, number: number, feeds: readonly FollowedFeed[]) => testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: { '*': registry.origin }, feeds })]);
async function start(slug: string, number: number, feeds: readonly FollowedFeed[] = []): Promise<Catalogue> {
  const started = catalogueOf(await startTestApp({ councils: [council(slug, number, feeds)], clock, settings: { GUILDHALL_KEY } }), slug);
  running.push(started);
  return started;
}
function catalogueOf(app: TestApp, slug: string): Catalogue {
  const system = app.systemContext(slug);
  return {
    app, api: app.get<CatalogueApi>(CATALOGUE.token), ctx: app.context(slug), system, feed: { origin: app.origin(slug), key: app.get(OwnFeed).verifierKey(system) },
    follow: (name) => app.get(MirrorsFeed).run(system, { feed: name }),
  };
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
const conflicts = async ({ app, system }: Catalogue): Promise<readonly FeedConflict[]> => app.get(FollowsFeeds).conflicts(system);
const namesIn = async ({ api, ctx }: Catalogue): Promise<readonly string[]> => (await api.search(ctx, {})).items.map(({ name, latest }) => `${name} ${latest}`).sort();
const entriesOf = async ({ api, ctx }: Catalogue): Promise<readonly string[]> => (await api.feed(ctx, 0, 1000)).items.map(({ entry: { kind, about, version, from } }) => `${kind} ${about}${version ? ` ${version}` : ''}${from ? ` from ${from}` : ''}`);

describe('three catalogues that follow one another', () => {
  const [westmarch, glanafon] = [examplePublisher('westmarch'), examplePublisher('glanafon')];
  let first: Catalogue;
  let second: Catalogue;
  let third: Catalogue;
  beforeAll(async () => {
    first = await start('north', 1);
    second = await start('south', 2, [first.feed]);
    third = await start('east', 3, [second.feed]);
    await admit(first, westmarch);
    await publish(first, westmarch, '@westmarch/parking', '1.0.0');
    await publish(first, westmarch, '@westmarch/parking', '1.1.0');
    await first.api.submitNotice(first.ctx, signNotice({ id: 'westmarch-1', publisher: 'westmarch', kind: 'advisory', package: '@westmarch/parking', versions: '<1.1.0', text: { en: 'Update.', cy: 'Diweddarwch.' }, at: '2026-11-30T11:00:00Z' }, westmarch.lead.signer));
    await first.api.submitAssessment(first.ctx, signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.1.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, westmarch.lead.signer));
  });

  it('list what another lists, each proved as if it were handed in, and say where it was seen first', async () => {
    await second.follow('north.example/feed');
    await third.follow('south.example/feed');
    expect(await namesIn(third)).toEqual(['@westmarch/parking 1.1.0']);
    expect(await entriesOf(third)).toEqual(['publisher westmarch from north.example/feed', 'release @westmarch/parking 1.0.0 from north.example/feed', 'release @westmarch/parking 1.1.0 from north.example/feed', 'notice @westmarch/parking from north.example/feed', 'assessment pkg:npm/%40westmarch/parking@1.1.0 from north.example/feed']);
    const release = await third.api.release(third.ctx, '@westmarch/parking', '1.0.0');
    expect([release.sha512, release.release, release.notices.length]).toEqual([(await first.api.release(first.ctx, '@westmarch/parking', '1.0.0')).sha512, (await first.api.release(first.ctx, '@westmarch/parking', '1.0.0')).release, 1]);
    expect(await conflicts(third)).toEqual([]);
  });

  it('keep the bill of materials that was signed, and show it only where it is', async () => {
    const page = async ({ app }: Catalogue, slug: string): Promise<string> => (await app.visitor(slug).get('/catalogue/packages/@westmarch/parking/1.0.0')).text;
    for (const [one, slug] of [[first, 'north'], [second, 'south'], [third, 'east']] as const) {
      expect(await one.api.components(one.ctx, '@westmarch/parking', '1.0.0')).toContain('"bomFormat":"CycloneDX"');
      expect(await page(one, slug)).toContain('components.json');
    }
    // Something that its publisher has not signed is not kept, and neither is a link to nothing.
    await first.app.owner.query(`update catalogue.release set components = components || ' ' where version = '1.0.0' and council_id = $1`, [first.ctx.council.id]);
    await third.app.owner.query(`update catalogue.release set components = null where version = '1.0.0' and council_id = $1`, [third.ctx.council.id]);
    await second.app.owner.query(`update catalogue.release set components = null where version = '1.0.0' and council_id = $1`, [second.ctx.council.id]);
    await second.follow('north.example/feed');
    await third.follow('south.example/feed');
    for (const [one, slug] of [[second, 'south'], [third, 'east']] as const) {
      await expect(one.api.components(one.ctx, '@westmarch/parking', '1.0.0')).rejects.toThrow('is not here yet');
      expect(await page(one, slug)).not.toContain('components.json');
    }
    await first.app.owner.query(`update catalogue.release set components = rtrim(components) where version = '1.0.0' and council_id = $1`, [first.ctx.council.id]);
    await second.follow('north.example/feed');
    await third.follow('south.example/feed');
    expect(await third.api.components(third.ctx, '@westmarch/parking', '1.0.0')).toBe(await first.api.components(first.ctx, '@westmarch/parking', '1.0.0'));
  });

  it('come to an end where they follow in a circle', async () => {
    const circle = await start('west', 4, [third.feed]);
    await circle.follow('east.example/feed');
    const before = await entriesOf(third);
    const back = await start('east-again', 3, [circle.feed, third.feed]);
    await back.follow('west.example/feed');
    await back.follow('east.example/feed');
    expect(await entriesOf(back)).toHaveLength(before.length);
    expect(await conflicts(back)).toEqual([]);
  });

  it('tell of what they do not agree on, and list neither silently', async () => {
    // Somebody else with keys of their own calls themselves Glanafon at each of two catalogues; and one publishes under a scope that is known here as another's.
    const impostor = examplePublisher('glanafon');
    await admit(first, impostor);
    await publish(first, impostor, '@glanafon/bins', '1.0.0');
    await admit(second, glanafon);
    await publish(second, glanafon, '@glanafon/bins', '2.0.0');
    const squatter = examplePublisher('brackenfield', { scopes: ['@glanafon-digital'] });
    await admit(first, squatter);
    await admit(second, examplePublisher('aldermoor', { scopes: ['@glanafon-digital'] }));
    await second.follow('north.example/feed');
    const found = (await conflicts(second)).map(({ kind, about, version, reason }) => `${kind} ${about}${version ? ` ${version}` : ''}: ${reason}`).sort();
    expect(found).toEqual(['publisher brackenfield: scope-taken', 'publisher glanafon: two-states', 'release @glanafon/bins 1.0.0: not-proved']);
    expect(await namesIn(second)).toEqual(['@glanafon/bins 2.0.0', '@westmarch/parking 1.1.0']);
    const [told] = (await second.app.visitor('south').request('/api/catalogue/v1/conflicts?about=glanafon', { headers: { accept: 'application/json' } })).json<{ items: FeedConflict[] }>().items;
    expect(told).toMatchObject({ feed: 'north.example/feed', reason: 'two-states', message: expect.stringContaining('somebody has signed two') as string });
  });

  it('take newer keys of a publisher, and take off what a stolen key signed later', async () => {
    const { publisher, lead, second: other } = westmarch;
    const versions = async ({ api, ctx }: Catalogue): Promise<readonly string[]> => (await api.listing(ctx, '@westmarch/parking')).versions.map(({ version }) => version);
    clock.advance(3600);
    await publish(first, westmarch, '@westmarch/parking', '1.2.0');
    await second.follow('north.example/feed');
    expect(await versions(second)).toEqual(['1.2.0', '1.1.0', '1.0.0']);
    const compromised = { ...publisher, serial: 2, keys: publisher.keys.map((key) => (key.keyid === lead.named.keyid ? { ...key, compromisedSince: '2026-11-30T12:30:00Z' } : key)) };
    await first.api.submitPublisher(first.ctx, signPublisher(compromised, [other.signer]));
    await first.app.drainJobs();
    await second.follow('north.example/feed');
    await second.app.drainJobs();
    expect([await versions(first), await versions(second)]).toEqual([['1.1.0', '1.0.0'], ['1.1.0', '1.0.0']]);
    expect((await conflicts(second)).filter(({ about }) => about === '@westmarch/parking')).toEqual([]);
  });

  it('go on when the one they follow, and its registry, are gone; and say since when it has not been heard', async () => {
    await first.app.close();
    running.splice(running.indexOf(first), 1);
    const heard = (await second.app.get(FollowsFeeds).all(second.system))[0]?.heardAt;
    clock.advance(600);
    await second.follow('north.example/feed');
    expect((await second.api.release(second.ctx, '@westmarch/parking', '1.1.0')).facts.name).toBe('@westmarch/parking');
    expect(await second.api.components(second.ctx, '@westmarch/parking', '1.1.0')).toContain('"name":"@westmarch/parking","version":"1.1.0"');
    expect((await second.app.get(FollowsFeeds).all(second.system))[0]).toMatchObject({ heardAt: heard, fault: expect.stringContaining('did not answer') as string });
    const told = (await second.app.visitor('south').request('/api/catalogue/v1/feeds', { headers: { accept: 'application/json' } })).json<{ items: { state: string; heardAt: string }[] }>().items;
    expect(told).toMatchObject([{ state: 'silent', heardAt: heard?.toISOString() }]);
  });
});

/** A catalogue that says whatever it is told to. */
interface Liar { readonly feed: FollowedFeed; readonly key: NoteKey; items: FeedItem[]; answer: ((path: string, from: number) => string | undefined) | undefined; tree: () => MerkleTree; close(): Promise<void> }
async function startLiar(name: string): Promise<Liar> {
  const key: NoteKey = { name, key: generateKeyPairSync('ed25519').privateKey };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://liar.example');
    const tree = liar.tree();
    const note = signNote(formatCheckpoint({ origin: name, size: tree.size, root: tree.root() }), [key]);
    const [from, limit] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('limit') ?? 1000)];
    const answers: Record<string, () => string> = {
      '/api/catalogue/v1/feed': () => JSON.stringify({ checkpoint: note, items: liar.items.slice(from, from + limit) }), '/api/catalogue/v1/feed/checkpoint': () => note,
      '/api/catalogue/v1/feed/consistency': () => JSON.stringify({ proof: tree.consistencyProof(from, Number(url.searchParams.get('to'))).map((hash) => Buffer.from(hash).toString('base64')) }),
    };
    const answer = liar.answer?.(url.pathname, from) ?? answers[url.pathname]?.();
    if (answer === 'CUT') return void response.destroy();
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': url.pathname.endsWith('checkpoint') ? 'text/plain' : 'application/json' }).end(answer ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const liar: Liar = {
    key, feed: { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: verifierKey(key) }, items: [], answer: undefined,
    tree: () => { const tree = new MerkleTree(); for (const { entry } of liar.items) tree.append(feedLeaf(entry)); return tree; },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
  return liar;
}

describe('a feed that is not what it was', () => {
  let liar: Liar;
  let honest: Catalogue;
  let items: readonly FeedItem[];
  let followers: TestApp;
  let last = 0;
  const westmarch = examplePublisher('westmarch');
  const follower = (): Catalogue => catalogueOf(followers, `follower-${++last}`);
  /** An entry of a release that no catalogue has looked at. */
  const released = (name: string, changes: Readonly<Record<string, unknown>>, by = westmarch): FeedItem => {
    const files = exampleFiles(name, '1.0.0', changes);
    const [{ release }, read] = [exampleRelease(by, files, 'c'.repeat(128), { at: clock.now() }), factsOf(new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])))];
    if (!read.ok) throw new Error(read.refusal.message);
    return { index: 0, envelope: release, facts: read.value, entry: { v: 1, t: clock.now().toISOString(), kind: 'release', about: name, version: '1.0.0', digest: documentDigest(release), from: null, because: null } };
  };
  const alarmOf = async ({ app, system }: Catalogue): Promise<unknown> => (await app.get(FollowsFeeds).all(system))[0]?.alarm;
  const sizeOf = async ({ app, system }: Catalogue): Promise<number> => (await app.get(FollowsFeeds).all(system))[0]?.size ?? 0;
  beforeAll(async () => {
    honest = await start('honest', 9);
    await admit(honest, westmarch);
    for (const [name, version] of [['parking', '1.0.0'], ['bins', '1.0.0'], ['parking', '1.1.0'], ['libraries', '1.0.0']] as const) await publish(honest, westmarch, `@westmarch/${name}`, version);
    items = (await honest.api.feed(honest.ctx, 0, 1000)).items;
    liar = await startLiar('liar.example/feed');
    followers = await startTestApp({ councils: Array.from({ length: 12 }, (_one, at) => council(`follower-${at + 1}`, at + 10, [liar.feed])), clock, settings: { GUILDHALL_KEY } });
  });
  beforeEach(() => {
    liar.items = [...items];
    liar.answer = undefined;
  });
  afterAll(async () => {
    await followers?.close();
    await liar?.close();
  });

  it('is an alarm when its log has another history: both notes are kept, and nothing is taken from it since', async () => {
    const one = follower();
    liar.items = items.slice(0, 3);
    await one.follow('liar.example/feed');
    expect(await namesIn(one)).toEqual(['@westmarch/bins 1.0.0', '@westmarch/parking 1.0.0']);
    liar.items = items.map((item, index) => (index === 1 ? { ...item, entry: { ...item.entry, t: '2026-11-30T11:59:59.000Z' } } : item));
    await one.follow('liar.example/feed');
    expect(await alarmOf(one)).toMatchObject({ reason: 'forked', notes: [expect.stringMatching(/^liar\.example\/feed\n3\n/) as string, expect.stringMatching(/^liar\.example\/feed\n5\n/) as string] });
    liar.items = [...items];
    await one.follow('liar.example/feed');
    expect([await sizeOf(one), await namesIn(one)]).toEqual([3, ['@westmarch/bins 1.0.0', '@westmarch/parking 1.0.0']]);
    expect(one.app.log.lines.map(({ event }) => event)).toContain('catalogue.feed-contradicts-itself');
  });
  it('is read page by page, each proved to be the beginning of what was signed; one that is not is an alarm before any of it is taken', async () => {
    const [one, other] = [follower(), follower()];
    const inTwos = (shown: readonly FeedItem[]) => (path: string, from: number): string | undefined => (path.endsWith('/feed') ? JSON.stringify({ checkpoint: signNote(formatCheckpoint({ origin: 'liar.example/feed', size: items.length, root: liar.tree().root() }), [liar.key]), items: shown.slice(from, from + 2) }) : undefined);
    liar.answer = inTwos(items);
    await one.follow('liar.example/feed');
    expect([await sizeOf(one), await alarmOf(one), (await entriesOf(one)).length]).toEqual([items.length, undefined, items.length]);
    liar.answer = inTwos(items.map((item, index) => (index === 3 ? { ...item, entry: { ...item.entry, t: '2026-11-30T11:59:59.000Z' } } : item)));
    await other.follow('liar.example/feed');
    expect([await sizeOf(other), await alarmOf(other)]).toMatchObject([2, { reason: 'forked' }]);
  });
  it('is an alarm when its log is shorter than it was, and none when something old was answered on the way', async () => {
    const one = follower();
    await one.follow('liar.example/feed');
    const whole = signNote(formatCheckpoint({ origin: 'liar.example/feed', size: items.length, root: liar.tree().root() }), [liar.key]);
    liar.items = items.slice(0, 2);
    liar.answer = (path) => (path.endsWith('/checkpoint') ? whole : undefined);
    await one.follow('liar.example/feed');
    expect(await alarmOf(one)).toBeUndefined();
    liar.answer = undefined;
    await one.follow('liar.example/feed');
    expect(await alarmOf(one)).toMatchObject({ reason: 'shrunk' });
  });
  it.each<readonly [string, (liar: Liar) => void, string]>([
    ['is signed by another key', (one) => { one.answer = (path) => (path.endsWith('/feed') ? JSON.stringify({ checkpoint: signNote(formatCheckpoint({ origin: 'liar.example/feed', size: 0, root: new MerkleTree().root() }), [{ name: 'liar.example/feed', key: generateKeyPairSync('ed25519').privateKey }]), items: [] }) : undefined); }, 'not signed by the key'],
    ['leaves an entry out', (one) => { const rest = one.items.filter((_item, index) => index !== 1); one.answer = (path) => (path.endsWith('/feed') ? JSON.stringify({ checkpoint: signNote(formatCheckpoint({ origin: 'liar.example/feed', size: one.tree().size, root: one.tree().root() }), [one.key]), items: rest }) : undefined); }, 'was asked for, and'],
    ['shows nothing of what it says that it has', (one) => { one.answer = (path) => (path.endsWith('/feed') ? JSON.stringify({ checkpoint: signNote(formatCheckpoint({ origin: 'liar.example/feed', size: one.tree().size, root: one.tree().root() }), [one.key]), items: [] }) : undefined); }, 'does not show those after'],
    ['answers in another form', (one) => { one.answer = () => '{"checkpoint":1}'; }, 'form that is not known'],
    ['breaks off', (one) => { one.answer = () => 'CUT'; }, 'did not answer'],
  ])('is left alone when it %s, and read when it is right again', async (_what, lie, fault) => {
    const one = follower();
    lie(liar);
    await one.follow('liar.example/feed');
    expect([await sizeOf(one), (await one.app.get(FollowsFeeds).all(one.system))[0]?.fault]).toEqual([0, expect.stringContaining(fault)]);
    liar.answer = undefined;
    await one.follow('liar.example/feed');
    expect(await sizeOf(one)).toBe(items.length);
  });
  it('has each entry judged by itself: what was changed on the way is told of, and the rest is listed', async () => {
    const one = follower();
    const [publisher, parking, bins, ...rest] = items as [FeedItem, FeedItem, FeedItem, ...FeedItem[]];
    const more = <Item extends FeedItem>(item: Item): Item => {
      const envelope = { ...(item.envelope as Envelope), signatures: [...(item.envelope as Envelope).signatures, { sig: 'AAAA' }] };
      return { ...item, envelope, entry: { ...item.entry, digest: documentDigest(envelope) } };
    };
    const [newer, libraries] = rest as [FeedItem, FeedItem];
    liar.items = [
      publisher, { ...parking, facts: { ...(parking.facts as NonNullable<FeedItem['facts']>), permissions: ['everything'] } }, { ...bins, envelope: newer.envelope }, newer, { ...libraries, entry: { ...libraries.entry, about: '@westmarch/else' } },
      { index: 5, envelope: null, entry: { ...newer.entry, kind: 'removed', because: 'It was never theirs.' } },
      { index: 6, envelope: null, entry: publisher.entry }, { ...released('@westmarch/closed', { license: 'UNLICENSED' }), index: 7 },
      { ...more(publisher), index: 8 }, { ...more(released('@westmarch/respelt', {})), index: 9 },
    ];
    await one.follow('liar.example/feed');
    expect((await conflicts(one)).map(({ index, reason }) => `${index} ${reason}`).sort()).toEqual(['1 tampered', '2 tampered', '4 mislabelled', '5 removed-there', '6 not-shown', '7 not-listable', '9 not-proved']);
    expect(await namesIn(one)).toEqual(['@westmarch/parking 1.1.0']);
  });
  it('lists new names together, and lets what cannot be kept or looks like another’s take none of the others with it', async () => {
    const one = follower();
    const impostor = examplePublisher('brackenfield', { scopes: ['@westmarchs'] });
    const ownName: FeedItem = { index: 0, envelope: impostor.envelope, entry: { v: 1, t: clock.now().toISOString(), kind: 'publisher', about: impostor.publisher.id, version: null, digest: documentDigest(impostor.envelope), from: null, because: null } };
    const names = Array.from({ length: 120 }, (_one, at) => `@westmarch/service-${at}`);
    const releases = [...names.map((name) => released(name, {})), released('@westmarchs/playgrounds', {}, impostor), released('@westmarch/orchards', {}), released('@westmarch/playgrounds', {})];
    liar.items = [items[0] as FeedItem, ownName, ...releases].map((item, index) => ({ ...item, index }));
    await one.app.owner.query(`alter table catalogue.release add constraint no_orchards check (name <> '@westmarch/orchards')`);
    try {
      await one.follow('liar.example/feed');
    } finally {
      await one.app.owner.query('alter table catalogue.release drop constraint no_orchards');
    }
    expect(await sizeOf(one)).toBe(liar.items.length);
    expect((await conflicts(one)).map(({ index, reason }) => `${index} ${reason}`).sort()).toEqual(['123 not-kept', '124 looks-alike']);
    expect((await one.app.owner.query<{ count: number }>(`select count(*)::int as count from catalogue.package where council_id = $1 and name = any($2)`, [one.system.council.id, names])).rows[0]?.count).toBe(names.length);
  });

  it('goes on where it broke off: cut between any two entries, and killed while it writes', async () => {
    const one = follower();
    for (const cut of items.keys()) {
      liar.answer = (path) => (path.endsWith('/feed') ? undefined : 'CUT');
      liar.items = items.slice(0, cut);
      await one.follow('liar.example/feed');
      expect(await sizeOf(one)).toBe(cut);
    }
    liar.answer = undefined;
    liar.items = [...items];
    // Two workers at once, and the connections of both cut while they write.
    await Promise.allSettled([one.follow('liar.example/feed'), one.follow('liar.example/feed'), one.app.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename <> current_user`)]);
    for (let tries = 0; tries < 3; tries++) await one.follow('liar.example/feed').catch(() => undefined);
    expect([await sizeOf(one), (await entriesOf(one)).length, await namesIn(one)]).toEqual([items.length, items.length, ['@westmarch/bins 1.0.0', '@westmarch/libraries 1.0.0', '@westmarch/parking 1.1.0']]);
  });
});

describe('feeds in the configuration', () => {
  it('are refused when a key is none, or the feed is one’s own', async () => {
    const app = await startTestApp({ clock, councils: [
      council('wrong', 40, [{ origin: 'https://north.example', key: 'north.example/feed' }]), council('self', 41, [{ origin: 'https://self.example', key: verifierKey({ name: 'self.example/feed', key: generateKeyPairSync('ed25519').privateKey }) }]),
    ] });
    const [wrong, self] = [catalogueOf(app, 'wrong'), catalogueOf(app, 'self')];
    running.push(wrong);
    await expect(app.get(FollowsFeeds).all(wrong.system)).rejects.toThrow('the key of https://north.example is no verifier key');
    await expect(app.get(FollowsFeeds).all(self.system)).rejects.toThrow('which is its own');
    expect(parseVerifierKey(self.feed.key).name).toBe('self.example/feed');
  });
});
