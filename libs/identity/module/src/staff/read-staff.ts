import { READ_STAFF } from '@guildhall/identity-contract';
import type { OfficerView, Team } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { demand, isUuid } from '@guildhall/kernel-contract';
import type { OfficerId, OfficerRole, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

interface OfficerRow { readonly officer_id: OfficerId; readonly name: string; readonly email: string; readonly is_active: boolean; readonly roles: readonly OfficerRole[]; readonly teams: readonly string[] }

const OFFICER = `
  select o.officer_id, o.name, o.email, o.is_active,
    array(select r.role from identity.officer_role r where r.council_id = o.council_id and r.officer_id = o.officer_id order by array_position(array['adviser', 'case-officer', 'team-manager'], r.role)) as roles,
    array(select t.team_id from identity.officer_team t where t.council_id = o.council_id and t.officer_id = o.officer_id order by t.team_id) as teams
  from identity.officer o`;

/** Reads officers and teams: for colleagues, and for jobs. */
@Injectable()
export class ReadStaff {
  constructor(@Inject(Database) private readonly database: Database) {}

  async officers(ctx: RequestContext, { team, includeInactive = false }: { readonly team?: string; readonly includeInactive?: boolean } = {}): Promise<readonly OfficerView[]> {
    mayRead(ctx);
    const rows = await this.database.query<OfficerRow>(ctx, `${OFFICER} where o.council_id = $1 and (o.is_active or $2)
      and ($3::text is null or exists (select from identity.officer_team t where t.council_id = o.council_id and t.officer_id = o.officer_id and t.team_id = $3)) order by o.name, o.officer_id limit 1000`, [ctx.council.id, includeInactive, team ?? null]);
    return rows.map(viewOf).sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  async officer(ctx: RequestContext, officerId: OfficerId): Promise<OfficerView | undefined> {
    mayRead(ctx);
    if (!isUuid(officerId)) return undefined;
    const [row] = await this.database.query<OfficerRow>(ctx, `${OFFICER} where o.council_id = $1 and o.officer_id = $2`, [ctx.council.id, officerId]);
    return row && viewOf(row);
  }

  async teams(ctx: RequestContext): Promise<readonly Team[]> {
    mayRead(ctx);
    const rows = await this.database.query<{ team_id: string; title_en: string; title_cy: string }>(ctx, 'select team_id, title_en, title_cy from identity.team where council_id = $1 order by title_en limit 1000', [ctx.council.id]);
    return rows.map(({ team_id, title_en, title_cy }) => ({ teamId: team_id, title: { en: title_en, cy: title_cy } })).sort((a, b) => a.title.en.localeCompare(b.title.en, 'en'));
  }
}

function mayRead(ctx: RequestContext): void {
  if (ctx.actor.kind !== 'system') demand(ctx, READ_STAFF);
}
function viewOf(row: OfficerRow): OfficerView {
  return { officerId: row.officer_id, name: row.name, email: row.email, roles: row.roles, teams: row.teams, isActive: row.is_active };
}
