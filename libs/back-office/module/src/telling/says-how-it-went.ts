import { Inject, Injectable } from '@nestjs/common';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import { Database } from '@guildhall/kernel';
import type { JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { actingFor } from '../acting';
import { BackOfficeSettings } from '../back-office.settings';
import { HAND_OVER_COLUMNS, type HandOverRow } from '../data/hand-over-row';
import { unlessDoneBefore } from './unless-done-before';

/** Writes into a case's timeline that it was handed over, or why not: a note for officers, and words for the resident where the council has some. */
@Injectable()
export class SaysHowItWent implements JobHandler<{ readonly caseId: string; readonly what: 'handed-over' | 'refused'; readonly said: string }> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings) {}

  async run(ctx: RequestContext, { caseId, what, said }: { readonly caseId: string; readonly what: 'handed-over' | 'refused'; readonly said: string }): Promise<void> {
    const [row] = await this.db.query<HandOverRow>(ctx, `select ${HAND_OVER_COLUMNS} from back_office.hand_over where council_id = $1 and case_id = $2`, [ctx.council.id, caseId]);
    // By now it may stand otherwise; then that is said.
    if (row?.state !== what) return;
    const acting = actingFor(ctx, row.provider_id);
    const title = this.settings.titleOf(ctx, row.provider_id);
    const note = what === 'refused' ? `${title} does not have this case: ${row.last_message ?? ''} Mend the cause, then press “Try again” beside the case.` : `Handed over to ${title}${row.far_reference === null ? '' : ` as ${row.far_reference}`}.`;
    await unlessDoneBefore(this.cases.note(acting, { caseId, text: note, idempotencyKey: `back-office:said:${said}` }));
    const announce = what === 'handed-over' ? this.settings.lineFor(ctx, row.case_type)?.announce : undefined;
    const view = announce && (await this.cases.find(acting, { caseId }));
    // Once for good, however often it is handed over.
    if (announce && view) await unlessDoneBefore(this.cases.tell(acting, { caseId, text: announce[view.language ?? ctx.council.languages[0]], idempotencyKey: `back-office:announced:${caseId}` }));
  }
}
