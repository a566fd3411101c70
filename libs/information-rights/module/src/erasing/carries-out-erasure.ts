import type { PersonalData, PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, LOG, audit, enqueue, sql, write } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CarryOutErasure } from '../jobs';
import { lockRequest } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import type { RightsRequest } from '../requests/request';
import { addStep } from '../requests/steps';
import { sourcesOf } from '../sources';

const A_DAY_IN_MS = 24 * 60 * 60_000;

/**
 * Erases what was decided to be erased, a record at a time: each source bears being asked again, so that a job that broke goes on where it was. What came last in a copy goes first:
 * somebody's details, by which the rest is found, are the last to go.
 */
@Injectable()
export class CarriesOutErasure implements JobHandler<{ readonly requestId: string }> {
  constructor(private readonly db: Database, private readonly reading: ReadsRequests, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  async run(ctx: RequestContext, { requestId }: { readonly requestId: string }): Promise<void> {
    const request = await this.reading.find(ctx, requestId);
    if (request?.state !== 'erasing') return;
    const sources = new Map(sourcesOf(ctx).map((source) => [source.id, source]));
    for (let item = await this.#next(ctx, requestId); item; item = await this.#next(ctx, requestId, item.number)) {
      const source = sources.get(item.source_id);
      if (source) await this.#erase(ctx, request, source, item);
      // Of a module that the council has no more nothing can be said: neither that it is gone nor why it would be kept.
      else this.diary.warn('information-rights.no-such-source', { request: requestId, source: item.source_id });
    }
    await this.db.run(ctx, async (tx) => {
      if ((await lockRequest(tx, requestId)).state !== 'erasing') return;
      const now = this.clock.now();
      const [left] = await sql<{ count: string }>(tx, 'select count(*) as count from information_rights.item where council_id = $1 and request_id = $2 and outcome is null', [tx.council.id, requestId]);
      if (Number(left?.count) > 0) {
        // It stays open, on the desk, and is looked at again: "done" is said of nothing that is not.
        this.diary.error('information-rights.erasure-not-done', { request: requestId, left: Number(left?.count) });
        return enqueue(tx, CarryOutErasure, { requestId }, { key: requestId, runAt: new Date(now.getTime() + A_DAY_IN_MS) });
      }
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

  /** Where its module keeps it after all, it says why: what the officer had read was from before. */
  async #erase(ctx: RequestContext, { requestId, personId }: RightsRequest, source: PersonalData, { number, record_id: recordId }: NextItem): Promise<void> {
    const kept = (await source.erase(ctx, personId, recordId)) ? undefined : await recordOf(ctx, source, personId, recordId);
    const why = kept?.onErasure.does === 'keep' ? kept.onErasure : undefined;
    await this.db.query(ctx, `
      update information_rights.item set outcome = $4, done_at = $5, because = coalesce($6::jsonb, because), keep_until = coalesce($7::date, keep_until) where council_id = $1 and request_id = $2 and number = $3 and outcome is null returning 1 as done`,
    [ctx.council.id, requestId, number, kept ? 'kept' : 'erased', this.clock.now(), why ? JSON.stringify(why.because) : null, why?.until ?? null]);
  }

  async #next(ctx: RequestContext, requestId: string, before = 2_147_483_647): Promise<NextItem | undefined> {
    const [row] = await this.db.query<NextItem>(ctx, `select number, source_id, record_id from information_rights.item where council_id = $1 and request_id = $2 and decision = 'erase' and outcome is null and number < $3 order by number desc limit 1`, [ctx.council.id, requestId, before]);
    return row;
  }
}

interface NextItem { readonly number: number; readonly source_id: string; readonly record_id: string }

/** A record as its module says it now; nothing where it is there no more. */
async function recordOf(ctx: RequestContext, source: PersonalData, personId: PersonId, recordId: string): Promise<PersonalRecord | undefined> {
  for await (const record of source.read(ctx, personId)) if (record.id === recordId) return record;
  return undefined;
}
