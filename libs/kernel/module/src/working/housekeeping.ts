import { Inject, Injectable, Module } from '@nestjs/common';
import { CLOCK, defineJob, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { defineModule, does, every } from '../assembling/define-module';
import { Database } from '../data/database';
import { kernelMigrations } from '../data/kernel-migrations';
import { HealthController } from '../http/health.controller';
import { OpenApiController } from '../http/openapi.controller';
import { Readiness } from '../http/readiness';

/** Removes what has had its time. */
export const KeepHouse = defineJob<Record<never, never>>('kernel.keep-house');

/** In days: how long a key is known again, an event can be looked at, and it is known which was handled. Longer than anything is retried. */
const KEPT = { idempotency: 30, event: 90, inbox: 90 } as const;
/** In one statement: a long tail of old rows never makes a long transaction. */
const MOST_AT_ONCE = 5000;

@Injectable()
export class HouseKeeper implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    await this.remove(ctx, 'kernel.session', 'session_hash', 'expires_at', now);
    await this.remove(ctx, 'kernel.idempotency', 'scope, key', 'created_at', daysBefore(now, KEPT.idempotency));
    await this.remove(ctx, 'kernel.event', 'event_id', 'at', daysBefore(now, KEPT.event));
    await this.remove(ctx, 'kernel.inbox', 'subscriber, event_id', 'at', daysBefore(now, KEPT.inbox));
  }

  private async remove(ctx: RequestContext, table: string, key: string, column: string, before: Date): Promise<void> {
    for (let removed = MOST_AT_ONCE; removed === MOST_AT_ONCE; ) {
      const rows = await this.database.query(ctx, `delete from ${table} where (council_id, ${key}) in (select council_id, ${key} from ${table} where council_id = $1 and ${column} < $2 order by ${column} limit ${MOST_AT_ONCE}) returning 1 as gone`, [ctx.council.id, before]);
      removed = rows.length;
    }
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}

/** The kernel's own routes and work. */
@Module({ controllers: [HealthController, OpenApiController], providers: [HouseKeeper, Readiness] })
export class KernelModule {}

/** The kernel, defined as any module is: every council has it. */
export const kernelModule = defineModule({
  id: 'kernel', version: '0.1.0', packageFolder: __dirname, nest: KernelModule, schema: 'kernel', migrations: kernelMigrations,
  jobs: [does(KeepHouse, HouseKeeper)], recurring: [every('hour', KeepHouse)],
});
