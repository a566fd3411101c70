import { Inject, Injectable } from '@nestjs/common';
import { Database, hasContract } from '@guildhall/kernel';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import { DOCUMENTS, REMOVE_DOCUMENTS, type DocumentsApi } from '@guildhall/documents-contract';
import { CLOCK, defineJob, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { actingFor } from '../http/callers';

/** Clears away what reports left behind that were never sent again after something broke. */
export const ClearUnfinished = defineJob<Record<never, never>>('open311.clear-unfinished');

const DAY = 86_400_000;
const AT_ONCE = 50;

/** A day later nobody sends it again: photos without a case go. A case that is there after all gets its number. */
@Injectable()
export class ClearsUnfinished implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DAY);
    const rows = await this.database.query<{ case_id: string; client_id: string }>(ctx, `select case_id, client_id from open311.request where council_id = $1 and reference is null and begun_at < $2 order by begun_at, case_id limit ${AT_ONCE}`, [ctx.council.id, before]);
    for (const { case_id: caseId, client_id: clientId } of rows) {
      const found = await this.cases.find(actingFor(ctx, { clientId }), { caseId });
      if (found) {
        await this.database.query(ctx, 'update open311.request set reference = $3, requested_at = $4 where council_id = $1 and case_id = $2 and reference is null', [ctx.council.id, caseId, found.reference, found.openedAt]);
        continue;
      }
      await this.removePhotos(ctx, caseId);
      await this.database.query(ctx, 'delete from open311.request where council_id = $1 and case_id = $2 and reference is null', [ctx.council.id, caseId]);
    }
  }

  private async removePhotos(ctx: RequestContext, caseId: string): Promise<void> {
    if (!hasContract(ctx, DOCUMENTS)) return;
    const subject = { type: 'case', id: caseId };
    const acting: RequestContext = Object.freeze({ ...ctx, actor: Object.freeze({ kind: 'system' as const, job: ClearUnfinished.id, permissions: new Set([REMOVE_DOCUMENTS.id]) }) });
    for (const { id } of await this.documents.forSubject(acting, subject, { vouchedFor: subject })) await this.documents.remove(acting, id, { vouchedFor: subject });
  }
}
