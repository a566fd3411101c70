import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { IS_ADOPTER } from '../contributing/own-word';
import type { Since } from './adopters-over-time';

/** Figures that are worked out when somebody looks: nothing is counted twice. */
@Injectable()
export class CatalogueFigures {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Since when each council or regional body runs something that others have made. */
  async adoptions(ctx: RequestContext): Promise<readonly Since[]> {
    return this.db.query<Since>(ctx, `
      select c.organisation_id as organisation, min(c.written->>'since') as since from catalogue.contribution c join catalogue.organisation o on o.council_id = c.council_id and o.organisation_id = c.organisation_id
      where c.council_id = $1 and c.kind = 'adoption' and c.ended_at is null and c.written->>'state' = 'live' and ${IS_ADOPTER} group by c.organisation_id order by c.organisation_id limit 5000`, [ctx.council.id]);
  }

  /** Packages by what the reports of their latest releases say; those to which no kit applies are not among them. */
  async conformance(ctx: RequestContext): Promise<{ readonly passed: number; readonly failed: number; readonly none: number }> {
    const [row] = await this.db.query<{ passed: string; failed: string; none: string }>(ctx, `
      select count(*) filter (where applicable > 0 and passed = applicable)::text as passed, count(*) filter (where passed < applicable)::text as failed, count(*) filter (where applicable = 0)::text as none
      from catalogue.package where council_id = $1 and kind in ('module', 'provider')`, [ctx.council.id]);
    return { passed: Number(row?.passed ?? 0), failed: Number(row?.failed ?? 0), none: Number(row?.none ?? 0) };
  }
}
