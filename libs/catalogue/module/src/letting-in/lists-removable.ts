import { Database } from '@guildhall/kernel';
import { NotFound, demand, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { listPart, type ListPart } from '../browsing/list-part';
import { MANAGE_CATALOGUE } from '../members/permissions';

/** What can be taken off besides a release. */
export const REMOVABLE = ['publishers', 'notices', 'assessments'] as const;
export type Removable = (typeof REMOVABLE)[number];
/** One of them. `id`: of a publisher; otherwise the digest of what was signed. `of`: what it is about, or its name. */
export interface RemovableThing { readonly id: string; readonly by: string; readonly of: string; readonly at: Date; /** How many packages a publisher has here. */ readonly packages: number }

const A_PAGE = 50;
/** What is named by more than this cannot be one. */
const MOST_CHARACTERS = 200;
/** Each kind with what is searched in it. */
const THINGS: Readonly<Record<Removable, string>> = {
  publishers: `select p.publisher_id as id, p.publisher_id as by, p.state->'name'->>'en' as of, p.listed_at as at, concat_ws(' ', p.publisher_id, p.state->'name'->>'en', p.state->'name'->>'cy', p.state->>'scopes') as words from catalogue.publisher p where p.council_id = $1`,
  notices: `select n.digest as id, n.publisher_id as by, n.package || ' ' || n.versions || ' (' || n.notice_id || ')' as of, n.listed_at as at, concat_ws(' ', n.publisher_id, n.notice_id, n.package, n.notice->>'text') as words from catalogue.notice n where n.council_id = $1 and n.removed_because is null`,
  assessments: `select t.digest as id, t.assessor_id as by, string_agg(a.subject || coalesce('@' || a.version, ''), ', ' order by a.subject) as of, t.listed_at as at, concat_ws(' ', t.assessor_id, string_agg(replace(a.subject, '%40', '@') || coalesce('@' || a.version, ''), ' ')) as words
    from catalogue.assessment t left join catalogue.assessment_subject a on a.council_id = t.council_id and a.digest = t.digest where t.council_id = $1 and t.removed_because is null group by t.council_id, t.digest`,
};

/** Finds what can be taken off. */
@Injectable()
export class ListsRemovable {
  constructor(private readonly db: Database) {}

  /** The newest first: those in which the words stand, from after one of them on. @throws NotAllowed */
  async list(ctx: RequestContext, what: Removable, words: string, after?: string): Promise<ListPart<RemovableThing>> {
    demand(ctx, MANAGE_CATALOGUE);
    const rows = await this.db.query<Omit<RemovableThing, 'packages'>>(ctx, `with thing as (${THINGS[what]}) select id, by, of, at from thing
      where strpos(lower(words), lower($2)) > 0 and ($3::text is null or (at, id) < (select t.at, t.id from thing t where t.id = $3)) order by at desc, id desc limit ${A_PAGE + 1}`, [ctx.council.id, words.slice(0, MOST_CHARACTERS), after ?? null]);
    return listPart(rows.map((row) => ({ ...row, packages: 0 })), A_PAGE, ({ id }) => id);
  }

  /** @throws NotAllowed @throws NotFound */
  async one(ctx: RequestContext, what: Removable, id: string): Promise<RemovableThing> {
    demand(ctx, MANAGE_CATALOGUE);
    const [found] = await this.db.query<RemovableThing>(ctx, `with thing as (${THINGS[what]}) select id, by, of, at, (select count(*)::int from catalogue.package k where k.council_id = $1 and k.publisher_id = by) as packages from thing where id = $2`, [ctx.council.id, id.replaceAll('\0', '\uFFFD')]);
    if (!found) throw new NotFound('There is no such thing here, or not any more.');
    return found;
  }
}
