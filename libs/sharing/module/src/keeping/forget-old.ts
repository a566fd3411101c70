import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CHANGE_STOPPED_AND_PROMISED, EVIDENCE_STOPPED_AND_PROMISED } from '../evidence/delete-stopped';
import { HEARD_KEPT_FOR, LOOK_KEPT_FOR, SETTLED_MESSAGE_KEPT_FOR } from './periods';

const MOST_AT_ONCE = 2000;
/** What a process of the version before took while this one was already running says neither by which agreement it came nor until when it may be kept: its line in the log and the agreement do. */
const HEAL_CHANGES = `
  update sharing.change c set agreement_id = coalesce(c.agreement_id, k.agreement_id), until = c.created_at + coalesce((select (a.document ->> 'retention')::interval from sharing.agreement a where a.council_id = $1 and a.agreement_id = coalesce(c.agreement_id, k.agreement_id) order by a.version desc limit 1), interval 'P1Y')
  from (
    select o.change_id, (select split_part(e.agreement, '@', 1) from sharing.entry e where e.council_id = $1 and e.exchange_id = o.change_id and e.kind = 'change-heard' and e.allow and o.from_peer is not null limit 1) as agreement_id
    from sharing.change o where o.council_id = $1 and o.until is null and o.kind = 'changed'
  ) k
  where c.council_id = $1 and c.change_id = k.change_id and c.until is null returning c.change_id`;

/** Removes the names of messages that nobody would believe any more, answers that nobody asks for again, what was told and was kept as long as it may be or was to go when it was stopped, and what has been settled or shown for long enough. */
@Injectable()
export class ForgetsOld implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    await this.#inRounds(ctx, `delete from sharing.nonce where council_id = $1 and (keyid, nonce) in (select keyid, nonce from sharing.nonce where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.evidence where council_id = $1 and evidence_id in (select evidence_id from sharing.evidence where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
    // What came in while somebody stopped it, and what was stopped before anybody kept that promise.
    await this.#inRounds(ctx, `delete from sharing.evidence where council_id = $1 and evidence_id in (select e.evidence_id from sharing.evidence e where ${EVIDENCE_STOPPED_AND_PROMISED} and e.kept_at <= $2 limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.answer where council_id = $1 and (peer_id, exchange_id) in (select peer_id, exchange_id from sharing.answer where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.db.query(ctx, HEAL_CHANGES, [ctx.council.id]);
    await this.#inRounds(ctx, `delete from sharing.change where council_id = $1 and change_id in (select change_id from sharing.change where council_id = $1 and (until < $2 or (kind <> 'changed' and confirmed_at < $2::timestamptz - interval '${HEARD_KEPT_FOR}')) limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.change where council_id = $1 and change_id in (select c.change_id from sharing.change c where ${CHANGE_STOPPED_AND_PROMISED} and c.created_at <= $2 limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.look where council_id = $1 and (exchange_id, peer_id) in (select exchange_id, peer_id from sharing.look where council_id = $1 and at < $2::timestamptz - interval '${LOOK_KEPT_FOR}' order by at limit ${MOST_AT_ONCE}) returning 1 as gone`);
    // Whoever was told of a dispute is waited for until they answer.
    await this.#inRounds(ctx, `delete from sharing.outgoing where council_id = $1 and message_id in (select o.message_id from sharing.outgoing o where o.council_id = $1 and coalesce(o.taken_at, o.turned_down_at) < $2::timestamptz - interval '${SETTLED_MESSAGE_KEPT_FOR}'
      and not exists (select from sharing.dispute d where d.council_id = $1 and d.dispute_id = o.about and o.kind = 'disputed' and d.answered_at is null) limit ${MOST_AT_ONCE}) returning 1 as gone`);
  }

  async #inRounds(ctx: RequestContext, statement: string): Promise<void> {
    for (let removed = MOST_AT_ONCE; removed === MOST_AT_ONCE; ) removed = (await this.db.query(ctx, statement, [ctx.council.id, this.clock.now()])).length;
  }
}
