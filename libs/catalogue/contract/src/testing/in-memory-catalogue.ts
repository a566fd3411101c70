import { createHash } from 'node:crypto';
import { NotFound, done, refused, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import { documentDigest, readEnvelope, type Envelope, type NoteKey } from '@guildhall/sharing-contract';
import { rcompare, validRange } from 'semver';
import type { CatalogueApi, PackageListing, PackagePage, PackageQuery, PackageSummary, ReleaseListing, Submission, SubmitRefusal } from '../catalogue-api';
import type { FeedPage } from '../feed';
import { judgePackage } from '../judge-package';
import { latestVersion } from '../latest-version';
import { areAlike, looksOfPackage } from '../looks-alike';
import { concerns, openNotice, readNotice, type NoticeKind } from '../notice';
import { factsDigest } from '../package-facts';
import { openPublisher, readPublisher, respelt, jsonOf, type Publisher } from '../publisher';
import { proveRelease, readRelease } from '../release';
import type { ExampleFiles } from './example';
import { InMemoryAssessments } from './in-memory-assessments';
import { InMemoryFeed } from './in-memory-feed';
import { outcomeOf, summaryOf, told, type KeptNotice, type KeptRelease, type KeptSubmission } from './kept';
import { pageOf } from './page-of';
import { keptPublisherFault, needsPerson } from './publisher-rules';

type Taken = Outcome<Submission, SubmitRefusal>;

/** A catalogue in memory that keeps the rules of the kit: for the tests of whoever uses one. Its registry is whatever was packed here. @public */
export class InMemoryCatalogue implements CatalogueApi {
  readonly #feed: InMemoryFeed;
  readonly #ids = new SeededIds();
  readonly #registry = new Map<string, { readonly files: ExampleFiles; readonly sha512: string }>();
  readonly #states = new Map<string, Envelope[]>();
  readonly #publishers = new Map<string, Publisher>();
  readonly #releases = new Map<string, KeptRelease>();
  readonly #notices = new Map<string, KeptNotice>();
  readonly #assessments: InMemoryAssessments;
  readonly #submissions = new Map<string, KeptSubmission>();

  /** @param councilId whose catalogue it is: other councils have none of it */
  constructor(private readonly councilId: string, private readonly clock: Clock, name = 'in-memory.example/feed') {
    this.#feed = new InMemoryFeed(name);
    this.#assessments = new InMemoryAssessments(this.#publishers, this.#feed);
  }

  /** By which its checkpoints are known. */
  get key(): NoteKey { return this.#feed.key; }
  /** Puts a package into the registry under the name and version that it says. @returns SHA-512 of its bytes, in hexadecimal */
  pack(files: ExampleFiles): string {
    const { name, version } = JSON.parse(files['package.json'] ?? '{}') as { readonly name: string; readonly version: string };
    const sha512 = createHash('sha512').update(JSON.stringify(files)).digest('hex');
    this.#registry.set(`${name} ${version}`, { files, sha512 });
    return sha512;
  }
  /** Somebody of the catalogue lets a publisher in. */
  admit(submissionId: string): void {
    const submission = this.#submissions.get(submissionId);
    if (submission?.state === 'waiting') this.#decide(submission, this.#keepPublisher(submission.envelope));
  }
  /** Looks at all that waits for nobody. */
  settle(): void {
    for (const submission of this.#submissions.values()) if (submission.kind === 'release' && submission.state === 'waiting') this.#decide(submission, this.#listRelease(submission));
    for (const publisher of this.#publishers.values()) this.#lookAgain(publisher);
  }

  async search(ctx: RequestContext, query: PackageQuery): Promise<PackagePage> {
    return Promise.resolve(pageOf(this.#names(ctx).filter((name) => this.#standing(name).length > 0).map((name) => ({ summary: this.#summary(name), facts: this.#shown(name).facts })), query));
  }

  async listing(ctx: RequestContext, name: string): Promise<PackageListing> {
    if (!this.#names(ctx).includes(name)) throw new NotFound('There is no such package here.');
    const of = [...this.#releases.values()].filter((release) => release.name === name);
    return Promise.resolve({
      ...this.#summary(name), notices: this.#noticesAbout(name).map(({ envelope }) => envelope),
      versions: this.#standing(name).sort((a, b) => rcompare(a.version, b.version)).map(({ version, publishedAt, sha512 }) => ({ version, publishedAt, sha512, noticed: this.#noticed(name, version) })),
      removed: of.flatMap(({ version, removed }) => (removed ? [{ version, ...removed }] : [])),
    });
  }

  async release(ctx: RequestContext, name: string, version: string): Promise<ReleaseListing> {
    const { facts, sha512, envelope, item, publisher } = this.#found(ctx, name, version);
    return Promise.resolve({
      facts, sha512, release: envelope, logged: this.#feed.proofOf(item), publisher: this.#states.get(publisher) ?? [],
      assessments: this.#assessments.about(name), counterClaims: this.#assessments.claimsAbout(name), notices: this.#noticesAbout(name).filter(({ notice }) => concerns(notice, name, version)).map((one) => one.envelope),
    });
  }
  async components(ctx: RequestContext, name: string, version: string): Promise<string> { return Promise.resolve(this.#found(ctx, name, version).components); }
  async publisher(ctx: RequestContext, id: string): Promise<readonly Envelope[]> {
    if (this.#isOurs(ctx) && this.#states.has(id)) return Promise.resolve([...(this.#states.get(id) ?? [])]);
    throw new NotFound('There is no such publisher here.');
  }

  async submitRelease(_ctx: RequestContext, { release, components }: { readonly release: Envelope; readonly components: string }): Promise<Taken> {
    const envelope = readEnvelope(release);
    if (!envelope.ok) return envelope;
    const read = readRelease(envelope.value);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const { subject: [subject], predicate: { package: name, version, publisher: by, facts, components: bill } } = read.value;
    if (createHash('sha256').update(components).digest('hex') !== bill) return refused('malformed', `${name} ${version}: the bill of materials is another than was signed.`);
    const publisher = this.#publishers.get(by);
    if (!publisher) return refused('unknown-publisher', `${by} does not publish here yet.`);
    const signed = proveRelease(envelope.value, { package: name, version, sha512: subject.digest.sha512, facts, publisher, known: [], now: this.clock.now() });
    if (!signed.ok) return refused(signed.refusal.reason === 'malformed' ? 'malformed' : 'not-signed', signed.refusal.message);
    const isRespelt = respelt(envelope.value, publisher);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    return Promise.resolve(done(this.#keep('release', envelope.value, { state: 'waiting', reasons: [] }, components)));
  }

  async submitPublisher(_ctx: RequestContext, handed: Envelope): Promise<Taken> {
    const envelope = readEnvelope(handed);
    if (!envelope.ok) return envelope;
    const said = readPublisher(jsonOf(envelope.value));
    const before = said.ok ? this.#publishers.get(said.value.id) : undefined;
    const now = this.clock.now();
    const opened = openPublisher(envelope.value, before && said.ok && said.value.serial <= before.serial ? undefined : before, now);
    if (!opened.ok) return refused(opened.refusal.reason === 'not-signed' ? 'not-signed' : 'malformed', opened.refusal.message);
    const isRespelt = respelt(envelope.value, ...(before ? [before] : []), opened.value);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    const known = this.#givenBefore(envelope.value);
    if (known) return done(known);
    if (!before || needsPerson(opened.value, before, envelope.value, now)) return Promise.resolve(done(this.#keep('publisher', envelope.value, { state: 'waiting', reasons: [] })));
    const kept = this.#keepPublisher(envelope.value);
    if (!kept.ok && kept.refusal.reason === 'not-signed') return refused('not-signed', kept.refusal.message);
    return done(this.#keep('publisher', envelope.value, outcomeOf(kept)));
  }

  async submitNotice(_ctx: RequestContext, handed: Envelope): Promise<Taken> {
    const envelope = readEnvelope(handed);
    if (!envelope.ok) return envelope;
    const read = readNotice(envelope.value);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const publisher = this.#publishers.get(read.value.publisher);
    if (!publisher) return refused('unknown-publisher', `${read.value.publisher} does not publish here.`);
    const now = this.clock.now();
    const opened = openNotice(envelope.value, publisher, now);
    const isRespelt = respelt(envelope.value, publisher);
    if (!opened.ok || isRespelt !== undefined) return refused('not-signed', opened.ok ? (isRespelt ?? '') : opened.refusal.message);
    const known = this.#givenBefore(envelope.value);
    if (known) return done(known);
    const notice = opened.value;
    const id = `${notice.publisher} ${notice.id}`;
    const before = this.#notices.get(id);
    if (validRange(notice.versions) === null) return done(this.#keep('word', envelope.value, { state: 'refused', reasons: [`"${notice.versions}" is no range of versions.`] }));
    if (before && !before.isRemoved && before.notice.at >= notice.at) return done(this.#keep('word', envelope.value, { state: 'refused', reasons: [`${notice.id} was told at ${before.notice.at} already.`] }));
    this.#notices.set(id, { notice, envelope: envelope.value, listedAt: now, isRemoved: false });
    this.#feed.list('notice', notice.package, null, envelope.value, now);
    return Promise.resolve(done(this.#keep('word', envelope.value, { state: 'listed', reasons: [] })));
  }

  async submitAssessment(_ctx: RequestContext, handed: Envelope): Promise<Taken> {
    const envelope = readEnvelope(handed);
    if (!envelope.ok) return envelope;
    const known = this.#givenBefore(envelope.value);
    if (known) return done(known);
    const kept = this.#assessments.take(envelope.value, this.clock.now());
    if (!kept.ok && (kept.refusal.reason === 'malformed' || kept.refusal.reason === 'unknown-publisher' || kept.refusal.reason === 'not-signed')) return refused(kept.refusal.reason, kept.refusal.message);
    return Promise.resolve(done(this.#keep('word', envelope.value, outcomeOf(kept))));
  }
  async submission(ctx: RequestContext, id: string): Promise<Submission> {
    if (this.#isOurs(ctx) && this.#submissions.has(id)) return Promise.resolve(told(this.#submissions.get(id) as KeptSubmission));
    throw new NotFound('Nothing was handed in under this id.');
  }
  async feed(ctx: RequestContext, from: number, limit: number): Promise<FeedPage> { return Promise.resolve(this.#feedOf(ctx).page(from, limit)); }
  async checkpoint(ctx: RequestContext): Promise<string> { return Promise.resolve(this.#feedOf(ctx).checkpoint()); }
  async consistency(ctx: RequestContext, from: number, to: number): Promise<readonly string[]> { return Promise.resolve(this.#feedOf(ctx).consistency(from, to)); }
  #keepPublisher(envelope: Envelope): Outcome<Publisher> {
    const said = readPublisher(jsonOf(envelope));
    const before = said.ok ? this.#publishers.get(said.value.id) : undefined;
    const now = this.clock.now();
    // A key that the state before calls stolen signs nothing that comes after it.
    const opened = openPublisher(envelope, before && { ...before, keys: before.keys.filter(({ compromisedSince }) => compromisedSince === undefined) }, now);
    if (!opened.ok) return refused('not-signed', opened.refusal.message);
    const publisher = opened.value;
    const fault = keptPublisherFault(publisher, before, [...this.#publishers.values()], [...this.#releases.values()]);
    if (fault !== undefined) return refused('not-listed', fault);
    this.#publishers.set(publisher.id, publisher);
    this.#states.set(publisher.id, [...(this.#states.get(publisher.id) ?? []), envelope]);
    this.#feed.list('publisher', publisher.id, null, envelope, now);
    return done(publisher);
  }
  #listRelease({ envelope, components }: KeptSubmission): Outcome<unknown> {
    const read = readRelease(envelope);
    if (!read.ok) return read;
    const { package: name, version, publisher: by, kind } = read.value.predicate;
    const [packed, publisher, now] = [this.#registry.get(`${name} ${version}`), this.#publishers.get(by), this.clock.now()];
    if (!packed || !publisher) return refused('not-there', `${name} ${version} is not in the registry.`);
    const judged = judgePackage(new Map(Object.entries(packed.files).map(([path, text]) => [path, new Uint8Array(Buffer.from(text))])));
    if (!judged.ok) return judged;
    const facts = judged.value;
    const known = [...this.#releases.values()].filter((one) => one.name === name);
    const proved = proveRelease(envelope, { package: name, version, sha512: packed.sha512, facts: factsDigest(facts), publisher, known, now });
    if (!proved.ok) return proved;
    if (kind !== facts.kind) return refused('another-name', `It was signed as a ${kind}, and its package.json says ${facts.kind}.`);
    if (known.some((one) => one.version === version && !one.removed)) return refused('listed-already', `${name} ${version} is listed already. A version is published once.`);
    const alike = known.length > 0 ? undefined : [...this.#releases.values()].find((one) => one.publisher !== by && areAlike(looksOfPackage(name), looksOfPackage(one.name)));
    if (alike) return refused('looks-alike', `${name} could be taken for ${alike.name}, which is another publisher’s.`);
    const item = this.#feed.list('release', name, version, envelope, now, facts);
    this.#releases.set(`${name} ${version}`, { name, version, publisher: by, envelope, facts, sha512: packed.sha512, components, publishedAt: proved.value.publishedAt, listedAt: now, item });
    return proved;
  }
  /** What the log had before a key was stolen stands; the rest is listed no more. */
  #lookAgain(publisher: Publisher): void {
    const now = this.clock.now();
    for (const release of [...this.#releases.values()].filter((one) => one.publisher === publisher.id && !one.removed).sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))) {
      const { name, version, sha512, facts, envelope, listedAt } = release;
      const proved = proveRelease(envelope, { package: name, version, sha512, facts: factsDigest(facts), publisher, known: [], loggedAt: listedAt, now });
      if (proved.ok) continue;
      release.removed = { because: proved.refusal.message, at: now.toISOString() };
      this.#feed.remove(name, version, envelope, proved.refusal.message, now);
    }
    for (const kept of this.#notices.values()) {
      const opened = kept.isRemoved || kept.notice.publisher !== publisher.id ? undefined : openNotice(kept.envelope, publisher, kept.listedAt);
      if (!opened || opened.ok) continue;
      kept.isRemoved = true;
      this.#feed.remove(kept.notice.package, null, kept.envelope, opened.refusal.message, now);
    }
  }
  #summary(name: string): PackageSummary {
    const shown = this.#shown(name);
    return summaryOf(shown, this.#noticed(name, shown.version));
  }
  /** The release by which a package is shown. */
  #shown(name: string): KeptRelease {
    const of = [...this.#releases.values()].filter((release) => release.name === name);
    const latest = latestVersion(name, this.#standing(name).map(({ version }) => version), this.#noticesAbout(name).map(({ notice }) => notice));
    const shown = of.find(({ version }) => version === latest) ?? of.at(-1);
    if (!shown) throw new NotFound('There is no such package here.');
    return shown;
  }
  #standing(name: string): KeptRelease[] { return [...this.#releases.values()].filter((release) => release.name === name && !release.removed); }
  #noticesAbout(name: string): readonly KeptNotice[] { return [...this.#notices.values()].filter(({ notice, isRemoved }) => notice.package === name && !isRemoved); }
  #noticed(name: string, version: string): readonly NoticeKind[] { return [...new Set(this.#noticesAbout(name).filter(({ notice }) => concerns(notice, name, version)).map(({ notice }) => notice.kind))].sort(); }
  #names(ctx: RequestContext): readonly string[] { return this.#isOurs(ctx) ? [...new Set([...this.#releases.values()].map(({ name }) => name))].sort() : []; }
  #found(ctx: RequestContext, name: string, version: string): KeptRelease {
    const found = this.#isOurs(ctx) ? this.#releases.get(`${name} ${version}`) : undefined;
    if (!found || found.removed) throw new NotFound('There is no such release here.');
    return found;
  }
  #feedOf(ctx: RequestContext): InMemoryFeed { return this.#isOurs(ctx) ? this.#feed : new InMemoryFeed('elsewhere.example/feed'); }
  #isOurs({ council }: RequestContext): boolean { return council.id === this.councilId; }
  #givenBefore(envelope: Envelope): Submission | undefined {
    const found = [...this.#submissions.values()].find(({ digest }) => digest === documentDigest(envelope));
    return found && told(found);
  }
  #keep(kind: KeptSubmission['kind'], envelope: Envelope, became: Pick<Submission, 'state' | 'reasons'>, components = ''): Submission {
    const before = this.#givenBefore(envelope);
    if (before) return before;
    const kept: KeptSubmission = { id: this.#ids.uuid(), digest: documentDigest(envelope), envelope, kind, components, ...became };
    this.#submissions.set(kept.id, kept);
    return told(kept);
  }
  #decide(submission: KeptSubmission, outcome: Outcome<unknown>): void { Object.assign(submission, outcomeOf(outcome)); }
}
