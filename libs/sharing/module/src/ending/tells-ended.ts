import { Database, LOG, enqueue } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type AgreementEnded } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { SignedPost } from '../node/signed-post';
import { soonThenDaily } from '../node/soon-then-daily';
import { TellEnded, type EndToTell } from './jobs';

export const ENDED_TAG = 'guildhall-ended';

interface EndRow { readonly ended_at: Date; readonly until: string }

/** Tells another party that an agreement was ended, until it has said with its signature that it knows, or the agreement would be over by itself: soon again at first, then every day. */
@Injectable()
export class TellsEnded implements JobHandler<EndToTell> {
  constructor(private readonly db: Database, private readonly post: SignedPost, private readonly peers: Peers, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  async run(ctx: RequestContext, { agreementId, version, peerId, tries }: EndToTell): Promise<void> {
    const key = [ctx.council.id, agreementId, version, peerId];
    const [row] = await this.db.query<EndRow>(ctx, `
      select e.ended_at, a.document ->> 'until' as until from sharing.agreement_end e join sharing.agreement a on a.council_id = e.council_id and a.agreement_id = e.agreement_id and a.version = e.version
      where e.council_id = $1 and e.agreement_id = $2 and e.version = $3 and e.peer_id = $4 and e.taken_at is null`, key);
    if (!row || row.until < ukDay(this.clock.now())) return;
    const status = await this.#tell(ctx, peerId, { agreement: agreementId, version, at: row.ended_at.toISOString() });
    const now = this.clock.now();
    if (status === 200 || status === 404) {
      if (status === 404) this.diary.warn('sharing.end-not-taken', { peer: peerId, status });
      await this.db.query(ctx, `update sharing.agreement_end set ${status === 404 ? 'turned_down_at = $5' : 'taken_at = $5, turned_down_at = null'} where council_id = $1 and agreement_id = $2 and version = $3 and peer_id = $4 returning version`, [...key, now]);
    }
    if (status === 200) return;
    // Who has no such agreement may bring it in tomorrow, with both signatures.
    const runAt = soonThenDaily(now, tries);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellEnded, { agreementId, version, peerId, tries: tries + 1 }, { runAt })));
  }

  /** What it says, signed; nothing where it does not answer, or anybody might have. */
  async #tell(ctx: RequestContext, peerId: string, content: AgreementEnded): Promise<number | undefined> {
    const peer = await this.peers.find(ctx, peerId);
    return peer && (await this.post.send(ctx, peer.body, { tag: ENDED_TAG, path: 'ended', content }))?.status;
  }
}
