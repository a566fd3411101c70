import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import type { Connection, ConnectionCheck, RequestContext } from '@guildhall/kernel-contract';

const MOST_NAMED = 5;

/** Whether what happens arrives at the other systems: for `doctor`, which calls nobody for it, because each try has been looked at already. */
@Injectable()
export class OtherSystemsConnection implements Connection {
  readonly id = 'subscriptions.other-systems';
  readonly title = { en: 'Systems that are told what happens', cy: 'Systemau sy’n cael gwybod beth sy’n digwydd' };
  constructor(@Inject(Database) private readonly db: Database) {}

  async check(ctx: RequestContext): Promise<ConnectionCheck> {
    const [counted] = await this.db.query<{ all: number; dead: number }>(ctx, `
      select (select count(*)::int from subscriptions.subscription where council_id = $1) as all, (select count(*)::int from (select from subscriptions.delivery where council_id = $1 and state = 'dead' and not is_test limit 1000) as dead) as dead`, [ctx.council.id]);
    const ill = await this.db.query<{ title: string; state: string }>(ctx, `select title, state from subscriptions.subscription where council_id = $1 and (state = 'disabled' or (state = 'active' and failing_since is not null)) order by subscription_id limit ${MOST_NAMED}`, [ctx.council.id]);
    const { all = 0, dead = 0 } = counted ?? {};
    if (all === 0) return { ok: true, message: 'No other system is told anything.' };
    if (ill.length === 0 && dead === 0) return { ok: true, message: `What happens arrives at ${all === 1 ? 'the other system that is' : `all ${all} other systems that are`} told.` };
    const named = ill.map(({ title, state }) => `“${title}” ${state === 'disabled' ? 'is stopped' : 'does not answer'}`);
    return { ok: false, message: `${[...named, ...(dead ? [`${dead === 1000 ? '1,000 or more messages were' : dead === 1 ? '1 message was' : `${dead} messages were`} given up`] : [])].join(', ')}. See “Other systems” on the desk: mend the cause, then resume the system and send again what it lacks.` };
  }
}
