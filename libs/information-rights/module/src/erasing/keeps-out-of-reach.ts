import { HANDLE_REQUESTS } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql, write } from '@guildhall/kernel';
import { CLOCK, demand, done, refused, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CarryOutErasure } from '../jobs';
import { checkedWords, lockRequest } from '../requests/holds-clock';
import type { Item } from '../requests/reads-requests';
import type { RightsRequest } from '../requests/request';
import { sourcesOf } from '../sources';
import type { DecisionRefusal } from './decides-erasure';

/** What was to be erased and is with a module that the council has no more: an erasure waits for it until an officer settles it. */
@Injectable()
export class KeepsOutOfReach {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Those of a request's records. */
  of(ctx: RequestContext, { state }: RightsRequest, items: readonly Item[]): readonly Item[] {
    const sources = new Set(sourcesOf(ctx).map(({ id }) => id));
    return state === 'erasing' ? items.filter(({ outcome, sourceId }) => !outcome && !sources.has(sourceId)) : [];
  }

  /** Says of them that they are kept, and why; then the erasure goes on, and ends. @throws InvalidInput without words */
  async keep(ctx: RequestContext, { requestId, version, words }: { readonly requestId: string; readonly version: number; readonly words?: string }): Promise<Outcome<undefined, DecisionRefusal>> {
    demand(ctx, HANDLE_REQUESTS);
    const because = checkedWords(words);
    return this.db.run(ctx, async (tx) => {
      const request = await lockRequest(tx, requestId);
      if (request.state !== 'erasing') return refused('not-to-decide', 'There is nothing to settle at the moment.');
      if (request.version !== version) return refused('changed-meanwhile', 'Somebody else has changed it meanwhile.');
      const kept = await sql(tx, `update information_rights.item set outcome = 'kept', done_at = $3, decided_because = $4 where council_id = $1 and request_id = $2 and outcome is null and source_id <> all ($5::text[]) returning number`, [tx.council.id, requestId, this.clock.now(), because, sourcesOf(ctx).map(({ id }) => id)]);
      if (kept.length === 0) return refused('not-to-decide', 'Every module that is still to erase something is here.');
      write(tx, 'update information_rights.request set version = version + 1 where council_id = $1 and request_id = $2', [tx.council.id, requestId]);
      audit(tx, { action: 'information-rights.keep-out-of-reach', subject: { type: 'information-rights.request', id: requestId }, personId: request.personId, detail: { kept: kept.length } });
      // Under a key of its own: the look of tomorrow waits under the request's.
      enqueue(tx, CarryOutErasure, { requestId }, { key: `${requestId}:settled` });
      return done(undefined);
    });
  }
}
