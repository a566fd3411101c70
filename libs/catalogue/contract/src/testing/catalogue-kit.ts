import assert from 'node:assert/strict';
import { defineKit, isGuildhallError, type ConformanceCase, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { documentDigest, leafHash, openNote, parseCheckpoint, verifyConsistency, verifyInclusion, type Checkpoint, type Envelope, type NamedKey, type NoteKey } from '@guildhall/sharing-contract';
import { signAssessment, signCounterClaim } from '@guildhall/assurance-contract';
import type { CatalogueApi, Submission, SubmitRefusal } from '../catalogue-api';
import { feedEntryBytes, feedLeaf, type FeedItem } from '../feed';
import { signNotice, type Notice } from '../notice';
import { factsDigest } from '../package-facts';
import { signPublisher, type Publisher } from '../publisher';
import { readRelease, type Release } from '../release';
import { exampleFiles, examplePublisher, exampleRelease, keyPair, type ExampleFiles, type ExamplePublisher } from './example';

/** A catalogue under test, in which nothing is listed yet. @public */
export interface CatalogueHarness {
  readonly api: CatalogueApi;
  /** A context of the catalogue's: of nobody in particular. */
  readonly ctx: RequestContext;
  /** The same at another catalogue, which has none of it. */
  readonly elsewhere: RequestContext;
  /** By which its checkpoints are known. */
  readonly key: NoteKey;
  now(): Date;
  /** So much later. */
  pass(seconds: number): void;
  /** Packs files and puts them into the registry under the name and version that their package.json says, in place of what was there. Returns SHA-512 of the packed bytes, in hexadecimal. */
  pack(files: ExampleFiles): Promise<string>;
  /** Somebody of the catalogue lets a publisher in. */
  admit(submissionId: string): Promise<void>;
  /** All that waits for nobody has been looked at. */
  settle(): Promise<void>;
}

type Taken = Outcome<Submission, SubmitRefusal>;
/** A publisher that has been let in. */
async function publisherIn({ api, ctx, admit }: CatalogueHarness, id: string, changes: Partial<Publisher> = {}): Promise<ExamplePublisher> {
  const publisher = examplePublisher(id, changes);
  await admit(taken(await api.submitPublisher(ctx, publisher.envelope)).id);
  return publisher;
}
function taken(outcome: Taken): Submission {
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.refusal.message);
  return outcome.value;
}
function refusedBecause(outcome: Taken, reason: SubmitRefusal['reason']): void {
  assert.ok(!outcome.ok, 'it was taken');
  assert.equal(outcome.refusal.reason, reason, outcome.refusal.message);
  assert.match(outcome.refusal.message, /\S.*[.]$/);
}
interface Odd { readonly json?: Readonly<Record<string, unknown>>; readonly more?: ExampleFiles; readonly signers?: readonly NamedKey[]; readonly says?: Partial<Release>; readonly at?: Date; /** What lies in the registry instead. */ readonly instead?: ExampleFiles }
/** Packs, signs and hands in a release. */
async function handIn(harness: CatalogueHarness, by: ExamplePublisher, name: string, version: string, { json, more, instead, at = harness.now(), ...odd }: Odd = {}): Promise<Taken> {
  const files = exampleFiles(name, version, json, more);
  const submitted = exampleRelease(by, files, await harness.pack(files), { at, ...odd });
  if (instead) await harness.pack(instead);
  return harness.api.submitRelease(harness.ctx, submitted);
}
/** What became of it when it was looked at. */
async function publish(harness: CatalogueHarness, ...handed: Parameters<typeof handIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<Submission> {
  const { id } = taken(await handIn(harness, ...handed));
  await harness.settle();
  return harness.api.submission(harness.ctx, id);
}
async function listed(harness: CatalogueHarness, ...handed: Parameters<typeof handIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<void> {
  assert.deepEqual(await publish(harness, ...handed).then(({ state, reasons }) => [state, ...reasons]), ['listed']);
}
async function notListed(sentence: RegExp, harness: CatalogueHarness, ...handed: Parameters<typeof handIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<void> {
  const { state, reasons } = await publish(harness, ...handed);
  assert.equal(state, 'refused');
  assert.match(reasons.join(' '), sentence);
  const [, name, version] = handed;
  await throws(() => harness.api.release(harness.ctx, name, version), 'not-found');
}
async function throws(action: () => Promise<unknown>, code: string): Promise<void> {
  const error: unknown = await action().then(() => undefined, (thrown: unknown) => thrown);
  assert.ok(isGuildhallError(error), `expected ${code}, and ${error === undefined ? 'nothing was thrown' : String(error)}`);
  assert.equal(error.code, code);
}
const namesIn = async ({ api, ctx }: CatalogueHarness, query: Parameters<CatalogueApi['search']>[1]): Promise<readonly string[]> => (await api.search(ctx, query)).items.map(({ name }) => name);
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
function opened(harness: CatalogueHarness, note: string): Checkpoint {
  const read = openNote(note, [harness.key]);
  assert.ok(read.ok, 'the checkpoint is not signed by the catalogue');
  return parseCheckpoint(read.value.text);
}
async function everything(harness: CatalogueHarness): Promise<readonly FeedItem[]> {
  const items: FeedItem[] = [];
  for (;;) {
    const page = await harness.api.feed(harness.ctx, items.length, 3);
    items.push(...page.items);
    assert.ok(opened(harness, page.checkpoint).size >= items.length);
    if (page.items.length === 0) return items;
  }
}
const noticeOf = (changes: Partial<Notice>, at: Date): Notice => ({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/parking', versions: '<2.0.0', text: { en: 'Take version 2.', cy: 'Cymerwch fersiwn 2.' }, at: at.toISOString(), ...changes });

const cases: readonly ConformanceCase<CatalogueHarness>[] = [
  { id: 'CAT-001', title: 'a new publisher waits until somebody has let it in, and before that nothing is taken of it', async run(harness) {
    const westmarch = examplePublisher('westmarch');
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.0'), 'unknown-publisher');
    const waiting = taken(await harness.api.submitPublisher(harness.ctx, westmarch.envelope));
    assert.deepEqual([waiting.state, waiting.reasons], ['waiting', []]);
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.0'), 'unknown-publisher');
    await throws(() => harness.api.publisher(harness.ctx, 'westmarch'), 'not-found');
    await harness.admit(waiting.id);
    assert.equal((await harness.api.submission(harness.ctx, waiting.id)).state, 'listed');
    assert.deepEqual(await harness.api.publisher(harness.ctx, 'westmarch'), [westmarch.envelope]);
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
  } },
  { id: 'CAT-002', title: 'a release is listed with what its files say, its bytes and all that was signed', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const kit = { kit: 'parking', contract: 'parking', version: '0.1.0', implementation: '@westmarch/parking', results: [{ id: 'PAR-001', title: 'parks', result: 'passed' }, { id: 'PAR-002', title: 'unparks', result: 'failed' }, { id: 'PAR-003', title: 'flies', result: 'not-applicable' }] };
    const files = exampleFiles('@westmarch/parking', '1.0.0', { guildhall: { kind: 'module', id: 'parking', owner: 'Westmarch Digital', languages: ['en', 'cy'], conformance: ['conformance.json'] } }, { 'conformance.json': JSON.stringify(kit) });
    const sha512 = await harness.pack(files);
    const submitted = exampleRelease(westmarch, files, sha512, { at: harness.now() });
    taken(await harness.api.submitRelease(harness.ctx, submitted));
    await harness.settle();
    const release = await harness.api.release(harness.ctx, '@westmarch/parking', '1.0.0');
    assert.deepEqual([release.sha512, release.release, release.publisher, release.assessments, release.notices], [sha512, submitted.release, [westmarch.envelope], [], []]);
    const read = readRelease(submitted.release);
    assert.ok(read.ok && read.value.predicate.facts === factsDigest(release.facts));
    assert.equal(await harness.api.components(harness.ctx, '@westmarch/parking', '1.0.0'), submitted.components);
    const listing = await harness.api.listing(harness.ctx, '@westmarch/parking');
    assert.deepEqual([listing.latest, listing.publisher, listing.licence, listing.kind, listing.passed, listing.applicable], ['1.0.0', 'westmarch', 'MIT', 'module', 1, 2]);
    assert.deepEqual(listing.versions.map((one) => [one.version, one.sha512, one.noticed]), [['1.0.0', sha512, []]]);
  } },
  { id: 'CAT-003', title: 'the same handed in again is the same submission, and is listed once', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const files = exampleFiles('@westmarch/parking', '1.0.0');
    const submitted = exampleRelease(westmarch, files, await harness.pack(files), { at: harness.now() });
    const handed = (await Promise.all([1, 2, 3].map(() => harness.api.submitRelease(harness.ctx, submitted)))).map(taken);
    await harness.settle();
    const again = taken(await harness.api.submitRelease(harness.ctx, submitted));
    assert.deepEqual([new Set([...handed, again].map(({ id }) => id)).size, again.state], [1, 'listed']);
    assert.equal((await everything(harness)).filter(({ entry }) => entry.kind === 'release').length, 1);
    assert.equal(taken(await harness.api.submitPublisher(harness.ctx, westmarch.envelope)).state, 'listed');
  } },
  { id: 'CAT-004', title: 'what is not signed by whom it says is refused at once', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const thief = examplePublisher('westmarch');
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.0', { signers: [thief.lead.signer] }), 'not-signed');
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.0', { says: { package: '@brackenfield/parking' } }), 'not-signed');
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.0', { at: new Date(harness.now().getTime() + 3_600_000) }), 'not-signed');
    refusedBecause(await harness.api.submitPublisher(harness.ctx, signPublisher({ ...thief.publisher, serial: 2 }, [thief.lead.signer])), 'not-signed');
    refusedBecause(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({}, harness.now()), thief.lead.signer)), 'not-signed');
    assert.deepEqual(await harness.api.publisher(harness.ctx, 'westmarch'), [westmarch.envelope]);
  } },
  { id: 'CAT-005', title: 'what cannot be read is refused with what is wrong, and nothing is kept of it', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const files = exampleFiles('@westmarch/parking', '1.0.0');
    const { release, components } = exampleRelease(westmarch, files, await harness.pack(files), { at: harness.now() });
    for (const wrong of [{ release: {} as Envelope, components }, { release: westmarch.envelope, components }, { release: { ...release, payload: 'e30=' }, components }, { release, components: `${components} ` }]) refusedBecause(await harness.api.submitRelease(harness.ctx, wrong), 'malformed');
    refusedBecause(await harness.api.submitPublisher(harness.ctx, release), 'malformed');
    refusedBecause(await harness.api.submitNotice(harness.ctx, release), 'malformed');
    refusedBecause(await harness.api.submitAssessment(harness.ctx, release), 'malformed');
  } },
  { id: 'CAT-006', title: 'a package whose bytes are others than were signed is refused', async run(harness) {
    await notListed(/bytes are others/, harness, await publisherIn(harness, 'westmarch'), '@westmarch/parking', '1.0.0', { instead: exampleFiles('@westmarch/parking', '1.0.0', {}, { 'dist/index.js': 'steal();' }) });
  } },
  { id: 'CAT-007', title: 'a package that says of itself something else than was signed is refused', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await notListed(/does not say of itself what westmarch signed/, harness, westmarch, '@westmarch/parking', '1.0.0', { says: { facts: `sha256:${'B'.repeat(43)}` } });
    await notListed(/signed as a theme/, harness, westmarch, '@westmarch/parking', '1.1.0', { says: { kind: 'theme' } });
  } },
  { id: 'CAT-008', title: 'what would run where it is installed, or may not be used, is refused with what to do', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await notListed(/"postinstall"/, harness, westmarch, '@westmarch/parking', '1.0.0', { json: { scripts: { postinstall: 'node steal.js' } } });
    await notListed(/binding\.gyp/, harness, westmarch, '@westmarch/parking', '1.1.0', { more: { 'binding.gyp': '{}' } });
    const borrowed = { kit: 'parking', contract: 'parking', version: '0.1.0', implementation: '@elsewhere/parking', results: [{ id: 'PAR-001', title: 'parks', result: 'passed' }] };
    await notListed(/report of parking is of @elsewhere\/parking/, harness, westmarch, '@westmarch/parking', '1.2.0', { json: { guildhall: { kind: 'module', id: 'parking', owner: 'Westmarch Digital', languages: ['en', 'cy'], conformance: ['conformance.json'] } }, more: { 'conformance.json': JSON.stringify(borrowed) } });
    await notListed(/licence/, harness, westmarch, '@westmarch/parking', '1.2.0', { json: { license: undefined } });
    await notListed(/no licence/, harness, westmarch, '@westmarch/parking', '1.3.0', { json: { license: 'UNLICENSED' } });
    await notListed(/may be something else tomorrow/, harness, westmarch, '@westmarch/parking', '1.4.0', { json: { dependencies: { helper: 'https://elsewhere.example/helper.tgz' } } });
  } },
  { id: 'CAT-009', title: 'a name that could be taken for another publisher’s is refused', async run(harness) {
    await listed(harness, await publisherIn(harness, 'westmarch'), '@westmarch/parking', '1.0.0');
    const thief = await publisherIn(harness, 'westmarsh', { scopes: ['@westmarsh', '@west-march', '@elsewhere'] });
    for (const name of ['@westmarsh/parking', '@west-march/park1ng', '@elsewhere/westmarch-parking']) await notListed(/could be taken for @westmarch\/parking/, harness, thief, name, '1.0.0');
    await listed(harness, thief, '@elsewhere/permits', '1.0.0');
  } },
  { id: 'CAT-010', title: 'a scope is one publisher’s, whoever else claims it', async run(harness) {
    await publisherIn(harness, 'westmarch');
    const thief = examplePublisher('brackenfield', { scopes: ['@brackenfield', '@westmarch'] });
    const claimed = taken(await harness.api.submitPublisher(harness.ctx, thief.envelope));
    await harness.admit(claimed.id);
    const { state, reasons } = await harness.api.submission(harness.ctx, claimed.id);
    assert.equal(state, 'refused');
    assert.match(reasons.join(), /@westmarch is westmarch’s/);
    refusedBecause(await handIn(harness, thief, '@westmarch/parking', '9.0.0'), 'unknown-publisher');
  } },
  { id: 'CAT-011', title: 'a contract is signed by two people', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const json = { guildhall: { kind: 'contract', id: 'parking', owner: 'Westmarch Digital' } };
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking-contract', '1.0.0', { json }), 'not-signed');
    await listed(harness, westmarch, '@westmarch/parking-contract', '1.0.0', { json, signers: [westmarch.lead.signer, westmarch.second.signer] });
  } },
  { id: 'CAT-012', title: 'a version is published once', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    for (const more of [{}, { 'dist/more.js': '' }] as readonly ExampleFiles[]) {
      harness.pass(60);
      const { state, reasons } = await publish(harness, westmarch, '@westmarch/parking', '1.0.0', { more });
      assert.equal(state, 'refused');
      assert.match(reasons.join(), /A version is published once/);
    }
    assert.equal((await harness.api.listing(harness.ctx, '@westmarch/parking')).versions.length, 1);
  } },
  { id: 'CAT-013', title: 'the latest is the newest that is no pre-release and not withdrawn, in whichever order they came', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    for (const version of ['1.10.0', '1.9.0', '2.0.0-beta.1', '1.2.0']) await listed(harness, westmarch, '@westmarch/parking', version);
    const latest = async (): Promise<readonly unknown[]> => { const { latest: shown, versions, noticed } = await harness.api.listing(harness.ctx, '@westmarch/parking'); return [shown, versions.map(({ version }) => version).join(' '), noticed.join()]; };
    assert.deepEqual(await latest(), ['1.10.0', '2.0.0-beta.1 1.10.0 1.9.0 1.2.0', '']);
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ kind: 'withdrawal', versions: '>=1.10.0' }, harness.now()), westmarch.lead.signer))).state, 'listed');
    assert.equal((await latest())[0], '1.9.0');
    harness.pass(60);
    taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ kind: 'advisory', versions: '<=1.9.0', severity: 'high' }, harness.now()), westmarch.lead.signer)));
    assert.deepEqual(await latest(), ['1.10.0', '2.0.0-beta.1 1.10.0 1.9.0 1.2.0', '']);
  } },
  { id: 'CAT-014', title: 'a notice stands with all that it is about, and is its publisher’s alone to give', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const brackenfield = await publisherIn(harness, 'brackenfield');
    for (const version of ['1.0.0', '2.0.0']) await listed(harness, westmarch, '@westmarch/parking', version);
    const notice = signNotice(noticeOf({}, harness.now()), westmarch.lead.signer);
    const handed = taken(await harness.api.submitNotice(harness.ctx, notice));
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, notice)).id, handed.id);
    refusedBecause(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ publisher: 'brackenfield' }, harness.now()), brackenfield.lead.signer)), 'not-signed');
    const listing = await harness.api.listing(harness.ctx, '@westmarch/parking');
    assert.deepEqual(listing.versions.map(({ version, noticed }) => [version, ...noticed]), [['2.0.0'], ['1.0.0', 'deprecation']]);
    assert.deepEqual([listing.notices, listing.noticed], [[notice], []]);
    assert.deepEqual((await harness.api.release(harness.ctx, '@westmarch/parking', '1.0.0')).notices, [notice]);
    assert.deepEqual((await harness.api.release(harness.ctx, '@westmarch/parking', '2.0.0')).notices, []);
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ text: { en: 'Older.', cy: 'Hŷn.' } }, new Date(harness.now().getTime() - 1000)), westmarch.lead.signer))).state, 'refused');
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ id: 'westmarch-2026-2', versions: 'the old ones' }, harness.now()), westmarch.lead.signer))).state, 'refused');
  } },
  { id: 'CAT-015', title: 'newer keys are listed at once when one of the keys before has signed, and all that was signed before stands', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    harness.pass(3600);
    const fresh = keyPair('westmarch#new', { from: harness.now().toISOString() });
    const ended = { ...westmarch.lead.named, until: harness.now().toISOString() };
    const state = (keys: Publisher['keys'], serial: number): Publisher => ({ ...westmarch.publisher, serial, keys });
    refusedBecause(await harness.api.submitPublisher(harness.ctx, signPublisher(state([fresh.named], 2), [fresh.signer])), 'not-signed');
    assert.equal(taken(await harness.api.submitPublisher(harness.ctx, signPublisher(state([fresh.named, westmarch.second.named], 2), [westmarch.lead.signer]))).state, 'refused');
    const newer = signPublisher(state([fresh.named, ended, westmarch.second.named], 3), [westmarch.lead.signer]);
    assert.equal(taken(await harness.api.submitPublisher(harness.ctx, newer)).state, 'listed');
    await harness.settle();
    harness.pass(60);
    assert.equal((await harness.api.release(harness.ctx, '@westmarch/parking', '1.0.0')).publisher.length, 2);
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.1.0'), 'not-signed');
    await listed(harness, westmarch, '@westmarch/parking', '1.1.0', { signers: [fresh.signer] });
    refusedBecause(await harness.api.submitPublisher(harness.ctx, signPublisher(state([fresh.named, ended, westmarch.second.named], 2), [fresh.signer])), 'not-signed');
  } },
  { id: 'CAT-016', title: 'when a key is found to be stolen, what the log had before stands and the rest is listed no more', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    harness.pass(3600);
    const stolenAt = harness.now();
    harness.pass(60);
    // The thief dates it back.
    await listed(harness, westmarch, '@westmarch/parking', '1.0.1', { at: new Date(stolenAt.getTime() - 1800_000) });
    await listed(harness, westmarch, '@westmarch/stolen', '1.0.0');
    harness.pass(3600);
    const keys = [{ ...westmarch.lead.named, compromisedSince: stolenAt.toISOString() }, westmarch.second.named];
    assert.equal(taken(await harness.api.submitPublisher(harness.ctx, signPublisher({ ...westmarch.publisher, serial: 2, keys }, [westmarch.second.signer]))).state, 'listed');
    await harness.settle();
    assert.deepEqual((await harness.api.listing(harness.ctx, '@westmarch/parking')).versions.map(({ version }) => version), ['1.0.0']);
    await throws(() => harness.api.release(harness.ctx, '@westmarch/parking', '1.0.1'), 'not-found');
    // Who has what was taken off must be told, and why, also where nothing else of it is left.
    const off = await Promise.all(['@westmarch/parking', '@westmarch/stolen'].map(async (name) => { const { versions, removed = [] } = await harness.api.listing(harness.ctx, name); return [versions.length, removed.map(({ version, because, at }) => [version, because.length > 0, Date.parse(at)]) ]; }));
    assert.deepEqual(off, [[1, [['1.0.1', true, harness.now().getTime()]]], [0, [['1.0.0', true, harness.now().getTime()]]]]);
    assert.equal((await harness.api.search(harness.ctx, { words: 'stolen' })).total, 0);
    const items = await everything(harness);
    assert.deepEqual(items.filter(({ entry }) => entry.kind === 'removed').map(({ entry, envelope }) => [entry.about, entry.version, envelope]), [['@westmarch/parking', '1.0.1', null], ['@westmarch/stolen', '1.0.0', null]]);
    assert.ok(items.every(({ entry }) => entry.kind !== 'removed' || (entry.because ?? '').length > 0));
    assert.equal(items.find(({ entry }) => entry.kind === 'release' && entry.version === '1.0.1')?.envelope, null);
    refusedBecause(await handIn(harness, westmarch, '@westmarch/parking', '1.0.2'), 'not-signed');
    // The same bytes, signed anew by a key that nobody stole.
    await listed(harness, westmarch, '@westmarch/stolen', '1.0.0', { signers: [westmarch.second.signer] });
  } },
  { id: 'CAT-017', title: 'all that is listed stands in the feed, in order, and the feed proves it', async run(harness) {
    assert.equal(opened(harness, await harness.api.checkpoint(harness.ctx)).size, 0);
    const westmarch = await publisherIn(harness, 'westmarch');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    const earlier = opened(harness, await harness.api.checkpoint(harness.ctx));
    await listed(harness, westmarch, '@westmarch/bins', '1.0.0');
    taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({}, harness.now()), westmarch.lead.signer)));
    const { size, root } = opened(harness, await harness.api.checkpoint(harness.ctx));
    const items = await everything(harness);
    assert.deepEqual(items.map(({ index, entry }) => `${index} ${entry.kind} ${entry.about} ${entry.version ?? ''}`.trim()), ['0 publisher westmarch', '1 release @westmarch/parking 1.0.0', '2 release @westmarch/bins 1.0.0', '3 notice @westmarch/parking']);
    assert.ok(items.every(({ entry, envelope, facts }) => envelope !== null && entry.from === null && (entry.kind === 'release') === (facts !== undefined)));
    const release = await harness.api.release(harness.ctx, '@westmarch/bins', '1.0.0');
    assert.deepEqual(release.logged.entry, items[2]?.entry);
    const of = opened(harness, release.logged.checkpoint);
    assert.ok(verifyInclusion({ index: release.logged.index, size: of.size, root: of.root, leaf: feedLeaf(release.logged.entry), proof: release.logged.proof.map(bytes) }));
    assert.ok(verifyConsistency({ earlier: earlier.size, size, earlierRoot: earlier.root, root, proof: (await harness.api.consistency(harness.ctx, earlier.size, size)).map(bytes) }));
    assert.ok(items.every(({ entry }) => Buffer.from(leafHash(feedEntryBytes(entry))).equals(Buffer.from(feedLeaf(entry)))));
    for (const [from, to] of [[size, size + 1], [3, 2], [-1, 2], [0.5, 2]] as const) await throws(() => harness.api.consistency(harness.ctx, from, to), 'invalid-input');
    for (const [from, limit] of [[-1, 10], [0, 0], [0, 1001], [0.5, 10]] as const) await throws(() => harness.api.feed(harness.ctx, from, limit), 'invalid-input');
  } },
  { id: 'CAT-018', title: 'packages are found by words and by what they are, page by page', async run(harness) {
    const [westmarch, brackenfield] = [await publisherIn(harness, 'westmarch'), await publisherIn(harness, 'brackenfield')];
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0', { json: { description: 'Permits for streets.' } });
    await listed(harness, westmarch, '@westmarch/bins', '1.0.0', { json: { description: 'Collections on your street.', guildhall: { kind: 'service-pack', id: 'bins', owner: 'Westmarch Digital', languages: ['en'], maturity: 'stable' } } });
    await listed(harness, brackenfield, '@brackenfield/bank', '1.0.0', { json: { description: 'Takes money.', guildhall: { kind: 'provider', id: 'payments.bank', owner: 'Brackenfield', languages: ['cy'], provides: { 'payments.payment-provider': '0.1.0' } } } });
    assert.deepEqual([...(await namesIn(harness, { words: 'street' }))].sort(), ['@westmarch/bins', '@westmarch/parking']);
    assert.deepEqual(await namesIn(harness, { words: 'permits STREET' }), ['@westmarch/parking']);
    assert.deepEqual(await namesIn(harness, { words: 'nowhere' }), []);
    for (const [query, name] of [[{ kind: 'provider' }, '@brackenfield/bank'], [{ contract: 'payments.payment-provider' }, '@brackenfield/bank'], [{ language: 'cy', publisher: 'brackenfield' }, '@brackenfield/bank'], [{ maturity: 'stable' }, '@westmarch/bins']] as const) assert.deepEqual(await namesIn(harness, query), [name]);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await harness.api.search(harness.ctx, { limit: 2, ...(after !== undefined && { after }) });
      assert.equal(page.total, 3);
      seen.push(...page.items.map(({ name }) => name));
      if (page.next === null) break;
      after = page.next;
    }
    assert.deepEqual(seen, ['@brackenfield/bank', '@westmarch/bins', '@westmarch/parking']);
    for (const wrong of [{ limit: 0 }, { limit: 101 }, { after: 'elsewhere' }, { kind: 'thing' as 'module' }]) await throws(() => harness.api.search(harness.ctx, wrong), 'invalid-input');
  } },
  { id: 'CAT-019', title: 'what is not there is not found, and another catalogue has none of it', async run(harness) {
    await listed(harness, await publisherIn(harness, 'westmarch'), '@westmarch/parking', '1.0.0');
    const { api, ctx, elsewhere } = harness;
    for (const [where, name] of [[ctx, '@westmarch/other'], [elsewhere, '@westmarch/parking'], [ctx, 'parking'], [ctx, '../parking']] as const) {
      await throws(() => api.listing(where, name), 'not-found');
      await throws(() => api.release(where, name, '1.0.0'), 'not-found');
      await throws(() => api.components(where, name, '1.0.0'), 'not-found');
    }
    await throws(() => api.release(ctx, '@westmarch/parking', '1.0.1'), 'not-found');
    await throws(() => api.publisher(elsewhere, 'westmarch'), 'not-found');
    await throws(() => api.submission(ctx, '01990000-0000-7000-8000-00000000dead'), 'not-found');
    assert.deepEqual([await api.search(elsewhere, {}), (await api.feed(elsewhere, 0, 10)).items], [{ items: [], next: null, total: 0 }, []]);
  } },
  { id: 'CAT-020', title: 'what an assessor found stands with what it is about, whoever it is about', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const assessor = await publisherIn(harness, 'assess-it', { kind: 'assessor', scopes: [] });
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    const found = signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '10', result: 'met', how: 'tested' }], alsoFor: { versions: '>=1.0.0 <1.1.0' } }, assessor.lead.signer);
    assert.equal(taken(await harness.api.submitAssessment(harness.ctx, found)).state, 'listed');
    refusedBecause(await harness.api.submitAssessment(harness.ctx, signAssessment([{ name: 'https://app.example', digest: { sha256: 'a'.repeat(64) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '10', result: 'met', how: 'tested' }] }, keyPair('stranger#lead').signer)), 'unknown-publisher');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.1');
    await listed(harness, westmarch, '@westmarch/parking', '1.1.0');
    assert.deepEqual(await Promise.all(['1.0.0', '1.0.1', '1.1.0'].map(async (version) => (await harness.api.release(harness.ctx, '@westmarch/parking', version)).assessments)), [[found], [found], [found]], 'what was found of another version is told, too: each council sees that it is of another');
    assert.equal(taken(await harness.api.submitAssessment(harness.ctx, signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2099-11-01', validUntil: '2099-12-31', findings: [{ principle: '10', result: 'met', how: 'tested' }] }, assessor.lead.signer))).state, 'refused', 'nobody has looked at anything that lies ahead');
  } },
  { id: 'CAT-021', title: 'a key in the hands of somebody else than who signed waits until somebody has made sure of it', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const third = keyPair('westmarch#third', { holder: 'third-developer' });
    const handedOver = { ...westmarch.publisher, serial: 2, keys: westmarch.publisher.keys.map((key) => ({ ...key, holder: 'third-developer' })) };
    for (const state of [{ ...westmarch.publisher, serial: 2, keys: [...westmarch.publisher.keys, third.named] }, handedOver]) assert.equal(taken(await harness.api.submitPublisher(harness.ctx, signPublisher(state, [westmarch.lead.signer]))).state, 'waiting');
    assert.deepEqual(await harness.api.publisher(harness.ctx, 'westmarch'), [westmarch.envelope]);
    refusedBecause(await harness.api.submitPublisher(harness.ctx, signPublisher({ ...westmarch.publisher, serial: 2, keys: [westmarch.lead.named, { ...westmarch.lead.named, keyid: 'westmarch#twin', holder: 'second-developer' }, westmarch.second.named] }, [westmarch.lead.signer])), 'malformed');
  } },
  { id: 'CAT-022', title: 'what a stolen key told stands no more, whatever day it named, and the publisher can tell otherwise', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    const noticed = async (): Promise<readonly string[]> => (await harness.api.listing(harness.ctx, '@westmarch/parking')).noticed;
    harness.pass(3600);
    refusedBecause(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({}, new Date(harness.now().getTime() + 3600_000)), westmarch.lead.signer)), 'not-signed');
    const honest = signNotice(noticeOf({}, harness.now()), westmarch.lead.signer);
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, honest)).state, 'listed');
    harness.pass(60);
    const stolenAt = harness.now();
    harness.pass(60);
    // The thief dates it back.
    const stolen = (id: string): Envelope => signNotice(noticeOf({ id, kind: 'withdrawal' }, new Date(stolenAt.getTime() - 1800_000)), westmarch.lead.signer);
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, stolen('westmarch-2026-2'))).state, 'listed');
    assert.deepEqual(await noticed(), ['deprecation', 'withdrawal']);
    const keys = [{ ...westmarch.lead.named, compromisedSince: stolenAt.toISOString() }, westmarch.second.named];
    taken(await harness.api.submitPublisher(harness.ctx, signPublisher({ ...westmarch.publisher, serial: 2, keys }, [westmarch.second.signer])));
    await harness.settle();
    assert.deepEqual([await noticed(), (await harness.api.listing(harness.ctx, '@westmarch/parking')).notices], [['deprecation'], [honest]]);
    assert.equal((await everything(harness)).at(-1)?.entry.kind, 'removed');
    refusedBecause(await harness.api.submitNotice(harness.ctx, stolen('westmarch-2026-3')), 'not-signed');
    assert.equal(taken(await harness.api.submitNotice(harness.ctx, signNotice(noticeOf({ id: 'westmarch-2026-2', kind: 'advisory', severity: 'low' }, harness.now()), westmarch.second.signer))).state, 'listed');
    assert.deepEqual(await noticed(), ['advisory', 'deprecation']);
  } },
  { id: 'CAT-023', title: 'what was signed is known by that: with something added that anybody could add, it is nothing new', async run(harness) {
    const westmarch = await publisherIn(harness, 'westmarch');
    const found = signAssessment([{ name: 'https://app.example', digest: { sha256: 'a'.repeat(64) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '10', result: 'met', how: 'tested' }] }, westmarch.lead.signer);
    const [files, notice] = [exampleFiles('@westmarch/parking', '1.0.0'), signNotice(noticeOf({}, harness.now()), westmarch.lead.signer)];
    const { release, components } = exampleRelease(westmarch, files, await harness.pack(files), { at: harness.now() });
    const state = signPublisher({ ...westmarch.publisher, serial: 2, contact: { email: 'others@westmarch.example' } }, [westmarch.lead.signer]);
    const { api, ctx } = harness;
    for (const more of [{ sig: 'AAAA' }, { keyid: 'westmarch#second', sig: 'AAAA' }]) {
      const odd = (envelope: Envelope): Envelope => ({ ...envelope, signatures: [...envelope.signatures, more] });
      for (const handed of [api.submitAssessment(ctx, odd(found)), api.submitNotice(ctx, odd(notice)), api.submitRelease(ctx, { release: odd(release), components }), api.submitPublisher(ctx, odd(state)), api.submitPublisher(ctx, odd(examplePublisher('brackenfield').envelope))]) refusedBecause(await handed, 'not-signed');
    }
    assert.equal((await everything(harness)).length, 1);
    for (const handed of [api.submitAssessment(ctx, found), api.submitNotice(ctx, notice), api.submitPublisher(ctx, state)]) assert.equal(taken(await handed).state, 'listed');
  } },
  { id: 'CAT-024', title: 'what whoever was assessed says against it stands beside it, and nobody else speaks for them', async run(harness) {
    const [westmarch, brackenfield] = [await publisherIn(harness, 'westmarch'), await publisherIn(harness, 'brackenfield')];
    const assessor = await publisherIn(harness, 'assess-it', { kind: 'assessor', scopes: [] });
    await listed(harness, westmarch, '@westmarch/parking', '1.0.0');
    const found = signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '10', result: 'partly-met', how: 'tested' }] }, assessor.lead.signer);
    const against = (by: ExamplePublisher, text: string, { at = harness.now(), signer = by.lead.signer, of = found } = {}): Envelope => signCounterClaim({ assessment: documentDigest(of), by: by.publisher.id, at: at.toISOString(), claims: [{ principle: '10', text }] }, signer);
    const { api, ctx } = harness;
    const shown = async (): Promise<readonly Envelope[] | undefined> => (await api.release(ctx, '@westmarch/parking', '1.0.0')).counterClaims;
    const first = against(westmarch, 'We have mended it.');
    refusedBecause(await api.submitAssessment(ctx, first), 'malformed');
    taken(await api.submitAssessment(ctx, found));
    harness.pass(60);
    assert.equal(taken(await api.submitAssessment(ctx, first)).state, 'listed');
    assert.deepEqual([await shown(), (await api.release(ctx, '@westmarch/parking', '1.0.0')).assessments], [[first], [found]]);
    for (const other of [brackenfield, assessor]) assert.equal(taken(await api.submitAssessment(ctx, against(other, 'It is worse.'))).state, 'refused');
    refusedBecause(await api.submitAssessment(ctx, against(westmarch, 'It is worse.', { signer: brackenfield.lead.signer })), 'not-signed');
    refusedBecause(await api.submitAssessment(ctx, against(westmarch, 'It will be mended.', { at: new Date(harness.now().getTime() + 3600_000) })), 'not-signed');
    refusedBecause(await api.submitAssessment(ctx, against(examplePublisher('stranger'), 'It is worse.')), 'unknown-publisher');
    assert.equal(taken(await api.submitAssessment(ctx, against(westmarch, 'An older word.', { at: new Date(harness.now().getTime() - 3600_000) }))).state, 'refused');
    harness.pass(60);
    const second = against(westmarch, 'We have mended it, and had it looked at.');
    assert.equal(taken(await api.submitAssessment(ctx, second)).state, 'listed');
    assert.deepEqual(await shown(), [second]);
    // The feed has each, and what they are about is the same thing.
    assert.deepEqual((await everything(harness)).filter(({ entry }) => entry.kind === 'assessment').map(({ entry, envelope }) => [entry.about, envelope]), [found, first, second].map((one) => ['pkg:npm/%40westmarch/parking@1.0.0', one]));
  } },
];

/** The rules of a catalogue. @public */
export const catalogueKit = defineKit<CatalogueHarness>({ id: 'catalogue', contract: 'catalogue', version: '0.1.0', cases });
