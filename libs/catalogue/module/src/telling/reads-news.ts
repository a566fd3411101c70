import type { Notice, Release } from '@guildhall/catalogue-contract';
import { readRelease } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { subjectOf } from '../reading/reads-packages';

/** Something that was listed: a release with what changed in it, or a notice; or what is listed no more, and why: a release, all that a publisher had here, a notice or an assessment. */
export type News = { readonly at: Date; readonly digest: string } & ({ readonly release: Release; readonly description: string } | { readonly notice: Notice } | { readonly removed: Removed });
/** `about`: a package with its scope, a publisher’s id, or what was assessed. */
export interface Removed { readonly kind: 'publisher' | 'release' | 'notice' | 'assessment'; readonly about: string; /** Of a release. */ readonly version: string; readonly because: string }
const MOST = 50;

/** Entries `e` of what somebody had signed who was put out: one word of it is enough, of its newest state. */
const OF_PUT_OUT = `(s.kind = 'publisher' and exists (select from catalogue.feed_entry later where later.council_id = e.council_id and later.about = e.about and later.kind = 'removed' and later.index > e.index and later.at = e.at)
  or s.kind = 'release' and exists (select from catalogue.release r where r.council_id = e.council_id and r.name = e.about and r.version = e.version and r.was_put_out))`;

/** Reads what was listed last. */
@Injectable()
export class ReadsNews {
  constructor(private readonly db: Database) {}

  /** The newest first. @param name of one package; of all unless told */
  async newest(ctx: RequestContext, name?: string): Promise<readonly News[]> {
    const [releases, notices, removed] = await Promise.all([
      this.db.query<{ listed_at: Date; digest: string; description: string; envelope: Envelope }>(ctx, `
        select r.listed_at, r.digest, r.facts ->> 'description' as description, s.envelope from catalogue.release r join catalogue.signed s on s.council_id = r.council_id and s.digest = r.digest
        where r.council_id = $1 and ($2::text is null or r.name = $2) and r.removed_because is null and s.envelope is not null order by r.listed_at desc, r.name, r.version limit $3`, [ctx.council.id, name ?? null, MOST]),
      this.db.query<{ listed_at: Date; digest: string; notice: Notice }>(ctx, 'select listed_at, digest, notice from catalogue.notice where council_id = $1 and ($2::text is null or package = $2) and removed_because is null order by listed_at desc, notice_id limit $3', [ctx.council.id, name ?? null, MOST]),
      this.db.query<{ at: Date; digest: string } & Removed>(ctx, `
        select e.at, e.digest, s.kind, e.about, coalesce(e.version, '') as version, e.leaf::jsonb->>'because' as because from catalogue.feed_entry e join catalogue.signed s on s.council_id = e.council_id and s.digest = e.digest and s.is_removed
        where e.council_id = $1 and ($2::text is null or e.about = $2 or starts_with(e.about, $4 || '@')) and e.kind = 'removed' and ($2::text is not null or not ${OF_PUT_OUT}) order by e.index desc limit $3`, [ctx.council.id, name ?? null, MOST, name === undefined ? null : subjectOf(name)]),
    ]);
    const told: News[] = [
      ...releases.flatMap(({ listed_at: at, digest, description, envelope }) => {
        const read = readRelease(envelope);
        return read.ok ? [{ at, digest, release: read.value.predicate, description }] : [];
      }),
      ...notices.map(({ listed_at: at, digest, notice }) => ({ at, digest, notice })),
      ...removed.map(({ at, digest, ...one }) => ({ at, digest: `${digest}:removed`, removed: one })),
    ];
    return told.sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, MOST);
  }
}
