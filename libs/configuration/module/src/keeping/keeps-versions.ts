import { PUBLISH_CONFIGURATION, SHARE_CONFIGURATION, type ConfigurationFile } from '@guildhall/configuration-contract';
import { Database, audit, isTaken, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, done, refused, type Clock, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationSettings } from '../configuration.settings';
import { VERSION_COLUMNS, inForceAt, versionView, type VersionRow, type VersionView } from '../data/version-row';
import { checkFit, problemsOf, type FitRefusal } from './checks-fit';
import { thingOf, type ThingAt } from './configured-things';
import { LooksAtFit } from './looks-at-fit';
import { TakesEffect } from './takes-effect';

/** Why a draft was not published. */
export type PublishRefusal = FitRefusal | Refusal<
  /** Somebody has published something since the comparison was shown. */
  | 'changed-meanwhile'
  /** It is no draft any more. */
  | 'no-draft'
  /** Whoever made the draft is not the one to publish it. */
  | 'by-another'
>;

/** Drafts, what is published, and what was before. */
@Injectable()
export class KeepsVersions {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(TakesEffect) private readonly effect: TakesEffect, @Inject(LooksAtFit) private readonly fit: LooksAtFit, @Inject(ConfigurationSettings) private readonly settings: ConfigurationSettings,
  ) {}

  /** The newest 100 revisions of a thing, the newest first. */
  async history(ctx: RequestContext, { kind, id }: ThingAt): Promise<readonly VersionView[]> {
    demand(ctx, SHARE_CONFIGURATION);
    const rows = await this.db.query<VersionRow>(ctx, `select ${VERSION_COLUMNS} from configuration.version where council_id = $1 and kind = $2 and thing = $3 order by revision desc limit 100`, [ctx.council.id, kind, id]);
    const inForce = inForceAt(rows, this.clock.now());
    return Promise.all(rows.map(async (row) => (row.revision === inForce ? { ...versionView(row, inForce), problems: await this.fit.problems(ctx, row) } : versionView(row, inForce))));
  }

  /** One revision. @throws NotFound */
  async find(ctx: RequestContext, { kind, id }: ThingAt, revision: number): Promise<VersionRow> {
    demand(ctx, SHARE_CONFIGURATION);
    const [row] = Number.isSafeInteger(revision) && revision > 0 && revision < 2 ** 31 ? await this.db.query<VersionRow>(ctx, `select ${VERSION_COLUMNS} from configuration.version where council_id = $1 and kind = $2 and thing = $3 and revision = $4`, [ctx.council.id, kind, id, revision]) : [];
    if (!row) throw new NotFound('There is no such revision.');
    return row;
  }

  /** Keeps a file that fits as a draft; nothing holds yet. */
  bringIn(ctx: RequestContext, file: ConfigurationFile): Promise<Outcome<VersionView, FitRefusal>> {
    return this.#keep(ctx, file, { from: file });
  }

  /**
   * Keeps what was typed here as a draft: as a file that came from nowhere else.
   * @param insteadOf the draft in whose place it stands: of the two, one is a draft afterwards, whatever happens between
   */
  keepTyped(ctx: RequestContext, file: ConfigurationFile, insteadOf?: number): Promise<Outcome<VersionView, FitRefusal>> {
    return this.#keep(ctx, file, { insteadOf });
  }

  async #keep(ctx: RequestContext, file: ConfigurationFile, { from, insteadOf }: { readonly from?: ConfigurationFile; readonly insteadOf?: number | undefined }): Promise<Outcome<VersionView, FitRefusal>> {
    demand(ctx, SHARE_CONFIGURATION);
    const fit = await checkFit(ctx, file);
    if (!fit.ok) return fit;
    const at = { kind: file.kind, id: file.id };
    return done(await this.#add(ctx, at, async (tx, revision) => {
      if (insteadOf !== undefined && (await this.#lock(tx, at)).find((row) => row.revision === insteadOf)?.state === 'draft') await this.#settle(tx, at, insteadOf, 'discarded');
      await this.#insert(tx, at, revision, { state: 'draft', definition: file.definition, version: file.package.version, content: file.content, ...(from && { from }) });
      audit(tx, { action: from ? 'configuration.brought-in' : 'configuration.typed', subject: { type: file.kind, id: file.id }, detail: { revision, ...(from && { from: from.from.gssCode, digest: from.digest }) } });
    }));
  }

  /** Whether somebody else than this actor has to publish a draft. */
  needsAnother(ctx: RequestContext, draft: VersionRow): boolean {
    return this.settings.publishedByAnother(ctx) && draft.made_by_id === whoOf(ctx)[0];
  }

  /**
   * Publishes a draft. It holds everywhere at one moment, soon.
   * @param base the revision in force with which it was compared; 0 when there was none
   */
  async publish(ctx: RequestContext, at: ThingAt, revision: number, base: number): Promise<Outcome<VersionView, PublishRefusal>> {
    demand(ctx, PUBLISH_CONFIGURATION);
    const draft = await this.find(ctx, at, revision);
    const found = thingOf(ctx, at.kind, at.id);
    if (this.needsAnother(ctx, draft)) return refused('by-another', 'Somebody else than whoever made the draft has to publish it.');
    const problems = draft.content ? await problemsOf(ctx, found.configurable, at.id, draft.content) : [];
    if (problems.length > 0) return refused('does-not-fit', problems.join(' '));
    const outcome = await this.db.run(ctx, async (tx): Promise<Outcome<VersionRow, PublishRefusal>> => {
      const rows = await this.#lock(tx, at);
      if (rows.find((row) => row.revision === revision)?.state !== 'draft') return refused('no-draft', 'It has been published or discarded already.');
      if (latestPublished(rows) !== base) return refused('changed-meanwhile', 'Something else has been published since you looked. Look at the comparison again.');
      return done(await this.#settle(tx, at, revision, 'published'));
    });
    return outcome.ok ? done(await this.#tell(ctx, outcome.value)) : outcome;
  }

  /** Throws a draft away; its row stays. */
  async discard(ctx: RequestContext, at: ThingAt, revision: number): Promise<Outcome<VersionView, PublishRefusal>> {
    demand(ctx, SHARE_CONFIGURATION);
    await this.find(ctx, at, revision);
    return this.db.run(ctx, async (tx): Promise<Outcome<VersionView, PublishRefusal>> => {
      const rows = await this.#lock(tx, at);
      if (rows.find((row) => row.revision === revision)?.state !== 'draft') return refused('no-draft', 'It has been published or discarded already.');
      return done(versionView(await this.#settle(tx, at, revision, 'discarded'), inForceAt(rows, this.clock.now())));
    });
  }

  /**
   * Puts back what held before, as a new revision: published at once, or a draft where somebody else than whoever makes it has to publish it.
   * @param to a revision that was published; 0 is what the package and the council's app say
   */
  async putBack(ctx: RequestContext, at: ThingAt, to: number, base: number): Promise<Outcome<VersionView, PublishRefusal>> {
    demand(ctx, PUBLISH_CONFIGURATION);
    const { thing, configurable } = thingOf(ctx, at.kind, at.id);
    const former = to === 0 ? undefined : await this.find(ctx, at, to);
    if (former && former.state !== 'published') throw new NotFound('That revision has never been published.');
    const problems = former?.content ? await problemsOf(ctx, configurable, at.id, former.content) : [];
    if (problems.length > 0) return refused('does-not-fit', problems.join(' '));
    const outcome = await this.db.run(ctx, async (tx): Promise<Outcome<VersionRow, PublishRefusal>> => {
      const rows = await this.#lock(tx, at);
      if (latestPublished(rows) !== base || rows.length === 0) return refused('changed-meanwhile', 'Something else has been published since you looked. Look at the history again.');
      const revision = Math.max(0, ...rows.map((row) => row.revision)) + 1;
      await this.#insert(tx, at, revision, { state: 'draft', definition: former?.definition ?? thing.definition, version: former?.package_version ?? '', content: former?.content ?? null, putBackOf: to });
      return done(await this.#afterPutBack(tx, at, revision));
    });
    if (!outcome.ok) return outcome;
    return done(outcome.value.state === 'published' ? await this.#tell(ctx, outcome.value) : versionView(outcome.value, 0));
  }

  async #afterPutBack(tx: TransactionContext, at: ThingAt, revision: number): Promise<VersionRow> {
    if (!this.settings.publishedByAnother(tx)) return this.#settle(tx, at, revision, 'published');
    audit(tx, { action: 'configuration.put-back-asked', subject: { type: at.kind, id: at.id }, detail: { revision } });
    return this.#rowOf(tx, at, revision);
  }

  async #rowOf(tx: TransactionContext, { kind, id }: ThingAt, revision: number): Promise<VersionRow> {
    const [row] = await sql<VersionRow>(tx, `select ${VERSION_COLUMNS} from configuration.version where council_id = $1 and kind = $2 and thing = $3 and revision = $4`, [tx.council.id, kind, id, revision]);
    return row as VersionRow;
  }

  async #tell(ctx: RequestContext, row: VersionRow): Promise<VersionView> {
    await this.effect.again(ctx);
    return versionView(row, inForceAt([row], this.clock.now()));
  }

  /** Every revision of a thing, held until the transaction is over: of two that publish at the same time, the second sees what the first did. */
  #lock(tx: TransactionContext, { kind, id }: ThingAt): Promise<readonly Pick<VersionRow, 'revision' | 'state' | 'takes_effect_at'>[]> {
    return sql(tx, 'select revision, state, takes_effect_at from configuration.version where council_id = $1 and kind = $2 and thing = $3 order by revision for update', [tx.council.id, kind, id]);
  }

  async #settle(tx: TransactionContext, { kind, id }: ThingAt, revision: number, state: 'published' | 'discarded'): Promise<VersionRow> {
    const now = this.clock.now();
    const takesEffectAt = state === 'published' ? new Date(now.getTime() + this.settings.secondsUntilEffect(tx) * 1000) : null;
    const [row] = await sql<VersionRow>(tx, `update configuration.version set state = $5, settled_at = $6, settled_by_id = $7, settled_by_name = $8, takes_effect_at = $9 where council_id = $1 and kind = $2 and thing = $3 and revision = $4 returning ${VERSION_COLUMNS}`, [tx.council.id, kind, id, revision, state, now, ...whoOf(tx), takesEffectAt]);
    audit(tx, { action: `configuration.${state}`, subject: { type: kind, id }, detail: { revision } });
    return row as VersionRow;
  }

  /** The next revision; again when somebody else took it. */
  async #add(ctx: RequestContext, at: ThingAt, insert: (tx: TransactionContext, revision: number) => Promise<void>): Promise<VersionView> {
    for (;;) {
      try {
        return await this.db.run(ctx, async (tx) => {
          const [last] = await sql<{ revision: number }>(tx, 'select coalesce(max(revision), 0)::int as revision from configuration.version where council_id = $1 and kind = $2 and thing = $3', [tx.council.id, at.kind, at.id]);
          const revision = (last?.revision ?? 0) + 1;
          await insert(tx, revision);
          return versionView(await this.#rowOf(tx, at, revision), 0);
        });
      } catch (error) {
        if (!isTaken(error, 'configuration.version')) throw error;
      }
    }
  }

  async #insert(tx: TransactionContext, { kind, id }: ThingAt, revision: number, one: { state: 'draft'; definition: number; version: string; content: object | null; from?: ConfigurationFile; putBackOf?: number }): Promise<void> {
    await sql(tx, `insert into configuration.version (council_id, kind, thing, revision, state, definition, package_version, content, from_council, from_gss_code, exported_at, digest, put_back_of, made_at, made_by_id, made_by_name)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, [
      tx.council.id, kind, id, revision, one.state, one.definition, one.version, one.content && JSON.stringify(one.content), one.from?.from.council ?? null, one.from?.from.gssCode ?? null, one.from ? new Date(one.from.exportedAt) : null, one.from?.digest ?? null, one.putBackOf ?? null, this.clock.now(), ...whoOf(tx),
    ]);
  }
}

/** The highest revision that is published, whether or not it has taken effect. */
export function latestPublished(rows: readonly Pick<VersionRow, 'revision' | 'state'>[]): number {
  return rows.reduce((highest, { revision, state }) => (state === 'published' ? Math.max(highest, revision) : highest), 0);
}

/** Whoever does it, by id and name: a machine is called by its own, and a command says for whom it is done. */
function whoOf({ actor }: RequestContext): readonly [string, string] {
  if (actor.kind === 'officer') return [actor.officerId, actor.name];
  if (actor.kind === 'machine') return [actor.clientId, actor.clientId];
  return actor.kind === 'system' ? [actor.job, actor.job] : [actor.kind, actor.kind];
}
