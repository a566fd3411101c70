import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '@guildhall/kernel-contract';
import type { Clock, CouncilId, RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';

/** A ward in which there are open cases. */
export interface WardWithCases { readonly code: string; readonly name: string }

/** For so long a list is right enough to choose from. */
const FRESH_FOR = 60_000;
const MOST_LOOKED_AT = 1000;

/** The wards of the cases that are due first: what the worklist's filter offers. */
@Injectable()
export class Wards {
  readonly #known = new Map<CouncilId, { readonly until: number; readonly wards: readonly WardWithCases[] }>();
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async of(ctx: RequestContext): Promise<readonly WardWithCases[]> {
    const now = this.clock.now().getTime();
    const known = this.#known.get(ctx.council.id);
    if (known && known.until > now) return known.wards;
    const wards = await this.database.query<WardWithCases>(ctx, `select distinct ward as code, coalesce(location->'ward'->>'name', ward) as name from (
      select ward, location from cases."case" where council_id = $1 and not is_closed order by due_on, case_id limit ${MOST_LOOKED_AT}) as open where ward is not null order by 2, 1 limit 200`, [ctx.council.id]);
    this.#known.set(ctx.council.id, { until: now + FRESH_FOR, wards });
    return wards;
  }
}
