import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CASES, CASE_TYPE, findCaseType, permissionOf, transitionOf, type CaseType, type CaseView, type CasesApi } from '@guildhall/cases-contract';
import { Database, enqueue, extensionsOf, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { actingFor } from '../acting';
import { BackOfficeSettings } from '../back-office.settings';
import { HAND_OVER_COLUMNS, type HandOverRow } from '../data/hand-over-row';
import { Apply } from '../jobs';
import { unlessDoneBefore } from '../telling/unless-done-before';
import { PhotosOfProgress } from './photos-of-progress';
import { planFor, withPhotos, type Plan, type ToldProgress } from './plan';

/** A worker that has a case in hand has this long for each thing; then another may take it over. */
const LEASE_IN_SECONDS = 60;
const MOST_A_TURN = 50;

interface ProgressRow extends ToldProgress { readonly progress_id: string; readonly plan: Plan | null; readonly photo_tries: number; readonly photos_wait_until: Date | null }
/** What happened first comes first, and nothing happened after it reached us: dates that lie ahead were kept once. */
const OLDEST = 'where council_id = $1 and case_id = $2 and not is_applied order by least(at, received_at), received_at, progress_id limit 1';

/**
 * Does to one case what its far end told, in the order in which it happened there, each thing once: what is to be done is written down first, and every step of it has a key,
 * so that a try that died is carried on with.
 */
@Injectable()
export class AppliesProgress implements JobHandler<{ readonly caseId: string }> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(PhotosOfProgress) private readonly photos: PhotosOfProgress, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext, { caseId }: { readonly caseId: string }): Promise<void> {
    if (!(await this.lease(ctx, caseId))) return;
    try {
      for (let applied = 0; applied < MOST_A_TURN; applied++) {
        const next = await this.next(ctx, caseId);
        if (!next || !(await this.apply(ctx, next.row, next.progress))) break;
      }
    } finally {
      await this.db.run(ctx, async (tx) => {
        await sql(tx, 'update back_office.hand_over set applying_until = null where council_id = $1 and case_id = $2', [ctx.council.id, caseId]);
        // What came in meanwhile, when its own job found the case in hand, or there is more than a turn's worth.
        const [more] = await sql<{ photos_wait_until: Date | null }>(tx, `select photos_wait_until from back_office.progress ${OLDEST}`, [ctx.council.id, caseId]);
        if (more) enqueue(tx, Apply, { caseId }, { key: `apply:${caseId}`, runAt: new Date(Math.max(this.clock.now().getTime() + 1000, more.photos_wait_until?.getTime() ?? 0)) });
      });
    }
  }

  private async lease(ctx: RequestContext, caseId: string): Promise<boolean> {
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const leased = await sql(tx, 'update back_office.hand_over set applying_until = $3 where council_id = $1 and case_id = $2 and (applying_until is null or applying_until <= $4) returning 1 as leased', [ctx.council.id, caseId, new Date(now.getTime() + LEASE_IN_SECONDS * 1000), now]);
      if (!leased.length) enqueue(tx, Apply, { caseId }, { key: `leased:${caseId}`, runAt: new Date(now.getTime() + LEASE_IN_SECONDS * 1000) });
      return leased.length > 0;
    });
  }

  /** The oldest thing that has not been applied, and how far the case has got; nothing while that waits for its photos. */
  private async next(ctx: RequestContext, caseId: string): Promise<{ readonly row: HandOverRow; readonly progress: ProgressRow } | undefined> {
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<HandOverRow>(tx, `update back_office.hand_over set applying_until = $3 where council_id = $1 and case_id = $2 returning ${HAND_OVER_COLUMNS}`, [ctx.council.id, caseId, new Date(this.clock.now().getTime() + LEASE_IN_SECONDS * 1000)]);
      const [progress] = await sql<ProgressRow>(tx, `select progress_id, status, code, least(at, received_at) as at, words, plan, photos, photo_tries, photos_wait_until from back_office.progress ${OLDEST}`, [ctx.council.id, caseId]);
      const waits = progress?.photos_wait_until && progress.photos_wait_until > this.clock.now();
      return row && progress && !waits ? { row, progress } : undefined;
    });
  }

  /** False when it waits for its photos. */
  private async apply(ctx: RequestContext, row: HandOverRow, progress: ProgressRow): Promise<boolean> {
    const view = await this.cases.find(actingFor(ctx, row.provider_id), { caseId: row.case_id });
    if (view) {
      const type = findCaseType(extensionsOf(ctx, CASE_TYPE), view.caseType, view.caseTypeVersion);
      const plan = progress.plan ?? (await this.plan(ctx, row, progress, type, view));
      if (!plan) return false;
      await this.carryOut(ctx, row, view, type, plan, keyOf(row.provider_id, progress.progress_id));
    }
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update back_office.progress set is_applied = true, words = null, photos = null, plan = null where council_id = $1 and case_id = $2 and progress_id = $3', [ctx.council.id, row.case_id, progress.progress_id]);
      await sql(tx, 'update back_office.hand_over set applied_through = case when applied_through > $4 then least($3, $4) else greatest(applied_through, least($3, $4)) end where council_id = $1 and case_id = $2', [ctx.council.id, row.case_id, progress.at, this.clock.now()]);
    });
    return true;
  }

  /** What is done, written down with the photos that are kept by then; undefined while those are still to come. */
  private async plan(ctx: RequestContext, row: HandOverRow, progress: ProgressRow, type: CaseType | undefined, view: CaseView): Promise<Plan | undefined> {
    const title = this.settings.titleOf(ctx, row.provider_id);
    const planned = planFor(progress, { line: this.settings.lineFor(ctx, view.caseType), type, view, title, appliedThrough: row.applied_through && row.applied_through <= this.clock.now() ? row.applied_through : null });
    const kept = planned.showsPhotos ? await this.photos.keep(ctx, row, progress) : undefined;
    return kept === 'later' ? undefined : this.written(ctx, row, progress, withPhotos(planned, progress, title, kept));
  }

  /** The plan that counts: the first that was written down. */
  private async written(ctx: RequestContext, row: HandOverRow, { progress_id: id }: ProgressRow, plan: Plan): Promise<Plan> {
    const [kept] = await this.db.query<{ plan: Plan }>(ctx, 'update back_office.progress set plan = coalesce(plan, $4::jsonb) where council_id = $1 and case_id = $2 and progress_id = $3 returning plan', [ctx.council.id, row.case_id, id, JSON.stringify(plan)]);
    return kept?.plan ?? plan;
  }

  private async carryOut(ctx: RequestContext, row: HandOverRow, view: CaseView, type: CaseType | undefined, plan: Plan, key: string): Promise<void> {
    const transition = type && plan.move !== undefined ? transitionOf(type, plan.move) : undefined;
    // A step that the council's own configuration names may be taken, whatever permission it asks of officers.
    const acting = actingFor(ctx, row.provider_id, transition ? [permissionOf(transition)] : []);
    let refused: string | undefined;
    // With what the resident reads: words of their own, or the reasons of the step.
    const documents = plan.documents?.length ? { documents: [...plan.documents] } : {};
    if (plan.move !== undefined) {
      const outcome = await this.cases.move(acting, { caseId: view.id, transition: plan.move, idempotencyKey: `${key}:move`, ...(plan.reasons !== undefined && { reasons: plan.reasons }), ...(plan.tell === undefined && documents) });
      // An officer was quicker.
      if (!outcome.ok) refused = outcome.refusal.message;
    }
    // The step was to carry what the resident sees.
    const tell = plan.tell ?? (refused !== undefined && plan.showsPhotos ? plan.reasons : undefined);
    if (tell !== undefined) await unlessDoneBefore(this.cases.tell(acting, { caseId: view.id, text: tell, idempotencyKey: `${key}:tell`, ...documents }));
    const notes = [plan.note, refused].filter((one) => one !== undefined);
    if (notes.length) await unlessDoneBefore(this.cases.note(acting, { caseId: view.id, text: notes.join('\n\n'), idempotencyKey: `${key}:note` }));
  }
}

function keyOf(providerId: string, progressId: string): string {
  return `back-office:${createHash('sha256').update(`${providerId}\n${progressId}`).digest('base64url')}`;
}
