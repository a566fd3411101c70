import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { Since } from './adopters-over-time';

/** Figures that are worked out when somebody looks: nothing is counted twice. */
@Injectable()
export class CatalogueFigures {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Since when each organisation runs something. */
  async adoptions(ctx: RequestContext): Promise<readonly Since[]> {
    return this.db.query<Since>(ctx, `
      select organisation_id as organisation, min(written->>'since') as since from catalogue.contribution
      where council_id = $1 and kind = 'adoption' and ended_at is null and written->>'state' = 'live' group by organisation_id order by organisation_id limit 5000`, [ctx.council.id]);
  }

  /** Packages by what the reports of their latest releases say; those to which no kit applies are not among them. */
  async conformance(ctx: RequestContext): Promise<{ readonly passed: number; readonly failed: number; readonly none: number }> {
    const [row] = await this.db.query<{ passed: string; failed: string; none: string }>(ctx, `
      select count(*) filter (where applicable > 0 and passed = applicable)::text as passed, count(*) filter (where passed < applicable)::text as failed, count(*) filter (where applicable = 0)::text as none
      from catalogue.package where council_id = $1 and kind in ('module', 'provider')`, [ctx.council.id]);
    return { passed: Number(row?.passed ?? 0), failed: Number(row?.failed ?? 0), none: Number(row?.none ?? 0) };
  }
}
