import { Database } from '@guildhall/kernel';
import { InvalidInput, NotFound, type RequestContext } from '@guildhall/kernel-contract';
import type { Entry } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { KNOWN } from '../correcting/outgoing';
import { SharingLog } from '../logging/sharing-log';
import type { TrailRow } from './trail-line';

/** So many lines at once. */
const LINES = 25;
/** Beyond any log. */
const END = '9223372036854775807';

/** A line with all that proves it. */
export interface ProvedLine {
  /** As they were hashed. */
  readonly leaf: string;
  readonly entry: Entry;
  /** The answer that came to it, where it is a question of ours. */
  readonly received?: { readonly index: number; readonly leaf: string; readonly entry: Entry };
  readonly row: TrailRow;
  readonly size: number;
  readonly checkpoint: string;
}

/** What this body's log has of one person. Theirs is what bears their mark, and nothing else. */
@Injectable()
export class Trail {
  constructor(private readonly db: Database, private readonly log: SharingLog) {}

  /**
   * One page, the newest first.
   * @param mark of the person in the log
   * @param before the index below which it begins, from the page before
   */
  async page(ctx: RequestContext, localId: string, mark: string, before: string = END): Promise<{ readonly rows: readonly TrailRow[]; readonly next: number | undefined }> {
    const rows = await this.#rows(ctx, localId, mark, { below: before, most: LINES + 1 });
    const last = rows.length > LINES ? rows[LINES - 1] : undefined;
    return { rows: rows.slice(0, LINES), next: last && Number(last.index) };
  }

  /** One line with its proof. @throws NotFound when it is not theirs */
  async find(ctx: RequestContext, localId: string, mark: string, index: string): Promise<ProvedLine> {
    const below = String(BigInt(placeIn(index)) + 1n);
    const [[row], { size, checkpoint }] = await Promise.all([this.#rows(ctx, localId, mark, { below, most: 1 }), this.log.head(ctx)]);
    if (row?.index !== index) throw new NotFound('There is no such line in this trail.');
    return {
      row, leaf: row.leaf, entry: JSON.parse(row.leaf) as Entry, size, checkpoint,
      ...(row.received !== null && row.received_index !== null && { received: { index: Number(row.received_index), leaf: row.received, entry: JSON.parse(row.received) as Entry } }),
    };
  }

  async #rows(ctx: RequestContext, localId: string, mark: string, { below, most }: { readonly below: string; readonly most: number }): Promise<readonly (TrailRow & { readonly received_index: string | null })[]> {
    return this.db.query(ctx, `
      select e.index::text as index, e.leaf, r.leaf as received, r.index::text as received_index, t.state as twin, t.allow as twin_allow, t.looked_at as twin_looked_at, v.state as delivery, v.failed as delivery_failed, coalesce(c.chosen_by, d.raised_by) as chosen_by, q.receipt_id, w.sealed as look, n.told_wrong
      from (
        select index, leaf, kind, exchange_id, agreement, peer, at from sharing.entry
        where council_id = $1 and subject = $2 and kind <> 'received' and index < $4 order by index desc limit $5
      ) e
      left join lateral (select index, leaf from sharing.entry where council_id = $1 and exchange_id = e.exchange_id and kind = 'received' and subject = $2 order by index limit 1) r on e.kind = 'asked'
      left join sharing.entry_twin t on t.council_id = $1 and t.index = e.index
      left join lateral (select state, failed from sharing.change_delivery where council_id = $1 and exchange_id = e.exchange_id limit 1) v on e.kind = 'change-told'
      left join sharing.look w on w.council_id = $1 and w.exchange_id = e.exchange_id and w.peer_id = e.peer and w.local_id = $3
      left join sharing.choice c on c.council_id = $1 and c.local_id = $3 and c.agreement_id = e.agreement and c.at = e.at and c.state = case e.kind when 'choice-given' then 'given' when 'choice-withdrawn' then 'withdrawn' end
      left join sharing.receipt q on q.council_id = $1 and q.local_id = $3 and q.agreement_id = c.agreement_id and q.at = c.at and q.state = c.state
      left join lateral (
        select jsonb_agg(to_jsonb(h) order by h.peer_id) as told_wrong from (select o.peer_id, ${KNOWN} from sharing.outgoing o where o.council_id = $1 and o.local_id = $3 and o.kind = 'corrected' and o.created_at = e.at and e.kind = 'corrected' and e.peer is null group by o.peer_id limit 100) h
      ) n on true
      left join lateral (select raised_by from sharing.dispute where council_id = $1 and local_id = $3 and raised_at = e.at limit 1) d on e.kind = 'disputed'
      order by e.index desc`, [ctx.council.id, mark, localId, below, most]);
  }
}

/** An index that came from outside. @throws InvalidInput */
export function placeIn(index: string): string {
  if (!/^(0|[1-9]\d{0,17})$/.test(index)) throw new InvalidInput('This place in the trail is not known. Begin at the first page.', [{ field: 'before', message: 'must be a whole number' }]);
  return index;
}
