import type { Submission } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { NotFound, isUuid, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';

/** A submission as it is kept. */
export interface SubmissionRow { readonly submission_id: string; readonly state: Submission['state']; readonly reasons: readonly string[] }
export function submissionOf({ submission_id: id, state, reasons }: SubmissionRow): Submission { return { id, state, reasons }; }

/** Reads what became of what was handed in. */
@Injectable()
export class ReadsSubmissions {
  constructor(private readonly db: Database) {}

  /** @throws NotFound */
  async read(ctx: RequestContext, id: string): Promise<Submission> {
    const [row] = isUuid(id) ? await this.db.query<SubmissionRow>(ctx, 'select submission_id, state, reasons from catalogue.submission where council_id = $1 and submission_id = $2', [ctx.council.id, id]) : [];
    if (!row) throw new NotFound('Nothing was handed in under this number.');
    return submissionOf(row);
  }
}
