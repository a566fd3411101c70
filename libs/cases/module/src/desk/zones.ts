import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { CasePoint } from '@guildhall/cases-contract';
import { FindsZones, zoneKey } from '../opening/finds-zones';

/** A zone in which there are open cases, named in the officer's language. */
export interface ZoneWithCases { readonly zone: string; readonly name: string }

/** For so long a list is right enough to choose from. */
const FRESH_FOR = 60_000;
const MOST_LOOKED_AT = 1000;
const MOST_OFFERED = 200;
/** Each tells the names of all the zones in which one case lies. */
const MOST_ASKED = 50;

/** The zones of the cases that are due first: what the worklist's filter offers. What they are called is asked where they are drawn; one that is drawn no longer keeps its code for a name. */
@Injectable()
export class Zones {
  readonly #known = new Map<string, { readonly until: number; readonly zones: readonly ZoneWithCases[] }>();
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(FindsZones) private readonly finding: FindsZones) {}

  async of(ctx: RequestContext): Promise<readonly ZoneWithCases[]> {
    const key = `${ctx.council.id} ${ctx.language}`;
    const now = this.clock.now().getTime();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.zones;
    const found = await this.database.query<{ zone: string; point: CasePoint }>(ctx, `select distinct on (zone) zone, location->'point' as point from (
      select zones, location from cases."case" where council_id = $1 and not is_closed order by due_on, case_id limit ${MOST_LOOKED_AT}) as open cross join unnest(zones) as zone order by zone limit ${MOST_OFFERED}`, [ctx.council.id]);
    const names = new Map<string, string>();
    let asked = 0;
    for (const { zone, point } of found) {
      if (names.has(zone) || asked >= MOST_ASKED) continue;
      asked += 1;
      for (const one of await this.finding.of(ctx, { point })) names.set(zoneKey(one), `${one.title}: ${one.name}`);
    }
    const zones = found.map(({ zone }) => ({ zone, name: names.get(zone) ?? zone })).sort((one, other) => one.name.localeCompare(other.name, ctx.language));
    this.#known.set(key, { until: now + FRESH_FOR, zones });
    return zones;
  }
}
