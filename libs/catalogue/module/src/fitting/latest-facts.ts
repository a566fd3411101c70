import type { Notice, PackageFacts } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A catalogue of thousands is searched, and not printed. */
const MOST_AT_ONCE = 500;
/** What a package can do in a council's app is in neither of these, and they are the most of it. */
const FACTS = `r.facts || '{"readme":"","reports":[],"screenshots":[]}'::jsonb as facts`;

/** What the latest releases say of themselves. */
@Injectable()
export class LatestFacts {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Of everything that a council installs, by name. Standards and tools come with something else. */
  async all(ctx: RequestContext): Promise<readonly PackageFacts[]> {
    const rows = await this.db.query<{ facts: PackageFacts }>(ctx, `
      select ${FACTS} from catalogue.package p join catalogue.release r on r.council_id = p.council_id and r.name = p.name and r.version = p.latest
      where p.council_id = $1 and p.kind not in ('contract', 'tool') and not 'withdrawal' = any(p.noticed) order by p.name limit ${MOST_AT_ONCE}`, [ctx.council.id]);
    return rows.map(({ facts }) => facts);
  }

  async of(ctx: RequestContext, names: readonly string[]): Promise<readonly PackageFacts[]> {
    const rows = await this.db.query<{ facts: PackageFacts }>(ctx, `
      select ${FACTS} from catalogue.package p join catalogue.release r on r.council_id = p.council_id and r.name = p.name and r.version = p.latest where p.council_id = $1 and p.name = any($2) order by p.name limit ${MOST_AT_ONCE}`, [ctx.council.id, names]);
    return rows.map(({ facts }) => facts);
  }

  /** The latest version and all notices of packages, by name. */
  async toldOf(ctx: RequestContext, names: readonly string[]): Promise<ReadonlyMap<string, { readonly latest: string; readonly notices: readonly Notice[] }>> {
    const rows = await this.db.query<{ name: string; latest: string; notices: readonly Notice[] }>(ctx, `
      select p.name, p.latest, coalesce((select jsonb_agg(n.notice order by n.at desc) from catalogue.notice n where n.council_id = p.council_id and n.package = p.name and n.removed_because is null), '[]') as notices
      from catalogue.package p where p.council_id = $1 and p.name = any($2) order by p.name limit ${MOST_AT_ONCE}`, [ctx.council.id, names]);
    return new Map(rows.map(({ name, latest, notices }) => [name, { latest, notices }]));
  }
}
