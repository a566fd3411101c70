import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { dateAfter } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { Links } from '../linking/links';
import { ukDay } from '../uk-day';

/** A body between which and this one something went, by which agreement, and the name that both have for whom it was about. */
export interface ToldBody { readonly peerId: string; readonly agreementId: string; readonly pairwise: string }

interface ToldRow { readonly peer: string; readonly agreement_id: string; readonly at: Date }

/** Who has told something of somebody to whom, by the log. */
@Injectable()
export class ToldBefore {
  constructor(private readonly db: Database, private readonly agreements: Agreements, private readonly links: Links, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The bodies that told it to this one. */
  holders(ctx: RequestContext, localId: string, mark: string, attribute: string): Promise<readonly ToldBody[]> { return this.#bodies(ctx, { localId, mark, attribute, kinds: ['received', 'change-heard'] }); }

  /** The bodies that had it from this one, and may still keep it. */
  receivers(ctx: RequestContext, localId: string, mark: string, attribute: string): Promise<readonly ToldBody[]> { return this.#bodies(ctx, { localId, mark, attribute, kinds: ['answered', 'change-told'] }); }

  /** What a body told this one of somebody, or told it unasked. */
  async attributesFrom(ctx: RequestContext, mark: string, peerId: string): Promise<readonly string[]> {
    const rows = await this.db.query<{ attribute: string }>(ctx, `
      select distinct a.attribute from sharing.entry e cross join lateral jsonb_array_elements_text(e.leaf::jsonb -> 'attributes') a (attribute)
      where e.council_id = $1 and e.subject = $2 and e.kind in ('received', 'change-heard') and e.allow and e.peer = $3 order by 1 limit 1000`, [ctx.council.id, mark, peerId]);
    return rows.map(({ attribute }) => attribute);
  }

  /** Each body once, by the agreement that was used last, for as long as whoever was told keeps it. */
  async #bodies(ctx: RequestContext, { localId, mark, attribute, kinds }: { readonly localId: string; readonly mark: string; readonly attribute: string; readonly kinds: readonly string[] }): Promise<readonly ToldBody[]> {
    const rows = await this.db.query<ToldRow>(ctx, `
      select peer, split_part(agreement, '@', 1) as agreement_id, max(at) as at from sharing.entry
      where council_id = $1 and subject = $2 and kind = any($3) and allow and peer is not null and agreement is not null and (leaf::jsonb -> 'attributes') @> to_jsonb($4::text)
      group by 1, 2 order by max(at) desc, 1, 2 limit 1000`, [ctx.council.id, mark, kinds, attribute]);
    const today = ukDay(this.clock.now());
    const kept = await Promise.all(rows.map(async ({ peer: peerId, agreement_id: agreementId, at }) => {
      const [agreement, link] = await Promise.all([this.agreements.find(ctx, agreementId), this.links.ofPerson(ctx, peerId, localId)]);
      return agreement && link && dateAfter(ukDay(at), agreement.document.retention) >= today ? { peerId, agreementId, pairwise: link.pairwise } : undefined;
    }));
    return kept.flatMap((one) => one ?? []).filter((one, at, all) => all.findIndex(({ peerId }) => peerId === one.peerId) === at);
  }
}
