import { packageUrl } from '@guildhall/assurance-contract';
import { concerns, type Notice, type PackageFacts, type PackageListing, type PackageSummary, type ReleaseListing } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { rcompare, satisfies } from 'semver';
import { ReadsFeed } from '../logging/reads-feed';
import { ReadsPublishers } from '../publishing/reads-publishers';
import { instant, summaryColumns, summaryOf, type PackageRow } from './package-row';

interface NoticeRow { readonly notice: Notice; readonly envelope: Envelope }

interface RemovedRow { readonly version: string; readonly publisher_id: string; readonly facts: PackageFacts; readonly published_at: Date; readonly because: string; readonly at: Date }

interface RemovedWordRow { readonly kind: 'notice' | 'assessment'; readonly digest: string; readonly by: string; readonly because: string; readonly at: Date; readonly versions: string | null }

interface AssessmentRow { readonly envelope: Envelope; readonly assessor_id: string; readonly version: string | null; readonly also_versions: string | null }

/** A release as it is listed, and its place in the feed. */
export interface ShownRelease extends Omit<ReleaseListing, 'logged'> { readonly index: number }

/** Of what one assessor found of one thing, the newest so many are read. */
const MOST_OF_ONE_ASSESSOR = 10;

/** Reads what is listed. */
@Injectable()
export class ReadsPackages {
  constructor(private readonly db: Database, private readonly feed: ReadsFeed, private readonly publishers: ReadsPublishers) {}

  /** @throws NotFound */
  async listing(ctx: RequestContext, name: string): Promise<PackageListing> {
    const [[shown], releases, removed, notices] = await Promise.all([
      this.db.query<PackageRow>(ctx, `select ${summaryColumns} from catalogue.package where council_id = $1 and name = $2`, [ctx.council.id, writable(name)]),
      this.db.query<{ version: string; published_at: Date; sha512: string }>(ctx, 'select version, published_at, sha512 from catalogue.release where council_id = $1 and name = $2 and removed_because is null', [ctx.council.id, writable(name)]),
      this.#removed(ctx, name),
      this.#notices(ctx, name),
    ]);
    const found = shown ? summaryOf(shown) : removed[0] && summaryWithout(removed[0]);
    if (!found) throw new NotFound(`${name} is not listed here.`);
    const versions = releases.sort((one, other) => rcompare(one.version, other.version)).map(({ version, published_at, sha512 }) => ({ version, publishedAt: instant(published_at), sha512, noticed: kindsOf(notices, name, version) }));
    return { ...found, versions, removed: removed.map(({ version, because, at }) => ({ version, because, at: instant(at) })), notices: notices.map(({ envelope }) => envelope) };
  }

  /** @throws NotFound */
  async release(ctx: RequestContext, name: string, version: string): Promise<ReleaseListing> {
    const { index, ...found } = await this.shown(ctx, name, version);
    const { entry, size, proof, checkpoint } = await this.feed.entry(ctx, index);
    return { ...found, logged: { entry, index, size, proof, checkpoint } };
  }

  /** The same without the proof that the feed has it, for those who read it here; with its place there. @throws NotFound */
  async shown(ctx: RequestContext, name: string, version: string): Promise<ShownRelease> {
    const [[found], notices, assessments, counterClaims, removed] = await Promise.all([
      this.db.query<{ facts: PackageFacts; sha512: string; envelope: Envelope; feed_index: string; publisher_id: string; removed_because: string | null }>(ctx, `
        select r.facts, r.sha512, s.envelope, r.feed_index::text as feed_index, r.publisher_id, r.removed_because from catalogue.release r
        join catalogue.signed s on s.council_id = r.council_id and s.digest = r.digest where r.council_id = $1 and r.name = $2 and r.version = $3`, [ctx.council.id, writable(name), writable(version)]),
      this.#notices(ctx, name),
      this.assessments(ctx, subjectOf(name), version),
      this.#counterClaims(ctx, subjectOf(name)),
      this.#wordsRemoved(ctx, name, version),
    ]);
    if (!found) throw new NotFound(`${name} ${version} is not listed here.`);
    if (found.removed_because !== null) throw new NotFound(`${name} ${version} is listed here no more: ${found.removed_because}`);
    const publisher = await this.publishers.states(ctx, found.publisher_id);
    return {
      facts: found.facts, sha512: found.sha512, release: found.envelope, index: Number(found.feed_index), publisher, assessments, counterClaims,
      notices: notices.filter(({ notice }) => concerns(notice, name, version)).map(({ envelope }) => envelope), removed,
    };
  }

  /** @throws NotFound */
  async components(ctx: RequestContext, name: string, version: string): Promise<string> {
    const [found] = await this.db.query<{ components: string | null }>(ctx, 'select components from catalogue.release where council_id = $1 and name = $2 and version = $3 and removed_because is null', [ctx.council.id, writable(name), writable(version)]);
    if (!found) throw new NotFound(`${name} ${version} is not listed here.`);
    if (found.components === null) throw new NotFound(`The bill of materials of ${name} ${version} is not here yet. It is fetched from the catalogue that this release came from.`);
    return found.components;
  }

  /** Whether its bill of materials is here. */
  async hasComponents(ctx: RequestContext, name: string, version: string): Promise<boolean> {
    return (await this.db.query(ctx, 'select 1 from catalogue.release where council_id = $1 and name = $2 and version = $3 and components is not null', [ctx.council.id, writable(name), writable(version)])).length > 0;
  }

  /**
   * What was found of a deployment by its address, or of a package by its package URL without the version; the newest first. Of a version: what is about it, and after that the newest of each assessor who has looked at
   * others only. Each assessor's newest count: nobody pushes what another found out of sight by finding more.
   */
  async assessments(ctx: RequestContext, subject: string, version?: string): Promise<readonly Envelope[]> {
    const rows = await this.db.query<AssessmentRow>(ctx, `
      select s.envelope, f.assessor_id, f.version, f.also_versions from (
        select a.council_id, a.digest, a.version, a.also_versions, t.assessor_id, t.assessed_on,
          row_number() over (partition by t.assessor_id, coalesce(a.version = $3 or a.also_versions is not null, true) order by a.version = $3 desc nulls last, t.assessed_on desc, a.digest) as place
        from catalogue.assessment_subject a join catalogue.assessment t on t.council_id = a.council_id and t.digest = a.digest
        join catalogue.signed kept on kept.council_id = a.council_id and kept.digest = a.digest and not kept.is_removed where a.council_id = $1 and a.subject = $2
      ) f join catalogue.signed s on s.council_id = f.council_id and s.digest = f.digest where f.place <= ${MOST_OF_ONE_ASSESSOR} order by f.assessed_on desc, f.digest limit 500`, [ctx.council.id, writable(subject), version ?? null]);
    if (version === undefined) return rows.map(({ envelope }) => envelope);
    const about = rows.filter((one) => one.version === version || (one.also_versions !== null && satisfies(version, one.also_versions, { includePrerelease: true })));
    const others = rows.filter(({ assessor_id: by }, index) => !about.some((one) => one.assessor_id === by) && rows.findIndex((one) => one.assessor_id === by) === index);
    return [...about, ...others].map(({ envelope }) => envelope);
  }

  /** What is said against what was found of any version of a package, the newest first. */
  async #counterClaims(ctx: RequestContext, subject: string): Promise<readonly Envelope[]> {
    return (await this.db.query<{ envelope: Envelope }>(ctx, `
      select s.envelope from catalogue.counter_claim c join catalogue.signed s on s.council_id = c.council_id and s.digest = c.digest
      join catalogue.assessment t on t.council_id = c.council_id and t.digest = c.assessment and t.removed_because is null
      where c.council_id = $1 and c.assessment in (select a.digest from catalogue.assessment_subject a where a.council_id = $1 and a.subject = $2) order by c.at desc, c.digest limit 500`, [ctx.council.id, writable(subject)])).map(({ envelope }) => envelope);
  }

  /** What was taken off, the newest version first. */
  async #removed(ctx: RequestContext, name: string): Promise<readonly RemovedRow[]> {
    const rows = await this.db.query<RemovedRow>(ctx, `
      select r.version, r.publisher_id, r.facts, r.published_at, r.removed_because as because,
        coalesce((select max(e.at) from catalogue.feed_entry e where e.council_id = r.council_id and e.about = r.name and e.version = r.version and e.kind = 'removed'), r.listed_at) as at
      from catalogue.release r where r.council_id = $1 and r.name = $2 and r.removed_because is not null`, [ctx.council.id, writable(name)]);
    return rows.sort((one, other) => rcompare(one.version, other.version));
  }

  /** What was said of a version and was taken off, the last first. */
  async #wordsRemoved(ctx: RequestContext, name: string, version: string): Promise<NonNullable<ReleaseListing['removed']>> {
    const rows = await this.db.query<RemovedWordRow>(ctx, `
      select 'notice' as kind, digest, publisher_id as by, removed_because as because, coalesce(removed_at, listed_at) as at, versions from catalogue.notice where council_id = $1 and package = $2 and removed_because is not null
      union all select 'assessment', t.digest, t.assessor_id, t.removed_because, coalesce(t.removed_at, t.listed_at), case when a.version = $4 then $4 else a.also_versions end from catalogue.assessment_subject a
        join catalogue.assessment t on t.council_id = a.council_id and t.digest = a.digest and t.removed_because is not null where a.council_id = $1 and a.subject = $3
      order by at desc, kind, digest limit 100`, [ctx.council.id, writable(name), writable(subjectOf(name)), writable(version)]);
    return rows.filter(({ versions }) => versions !== null && satisfies(version, versions, { includePrerelease: true })).map(({ versions: _versions, at, ...one }) => ({ ...one, at: instant(at) }));
  }

  async #notices(ctx: RequestContext, name: string): Promise<readonly NoticeRow[]> {
    return this.db.query<NoticeRow>(ctx, 'select n.notice, s.envelope from catalogue.notice n join catalogue.signed s on s.council_id = n.council_id and s.digest = n.digest where n.council_id = $1 and n.package = $2 and n.removed_because is null order by n.at desc, n.notice_id limit 500', [ctx.council.id, writable(name)]);
  }
}

/** A package of which nothing is listed any more: who has it must be told. */
function summaryWithout({ version, publisher_id: publisher, facts: { name, kind, description, licence, maturity, languages }, published_at }: RemovedRow): PackageSummary {
  return { name, latest: version, kind, description, publisher, licence, maturity, languages, publishedAt: instant(published_at), passed: 0, applicable: 0, noticed: [] };
}

/** The package URL of all versions of a package. */
export function subjectOf(name: string): string { return packageUrl(name, '').slice(0, -1); }

/** Each kind once, in the order in which they are told of. */
function kindsOf(notices: readonly NoticeRow[], name: string, version: string): readonly Notice['kind'][] { return [...new Set(notices.filter(({ notice }) => concerns(notice, name, version)).map(({ notice }) => notice.kind))].sort(); }

/** What PostgreSQL cannot hold is not there. */
function writable(text: string): string { return text.replaceAll('\0', '\uFFFD'); }
