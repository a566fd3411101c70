import { Database } from '@guildhall/kernel';
import { IDS, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';

/** A dispute as it is kept, and the name of its owner between this body and the one that passed it on. */
export interface DisputeOfPerson { readonly disputeId: string; readonly localId: string; readonly attribute: string; readonly fromPeer?: string; readonly pairwise?: string; readonly isOpen: boolean; readonly isPassedOn: boolean }

interface Row { readonly dispute_id: string; readonly local_id: string; readonly attribute: string; readonly from_peer: string | null; readonly pairwise: string | null; readonly is_open: boolean; readonly is_passed_on: boolean }

const READ = `
  select d.dispute_id, d.local_id, d.attribute, d.from_peer, l.pairwise, d.answered_at is null as is_open, exists (select from sharing.outgoing o where o.council_id = d.council_id and o.about = d.dispute_id and o.kind = 'disputed' and o.turned_down_at is null) as is_passed_on
  from sharing.dispute d left join sharing.link l on l.council_id = d.council_id and l.local_id = d.local_id and l.peer_id = d.from_peer where d.council_id = $1`;

/** Disputes, to be answered. */
@Injectable()
export class DisputeReads {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(IDS) private readonly ids: Ids) {}

  ownId(ctx: RequestContext): string { return this.node.id(ctx); }
  newId(): string { return this.ids.uuid(); }

  async find(ctx: RequestContext, disputeId: string): Promise<DisputeOfPerson | undefined> {
    const [row] = await this.db.query<Row>(ctx, `${READ} and d.dispute_id = $2`, [ctx.council.id, disputeId]);
    return row && disputeOf(row);
  }

  /** All that the same person says of the same thing, and that this body answers. */
  async openWith(ctx: RequestContext, { localId, attribute }: Pick<DisputeOfPerson, 'localId' | 'attribute'>): Promise<readonly DisputeOfPerson[]> {
    const rows = await this.db.query<Row>(ctx, `${READ} and d.local_id = $2 and d.attribute = $3 and d.answered_at is null order by d.raised_at, d.dispute_id limit 100`, [ctx.council.id, localId, attribute]);
    return rows.map(disputeOf).filter(({ isPassedOn }) => !isPassedOn);
  }
}

function disputeOf({ dispute_id: disputeId, local_id: localId, attribute, from_peer: fromPeer, pairwise, is_open: isOpen, is_passed_on: isPassedOn }: Row): DisputeOfPerson {
  return { disputeId, localId, attribute, isOpen, isPassedOn, ...(fromPeer !== null && { fromPeer }), ...(pairwise !== null && { pairwise }) };
}
