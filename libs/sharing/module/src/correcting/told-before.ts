import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { basesFor, dateAfter, ukDay, type AttributeId } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';

/** A body between which and this one something went, what, by which agreement, and the name that both have for whom it was about. */
export interface ToldBody { readonly peerId: string; readonly attribute: AttributeId; readonly agreementId: string; readonly pairwise: string }

interface ToldRow { readonly peer: string; readonly agreement: string; readonly attribute: AttributeId; readonly at: Date }

/** Who has told something of somebody to whom, by the log. */
@Injectable()
export class ToldBefore {
  constructor(private readonly db: Database, private readonly agreements: Agreements, private readonly links: Links, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The bodies that told it to this one. */
  holders(ctx: RequestContext, localId: string, mark: string, attribute: string): Promise<readonly ToldBody[]> { return this.#bodies(ctx, { localId, mark, attributes: [attribute], kinds: ['received', 'change-heard'] }); }

  /** The bodies that had it from this one, or what was worked out from it, and may still keep it: each once for each thing that it had. */
  receivers(ctx: RequestContext, localId: string, mark: string, attribute: string): Promise<readonly ToldBody[]> {
    const definitions = this.node.options(ctx).vocabulary.attributes;
    const workedOut = definitions.map(({ id }) => id).filter((id) => basesFor([id], definitions).some((base) => base === attribute));
    return this.#bodies(ctx, { localId, mark, attributes: [...new Set([attribute, ...workedOut])], kinds: ['answered', 'change-told'] });
  }

  /** What a body told this one of somebody, or told it unasked. */
  async attributesFrom(ctx: RequestContext, mark: string, peerId: string): Promise<readonly string[]> {
    const rows = await this.db.query<{ attribute: string }>(ctx, `
      select distinct a.attribute from sharing.entry e cross join lateral jsonb_array_elements_text(e.leaf::jsonb -> 'attributes') a (attribute)
      where e.council_id = $1 and e.subject = $2 and e.kind in ('received', 'change-heard') and e.allow and e.peer = $3 order by 1 limit 1000`, [ctx.council.id, mark, peerId]);
    return rows.map(({ attribute }) => attribute);
  }

  /** Each body once for each thing, by the agreement that was used last, for as long as whoever was told keeps it: as the version says by which it was told, whatever a later one says. */
  async #bodies(ctx: RequestContext, { localId, mark, attributes, kinds }: { readonly localId: string; readonly mark: string; readonly attributes: readonly string[]; readonly kinds: readonly string[] }): Promise<readonly ToldBody[]> {
    const rows = await this.db.query<ToldRow>(ctx, `
      select e.peer, e.agreement, a.attribute, max(e.at) as at from sharing.entry e cross join lateral jsonb_array_elements_text(e.leaf::jsonb -> 'attributes') a (attribute)
      where e.council_id = $1 and e.subject = $2 and e.kind = any($3) and e.allow and e.peer is not null and e.agreement is not null and a.attribute = any($4)
      group by 1, 2, 3 order by max(e.at) desc, 1, 2, 3 limit 1000`, [ctx.council.id, mark, kinds, attributes]);
    const today = ukDay(this.clock.now());
    const kept = await Promise.all(rows.map(async ({ peer: peerId, agreement, attribute, at }) => {
      const [agreementId = '', version] = agreement.split('@');
      const [by, link] = await Promise.all([this.agreements.version(ctx, agreementId, Number(version)), this.links.ofPerson(ctx, peerId, localId)]);
      return by && link && dateAfter(ukDay(at), by.document.retention) >= today ? { peerId, attribute, agreementId, pairwise: link.pairwise } : undefined;
    }));
    return kept.flatMap((one) => one ?? []).filter((one, at, all) => all.findIndex(({ peerId, attribute }) => peerId === one.peerId && attribute === one.attribute) === at);
  }
}
