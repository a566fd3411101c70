import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotAllowed, NotFound, may, type Clock, type Ids, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { listPart, type ListPart } from '../browsing/list-part';
import { Organisations } from '../members/organisations';
import { MANAGE_CATALOGUE } from '../members/permissions';
import type { ContributionKind, Written } from './forms';
import { IS_ADOPTER, IS_OWN_WORD } from './own-word';

/** What somebody added, and who it was. */
export interface Contribution {
  readonly id: string;
  readonly kind: ContributionKind;
  readonly by: { readonly id: string; readonly kind: string; readonly name: Text; readonly email: string; readonly web: string | null };
  readonly packageName: string | null;
  readonly written: Written;
  readonly at: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: string | null;
  /** Whether it is about what is its organisation’s own. */
  readonly isOwnWord: boolean;
  /** Whether it counts as one that runs something. */
  readonly isAdopter: boolean;
}
interface Row { readonly contribution_id: string; readonly kind: ContributionKind; readonly organisation_id: string; readonly organisation_kind: string; readonly name_en: string; readonly name_cy: string; readonly email: string; readonly web: string | null; readonly package_name: string | null; readonly written: Written; readonly at: Date; readonly ended_at: Date | null; readonly ended_because: string | null; readonly is_own_word: boolean; readonly is_adopter: boolean }

const READ = `select c.contribution_id, c.kind, c.organisation_id, o.kind as organisation_kind, o.name_en, o.name_cy, o.email, o.web, c.package_name, c.written, c.at, c.ended_at, c.ended_because, ${IS_OWN_WORD} as is_own_word, c.kind = 'adoption' and ${IS_ADOPTER} as is_adopter
  from catalogue.contribution c join catalogue.organisation o on o.council_id = c.council_id and o.organisation_id = c.organisation_id where c.council_id = $1`;
const A_PAGE = 50;
/** What a contribution is called in an address. */
export const CONTRIBUTION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Which contributions: of all kinds unless told, of help asked for or offered, and from after one of them on. */
export interface WhichContributions { readonly kind?: ContributionKind; readonly way?: 'asks' | 'offers'; readonly after?: string | undefined }

/** What councils and suppliers add to the catalogue. */
@Injectable()
export class Contributions {
  constructor(@Inject(Database) private readonly db: Database, @Inject(Organisations) private readonly organisations: Organisations, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Those that hold, the newest first. One that they come after may have ended since: it keeps its place. */
  async newest(ctx: RequestContext, { kind, way, after }: WhichContributions): Promise<ListPart<Contribution>> {
    const values: unknown[] = [ctx.council.id];
    const put = (value: string): string => `$${values.push(value)}`;
    const place = after === undefined ? undefined : put(after);
    const narrowed = [
      ...(kind === undefined ? [] : [`and c.kind = ${put(kind)}`]), ...(way === undefined ? [] : [`and c.written->>'way' = ${put(way)}`]),
      ...(place === undefined ? [] : [`and (-extract(epoch from c.at), c.contribution_id) > (select -extract(epoch from p.at), p.contribution_id from catalogue.contribution p where p.council_id = $1 and p.contribution_id = ${place})`]),
    ].join(' ');
    return listPart(await this.#read(ctx, `${READ} ${narrowed} and c.ended_at is null order by c.at desc, c.contribution_id limit ${A_PAGE + 1}`, values), A_PAGE, ({ id }) => id);
  }

  /** Those about a package, with the offers that are about no single one. */
  async about(ctx: RequestContext, packageName: string): Promise<readonly Contribution[]> {
    return this.#read(ctx, `${READ} and (c.package_name = $2 or (c.package_name is null and c.kind = 'offer')) and c.ended_at is null order by c.package_name nulls last, c.at desc, c.contribution_id limit 200`, [ctx.council.id, packageName]);
  }

  /** How many adopters and offers of their own some packages have. Who runs what is its own is no adopter. */
  async counts(ctx: RequestContext, packageNames: readonly string[]): Promise<ReadonlyMap<string, { readonly adopters: number; readonly offers: number }>> {
    const rows = await this.db.query<{ package_name: string; adopters: string; offers: string }>(ctx, `
      select c.package_name, count(distinct c.organisation_id) filter (where c.kind = 'adoption' and c.written->>'state' = 'live' and ${IS_ADOPTER})::text as adopters, count(*) filter (where c.kind = 'offer')::text as offers
      from catalogue.contribution c join catalogue.organisation o on o.council_id = c.council_id and o.organisation_id = c.organisation_id where c.council_id = $1 and c.package_name = any($2) and c.ended_at is null group by c.package_name order by c.package_name`, [ctx.council.id, packageNames]);
    return new Map(rows.map(({ package_name: name, adopters, offers }) => [name, { adopters: Number(adopters), offers: Number(offers) }]));
  }

  /** What these organisations added, ended or not. */
  async of(ctx: RequestContext, organisationIds: readonly string[]): Promise<readonly Contribution[]> {
    return this.#read(ctx, `${READ} and c.organisation_id = any($2) order by c.at desc, c.contribution_id limit 200`, [ctx.council.id, organisationIds]);
  }

  /** @throws NotAllowed for an organisation that one does not belong to */
  async add(ctx: RequestContext, { kind, organisationId, packageName, written }: { readonly kind: ContributionKind; readonly organisationId: string; readonly packageName: string | null; readonly written: Written }): Promise<string> {
    const mine = await this.organisations.mine(ctx);
    if (!mine.some(({ id }) => id === organisationId)) throw new NotAllowed(`Whoever is signed in does not write for ${organisationId}.`);
    const id = this.ids.uuid();
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'insert into catalogue.contribution (council_id, contribution_id, kind, organisation_id, package_name, written, at) values ($1, $2, $3, $4, $5, $6, $7)', [tx.council.id, id, kind, organisationId, packageName, JSON.stringify(written), this.clock.now()]);
      audit(tx, { action: 'catalogue.contributed', subject: { type: 'contribution', id }, detail: { kind, organisation: organisationId } });
    });
    return id;
  }

  /** Ends one of one's own organisation's; somebody of the catalogue ends any, and says why. @throws NotFound, NotAllowed */
  async end(ctx: RequestContext, id: string, because?: string): Promise<void> {
    const [found] = await this.#read(ctx, `${READ} and c.contribution_id::text = $2`, [ctx.council.id, id]);
    if (!found) throw new NotFound('There is no such entry.');
    const isOwn = (await this.organisations.mine(ctx)).some((one) => one.id === found.by.id);
    if (!isOwn && !(may(ctx, MANAGE_CATALOGUE) && because)) throw new NotAllowed(`Whoever is signed in does not write for ${found.by.id}.`);
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update catalogue.contribution set ended_at = $3, ended_because = $4 where council_id = $1 and contribution_id = $2 and ended_at is null', [tx.council.id, found.id, this.clock.now(), isOwn ? null : because]);
      audit(tx, { action: 'catalogue.contribution-ended', subject: { type: 'contribution', id: found.id }, detail: { isOwn } });
    });
  }

  async #read(ctx: RequestContext, text: string, values: readonly unknown[]): Promise<readonly Contribution[]> {
    return (await this.db.query<Row>(ctx, text, values)).map((row) => ({
      id: row.contribution_id, kind: row.kind, by: { id: row.organisation_id, kind: row.organisation_kind, name: { en: row.name_en, cy: row.name_cy }, email: row.email, web: row.web }, packageName: row.package_name, written: row.written, at: row.at, endedAt: row.ended_at, endedBecause: row.ended_because, isOwnWord: row.is_own_word, isAdopter: row.is_adopter,
    }));
  }
}
