import { Database, enqueue } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { soonThenDaily } from '../node/soon-then-daily';
import { TellLinkEnded } from './jobs';
import { SendsLinkMessage } from './sends-link-message';

/** Tells another body that a link is no more: soon at first, then every day until it knows. */
@Injectable()
export class TellsLinkEnded implements JobHandler<{ readonly endId: string; readonly tries: number }> {
  constructor(private readonly db: Database, private readonly peers: Peers, private readonly sends: SendsLinkMessage, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext, { endId, tries }: { readonly endId: string; readonly tries: number }): Promise<void> {
    const [row] = await this.db.query<{ peer_id: string; pairwise: string; is_erased: boolean }>(ctx, 'select peer_id, pairwise, is_erased from sharing.link_end where council_id = $1 and end_id = $2', [ctx.council.id, endId]);
    if (!row) return;
    const peer = await this.peers.find(ctx, row.peer_id);
    const end = { kind: 'end', subject: row.pairwise } as const;
    // One of a version that takes no reason ends the link all the same.
    const told = peer && (row.is_erased ? await this.sends.send(ctx, peer.body, { ...end, because: 'erased' }, end) : await this.sends.send(ctx, peer.body, end));
    // A body that is not known at the moment, because the list that names it has run out, may be again.
    if (told?.ok) {
      await this.db.query(ctx, 'delete from sharing.link_end where council_id = $1 and end_id = $2 returning 1 as gone', [ctx.council.id, endId]);
      return;
    }
    const now = this.clock.now();
    const runAt = soonThenDaily(now, tries);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellLinkEnded, { endId, tries: tries + 1 }, { runAt })));
  }
}
