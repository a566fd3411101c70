import { IDENTITY } from '@guildhall/identity-contract';
import { Database, enqueue, hasContract, sql } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { ukDay } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { hasBegun } from '../knowing/agreements';
import { HOLD_PERSON } from '../rights/destroys-key';
import { Remind } from './jobs';

const AT_ONCE = 200;
/** Whose last word on an agreement that is in force is a yes of a year ago or more, who is still known here, and who was not reminded within a year. */
const DUE = `
  select distinct c.local_id from sharing.choice c
  where c.council_id = $1 and c.state = 'given' and c.at <= $2::timestamptz - interval '1 year' and c.local_id > $3
    and not exists (select from sharing.choice n where n.council_id = c.council_id and n.local_id = c.local_id and n.agreement_id = c.agreement_id and (n.at, n.state) > (c.at, c.state))
    and (select a.document ->> 'until' from sharing.agreement a where a.council_id = c.council_id and a.agreement_id = c.agreement_id and ${hasBegun('a', '$4')} order by a.version desc limit 1) >= $4
    and exists (select from sharing.subject_key k where k.council_id = c.council_id and k.local_id = c.local_id)
    and not exists (select from sharing.reminder r where r.council_id = c.council_id and r.local_id = c.local_id and r.reminded_at > $2::timestamptz - interval '1 year')
  order by c.local_id limit ${AT_ONCE}`;

/** Notes, one by one, who is to be reminded, each together with the job that does it: killed in between, it goes on where it was, and nobody is noted twice within a year. */
@Injectable()
export class FindsToRemind implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async run(ctx: RequestContext): Promise<void> {
    if (!hasContract(ctx, IDENTITY) || !hasContract(ctx, NOTIFICATIONS)) return;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const now = this.clock.now();
      const due: readonly { readonly local_id: string }[] = await this.db.query<{ local_id: string }>(ctx, DUE, [ctx.council.id, now, after, ukDay(now)]);
      for (const { local_id: localId } of due) await this.#note(ctx, localId, now);
      after = due.length === AT_ONCE ? due.at(-1)?.local_id : undefined;
    }
  }

  /** Whoever is erased meanwhile is not noted: their id would outlive them. */
  async #note(ctx: RequestContext, localId: string, now: Date): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      await sql(tx, HOLD_PERSON, [tx.council.id, localId]);
      const [noted] = await sql<{ reminder_id: string }>(tx, `
        insert into sharing.reminder as r (council_id, local_id, reminder_id, reminded_at)
        select $1::uuid, $2::text, $3::uuid, $4::timestamptz where exists (select from sharing.subject_key k where k.council_id = $1::uuid and k.local_id = $2::text)
        on conflict (council_id, local_id) do update set reminder_id = excluded.reminder_id, reminded_at = excluded.reminded_at where r.reminded_at <= excluded.reminded_at - interval '1 year' returning reminder_id`, [tx.council.id, localId, this.ids.uuid(), now]);
      if (noted) enqueue(tx, Remind, { reminderId: noted.reminder_id });
    });
  }
}
