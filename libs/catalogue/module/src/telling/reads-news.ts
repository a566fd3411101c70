import type { Notice, Release } from '@guildhall/catalogue-contract';
import { readRelease } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';

/** Something that was listed: a release with what changed in it, or a notice; or a release that is listed no more, and why. */
export type News = { readonly at: Date; readonly digest: string } & ({ readonly release: Release; readonly description: string } | { readonly notice: Notice } | { readonly removed: { readonly package: string; readonly version: string; readonly because: string } });
const MOST = 50;

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
      this.db.query<{ at: Date; digest: string; package: string; version: string; because: string }>(ctx, `
        select e.at, e.digest, r.name as package, r.version, r.removed_because as because from catalogue.feed_entry e join catalogue.release r on r.council_id = e.council_id and r.name = e.about and r.version = e.version
        where e.council_id = $1 and ($2::text is null or e.about = $2) and e.kind = 'removed' and r.removed_because is not null order by e.index desc limit $3`, [ctx.council.id, name ?? null, MOST]),
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
