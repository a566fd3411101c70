import { Database, LOG, enqueue } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { Peers } from '../knowing/peers';
import { SignedPost } from '../node/signed-post';
import { soonThenDaily } from '../node/soon-then-daily';
import { TellCorrection } from './jobs';
import { OutgoingCorrections, type ToTell } from './outgoing';

export const CORRECTION_TAG = 'guildhall-correction';

/** Tells another body of a dispute, an answer or a correction, until it has said with its signature that it knows: soon again at first, then every day. */
@Injectable()
export class TellsCorrection implements JobHandler<{ readonly messageId: string; readonly tries: number }> {
  constructor(
    private readonly db: Database, private readonly outgoing: OutgoingCorrections, private readonly post: SignedPost, private readonly peers: Peers, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  async run(ctx: RequestContext, { messageId, tries }: { readonly messageId: string; readonly tries: number }): Promise<void> {
    const waiting = await this.outgoing.waiting(ctx, messageId);
    if (!waiting) return;
    const said = await this.#tell(ctx, waiting);
    const [status, now] = [said?.status, this.clock.now()];
    if (status === 200) return this.outgoing.settle(ctx, messageId, 'taken', now, isWritten(said?.text));
    if (status !== undefined && status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 409 && status !== 429) {
      this.diary.warn('sharing.correction-not-taken', { peer: waiting.peerId, status });
      return this.outgoing.settle(ctx, messageId, 'turned-down', now);
    }
    const runAt = soonThenDaily(now, tries);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellCorrection, { messageId, tries: tries + 1 }, { runAt })));
  }

  /** What it says, signed; nothing where it does not answer, or anybody might have. */
  async #tell(ctx: RequestContext, { peerId, message }: ToTell): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const peer = await this.peers.find(ctx, peerId);
    return peer && this.post.send(ctx, peer.body, { tag: CORRECTION_TAG, path: 'corrections', content: message });
  }
}

/** Whether they write to the person themselves. One of the version before does not say. */
function isWritten(text = ''): boolean { return (jsonIn(text) as { readonly writes?: unknown } | undefined)?.writes === true; }
