import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, done, refused, type Clock, type Outcome, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { PublisherKind } from '@guildhall/catalogue-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A council, a regional body or a firm that writes here. */
export interface Organisation { readonly id: string; readonly kind: PublisherKind; readonly name: Text; readonly teamId: string; readonly email: string; readonly web?: string }
interface Row { readonly organisation_id: string; readonly kind: PublisherKind; readonly name_en: string; readonly name_cy: string; readonly team_id: string; readonly email: string; readonly web: string | null }

const COLUMNS = 'organisation_id, kind, name_en, name_cy, team_id, email, web';
const MOST = 500;

/** Who writes here. Which organisation somebody writes for stands in the sign-in's own teams, and never in a form. */
@Injectable()
export class Organisations {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async list(ctx: RequestContext): Promise<readonly Organisation[]> {
    return (await this.db.query<Row>(ctx, `select ${COLUMNS} from catalogue.organisation where council_id = $1 order by name_en, organisation_id limit ${MOST}`, [ctx.council.id])).map(organisationOf);
  }

  /** Those for which whoever is signed in may write. */
  async mine(ctx: RequestContext): Promise<readonly Organisation[]> {
    const teams = ctx.actor.kind === 'officer' ? ctx.actor.teams : [];
    if (teams.length === 0) return [];
    return (await this.db.query<Row>(ctx, `select ${COLUMNS} from catalogue.organisation where council_id = $1 and team_id = any($2) order by name_en, organisation_id limit ${MOST}`, [ctx.council.id, teams])).map(organisationOf);
  }

  /** Adds one. Who is there already is left as it is: to type its name again would hand it to another team. */
  add(ctx: RequestContext, { id, kind, name, teamId, email, web }: Organisation): Promise<Outcome<undefined, Refusal<'there-already'>>> {
    return this.db.run(ctx, async (tx) => {
      const [added] = await sql(tx, `insert into catalogue.organisation (council_id, organisation_id, kind, name_en, name_cy, team_id, email, web, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (council_id, organisation_id) do nothing returning organisation_id`, [tx.council.id, id, kind, name.en, name.cy, teamId, email, web ?? null, this.clock.now()]);
      if (!added) return refused('there-already', `${id} writes here already.`);
      audit(tx, { action: 'catalogue.organisation-added', subject: { type: 'organisation', id }, detail: { kind, teamId } });
      return done(undefined);
    });
  }

  /** Says anew who one is that writes here. @throws NotFound */
  async change(ctx: RequestContext, { id, kind, name, teamId, email, web }: Organisation): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      const [before] = await sql<{ team_id: string }>(tx, 'select team_id from catalogue.organisation where council_id = $1 and organisation_id = $2 for update', [tx.council.id, id]);
      if (!before) throw new NotFound(`${id} does not write here.`);
      await sql(tx, 'update catalogue.organisation set kind = $3, name_en = $4, name_cy = $5, team_id = $6, email = $7, web = $8 where council_id = $1 and organisation_id = $2', [tx.council.id, id, kind, name.en, name.cy, teamId, email, web ?? null]);
      audit(tx, { action: 'catalogue.organisation-changed', subject: { type: 'organisation', id }, detail: { kind, teamId, teamBefore: before.team_id } });
    });
  }
}

function organisationOf({ organisation_id: id, kind, name_en: en, name_cy: cy, team_id: teamId, email, web }: Row): Organisation { return { id, kind, name: { en, cy }, teamId, email, ...(web !== null && { web }) }; }
