import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { readCorrection, type Correction, type SignedAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Links, type Link } from '../linking/links';
import type { Appending } from '../logging/sharing-log';
import { SignedPost, type Came } from '../node/signed-post';
import { KeepsCorrection, type Kept } from './keeps-correction';
import { CORRECTION_TAG } from './tells-correction';
import { TellsOfDispute } from './tells-of-dispute';

/** By how much clocks may differ. */
const SKEW_IN_MS = 30_000;

/** Who says something of whom, where the signature proves it. */
export interface Said<Message extends Correction = Correction> { readonly peerId: string; readonly message: Message; readonly link: Link; readonly nonce: NonNullable<Appending['nonce']> }

/** What another body says of something that was wrong: believed when it is signed for this, once. */
@Injectable()
export class TakesCorrection {
  constructor(private readonly post: SignedPost, private readonly links: Links, private readonly keeps: KeepsCorrection, private readonly news: TellsOfDispute, @Inject(CLOCK) private readonly clock: Clock) {}

  take(ctx: RequestContext, signed: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: CORRECTION_TAG, title: 'This was not taken', read: readCorrection }, async ({ message, peer, nonce }) => {
      if (new Date(message.at).getTime() > this.clock.now().getTime() + SKEW_IN_MS) return { status: 400, detail: 'This is from the future.' };
      const link = await this.links.byName(ctx, peer.body.id, message.subject);
      if (!link) return { status: 404, detail: 'Nobody here is known by that name between the two bodies.' };
      const kept = await this.keeps.keep(ctx, { peerId: peer.body.id, message, link, nonce });
      if (kept !== 'kept' && kept !== 'known') return { status: STATUS[kept], detail: DETAIL[kept] };
      // Whoever says it hears who writes to the person: one of the two.
      return { status: 200, content: { taken: true, ...(message.kind === 'time' && { writes: await this.news.reaches(ctx, link.localId) }) } };
    });
  }
}

const STATUS: Readonly<Record<Exclude<Kept, 'kept' | 'known'>, number>> = { replayed: 409, 'not-agreed': 404, 'not-known': 404 };
const DETAIL: Readonly<Record<Exclude<Kept, 'kept' | 'known'>, string>> = { replayed: 'This message has come before.', 'not-agreed': 'There is no agreement by which these two bodies share that.', 'not-known': 'Nothing was said here under this name.' };
