import { Database, sql } from '@guildhall/kernel';
import { CLOCK, defineJob } from '@guildhall/kernel-contract';
import type { Clock, JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

/** Forgets what sign-ins left behind. */
export const ForgetSignInsJob = defineJob<Record<never, never>>('identity.forget-sign-ins');

const DAY = 86_400_000;

/** A contact to which a code went is kept for a day after the code has lapsed, and not longer: whoever never finished signing in has no account here. */
@Injectable()
export class ForgetSignIns implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const dayAgo = new Date(this.clock.now().getTime() - DAY);
    await this.database.run(ctx, async (tx) => {
      for (const table of ['challenge', 'attempt', 'pending_way']) await sql(tx, `delete from identity.${table} where council_id = $1 and expires_at < $2`, [ctx.council.id, dayAgo]);
      await sql(tx, 'delete from identity.logout_notice where council_id = $1 and expires_at < $2', [ctx.council.id, this.clock.now()]);
      await sql(tx, 'delete from identity.throttle where council_id = $1 and at < $2', [ctx.council.id, dayAgo]);
    });
  }
}
