import { Database, audit, sql, write } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { lockRequest } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import { addStep } from '../requests/steps';
import { sourcesOf } from '../sources';

/**
 * Erases what was decided to be erased, a record at a time: each source bears being asked again, so that a job that broke goes on where it was. What came last in a copy goes first:
 * somebody's details, by which the rest is found, are the last to go.
 */
@Injectable()
export class CarriesOutErasure implements JobHandler<{ readonly requestId: string }> {
  constructor(private readonly db: Database, private readonly reading: ReadsRequests, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext, { requestId }: { readonly requestId: string }): Promise<void> {
    const request = await this.reading.find(ctx, requestId);
    if (request?.state !== 'erasing') return;
    const sources = new Map(sourcesOf(ctx).map((source) => [source.id, source]));
    for (let item = await this.#next(ctx, requestId); item; item = await this.#next(ctx, requestId)) {
      const source = sources.get(item.source_id);
      // Of a module that the council has no more: nothing can be said of it.
      const isErased = (await source?.erase(ctx, request.personId, item.record_id)) ?? false;
      await this.db.query(ctx, `update information_rights.item set outcome = $4, done_at = $5 where council_id = $1 and request_id = $2 and number = $3 and outcome is null returning 1 as done`, [ctx.council.id, requestId, item.number, isErased ? 'erased' : 'kept', this.clock.now()]);
    }
    await this.db.run(ctx, async (tx) => {
      if ((await lockRequest(tx, requestId)).state !== 'erasing') return;
      const now = this.clock.now();
      write(tx, `update information_rights.request set state = 'erased', closed_at = $3, version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId, now]);
      // Ids and moments of what is gone lead to what has been made nobody's. Lists that are still worked on need theirs.
      write(tx, `
        update information_rights.item i set record_id = case when i.outcome = 'kept' then i.record_id else i.number::text end, since = date_trunc('day', i.since, 'UTC') from information_rights.request r
        where i.council_id = $1 and r.council_id = $1 and r.request_id = i.request_id and r.person_id = $2 and (r.request_id = $3 or r.closed_at is not null)`, [tx.council.id, request.personId, requestId]);
      addStep(tx, requestId, 'erased', now);
      const [count] = await sql<{ erased: string; kept: string }>(tx, `select count(*) filter (where outcome = 'erased') as erased, count(*) filter (where outcome = 'kept') as kept from information_rights.item where council_id = $1 and request_id = $2`, [tx.council.id, requestId]);
      audit(tx, { action: 'information-rights.erased', subject: { type: 'information-rights.request', id: requestId }, personId: request.personId, detail: { erased: Number(count?.erased), kept: Number(count?.kept) } });
    });
  }

  async #next(ctx: RequestContext, requestId: string): Promise<{ readonly number: number; readonly source_id: string; readonly record_id: string } | undefined> {
    const [row] = await this.db.query<{ number: number; source_id: string; record_id: string }>(ctx, `select number, source_id, record_id from information_rights.item where council_id = $1 and request_id = $2 and decision = 'erase' and outcome is null order by number desc limit 1`, [ctx.council.id, requestId]);
    return row;
  }
}
