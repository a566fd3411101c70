import { Inject, Injectable } from '@nestjs/common';
import { Database, hasContract } from '@guildhall/kernel';
import { defineJob } from '@guildhall/kernel-contract';
import type { JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { ADDRESSES } from '@guildhall/addresses-contract';
import type { CasePoint } from '@guildhall/cases-contract';
import { FindsZones, zoneKey } from './finds-zones';

/** Finds the zones of open cases that were opened when nobody knew them. */
export const FindZones = defineJob<Record<never, never>>('cases.find-zones');

const AT_ONCE = 200;

/** Finds the zones of open cases of which they have not been found: those that were opened before zones were kept, and those that were opened while whoever knows them was silent. */
@Injectable()
export class FindsZonesLater implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(FindsZones) private readonly zones: FindsZones) {}

  async run(ctx: RequestContext): Promise<void> {
    if (!hasContract(ctx, ADDRESSES)) return;
    // In no order: one whose zones nobody will ever find does not stand before the others each time.
    const cases = await this.database.query<{ case_id: string; point: CasePoint }>(ctx, `select case_id, location->'point' as point from cases."case" where council_id = $1 and zones is null and not is_closed and location ? 'point' order by random() limit ${AT_ONCE}`, [ctx.council.id]);
    for (const { case_id: caseId, point } of cases) {
      const zones = await this.zones.known(ctx, { point });
      // Whoever does not answer now will not for the next one either.
      if (!zones) return;
      await this.database.query(ctx, 'update cases."case" set zones = $3 where council_id = $1 and case_id = $2 and zones is null and not is_closed', [ctx.council.id, caseId, zones.map(zoneKey)]);
    }
  }
}
