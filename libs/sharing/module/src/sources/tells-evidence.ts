import { Database, providersOf } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, basesFor, toldFrom, type AttributeId, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { ukDay } from '../uk-day';

/** What this body's sources have that may be told: nothing that is too old, and what is worked out instead of what it is worked out from. */
@Injectable()
export class TellsEvidence {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Unavailable when a source does not answer */
  async of(ctx: RequestContext, localId: string, asked: readonly AttributeId[]): Promise<readonly Evidence[]> {
    const definitions = this.node.options(ctx).vocabulary.attributes;
    const sources = providersOf(ctx, EVIDENCE_SOURCE);
    // What some source says itself is not worked out.
    const bases = basesFor(asked.filter((id) => !sources.some(({ attributes }) => attributes.includes(id))), definitions);
    const found = await Promise.all(sources.map((source) => ({ source, of: source.attributes.filter((id) => asked.includes(id) || bases.includes(id)) })).filter(({ of }) => of.length > 0).map(({ source, of }) => source.read(ctx, localId, of)));
    return toldFrom(found.flat(), asked, { definitions, today: ukDay(this.clock.now()) });
  }

  /** Which of these the person of this name says are wrong, or are worked out from what is, and nobody has answered yet. */
  async disputed(ctx: RequestContext, peerId: string, pairwise: string, asked: readonly AttributeId[]): Promise<readonly AttributeId[]> {
    const definitions = this.node.options(ctx).vocabulary.attributes;
    const rows = await this.db.query<{ attribute: AttributeId }>(ctx, `
      select distinct d.attribute from sharing.link l join sharing.dispute d on d.council_id = l.council_id and d.local_id = l.local_id
      where l.council_id = $1 and l.peer_id = $2 and l.pairwise = $3 and d.attribute = any($4) and d.answered_at is null`, [ctx.council.id, peerId, pairwise, basesFor(asked, definitions)]);
    return asked.filter((id) => { const bases = basesFor([id], definitions); return rows.some(({ attribute }) => bases.includes(attribute)); });
  }
}
