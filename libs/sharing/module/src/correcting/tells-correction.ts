import { randomBytes, randomInt } from 'node:crypto';
import { Database, LOG, OUTBOUND, enqueue, nextTryAt } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type JobHandler, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, signRequest, verifyAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { TellCorrection } from './jobs';
import { OutgoingCorrections, type ToTell } from './outgoing';

export const CORRECTION_TAG = 'guildhall-correction';
const DAY_IN_MS = 24 * 60 * 60 * 1000;

/** Tells another body of a dispute, an answer or a correction, until it has said with its signature that it knows: soon again at first, then every day. */
@Injectable()
export class TellsCorrection implements JobHandler<{ readonly messageId: string; readonly tries: number }> {
  constructor(
    private readonly db: Database, private readonly outgoing: OutgoingCorrections, private readonly node: OwnNode, private readonly peers: Peers, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly diary: Log,
  ) {}

  async run(ctx: RequestContext, { messageId, tries }: { readonly messageId: string; readonly tries: number }): Promise<void> {
    const waiting = await this.outgoing.waiting(ctx, messageId);
    if (!waiting) return;
    const status = await this.#tell(ctx, waiting);
    const now = this.clock.now();
    if (status === 200) return this.outgoing.settle(ctx, messageId, 'taken', now);
    if (status !== undefined && status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 409 && status !== 429) {
      this.diary.warn('sharing.correction-not-taken', { peer: waiting.peerId, status });
      return this.outgoing.settle(ctx, messageId, 'turned-down', now);
    }
    const runAt = nextTryAt(now, tries + 1, randomInt(1000) / 1000) ?? new Date(now.getTime() + DAY_IN_MS);
    await this.db.run(ctx, (tx) => Promise.resolve(enqueue(tx, TellCorrection, { messageId, tries: tries + 1 }, { runAt })));
  }

  /** What it says, signed; nothing where it does not answer, or anybody might have. */
  async #tell(ctx: RequestContext, { peerId, message }: ToTell): Promise<number | undefined> {
    const peer = await this.peers.find(ctx, peerId);
    if (!peer) return undefined;
    const created = this.clock.now();
    const request = signRequest({ method: 'POST', targetUri: `${peer.body.endpoint}/corrections`, body: JSON.stringify(message) }, this.node.signer(ctx), { tag: CORRECTION_TAG, created, nonce: randomBytes(16).toString('base64url') });
    try {
      const { status, headers, text } = await this.outbound.fetch(request.targetUri, { method: 'POST', headers: request.fields as Readonly<Record<string, string>>, body: request.body });
      const verified = verifyAnswer({ status, fields: headers, body: text() }, request, { tag: CORRECTION_TAG, now: this.clock.now(), keyFor: (keyid) => keysAt(peer.body, created).find((key) => key.keyid === keyid)?.key });
      return verified.ok ? status : undefined;
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return undefined;
      throw error;
    }
  }
}
