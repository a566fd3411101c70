import { Database } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';

/** When somebody was reminded. @internal */
@Injectable()
export class Reminders {
  constructor(private readonly db: Database) {}

  /** The last time; nothing while it was never. */
  async last(ctx: RequestContext, personId: PersonId): Promise<Date | undefined> {
    const [row] = await this.db.query<{ told_at: Date | null }>(ctx, 'select told_at from sharing.reminder where council_id = $1 and local_id = $2', [ctx.council.id, personId]);
    return row?.told_at ?? undefined;
  }
}
