import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, readCorrection, signAnswer, verifyRequest, type Correction, type SignedAnswer, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, nonceOf, problem } from '../asking/messages';
import { Peers } from '../knowing/peers';
import { Links, type Link } from '../linking/links';
import type { Appending } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { KeepsCorrection, type Kept } from './keeps-correction';
import { CORRECTION_TAG } from './tells-correction';

/** By how much clocks may differ. */
const SKEW_IN_MS = 30_000;

/** Who says something of whom, where the signature proves it. */
export interface Said<Message extends Correction = Correction> { readonly peerId: string; readonly message: Message; readonly link: Link; readonly nonce: NonNullable<Appending['nonce']> }

/** What another body says of something that was wrong: believed when it is signed for this, once. */
@Injectable()
export class TakesCorrection {
  constructor(private readonly node: OwnNode, private readonly peers: Peers, private readonly links: Links, private readonly keeps: KeepsCorrection, @Inject(CLOCK) private readonly clock: Clock) {}

  async take(ctx: RequestContext, message: SignedRequest): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (status: number, body: string): SignedAnswer => signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: CORRECTION_TAG, created: now });
    const refuse = (status: number, detail: string): SignedAnswer => say(status, problem(status, 'This was not taken', detail));
    const read = readCorrection(jsonIn(message.body));
    if (!read.ok) return refuse(400, read.refusal.message);
    const peer = await this.peers.find(ctx, bodyNamedIn(message));
    const verified = verifyRequest(message, { tag: CORRECTION_TAG, now, keyFor: (keyid) => (peer ? keysAt(peer.body, now).find((key) => key.keyid === keyid)?.key : undefined) });
    if (!verified.ok || !peer) return refuse(401, verified.ok ? 'This body is not known here.' : verified.refusal.message);
    if (new Date(read.value.at).getTime() > now.getTime() + SKEW_IN_MS) return refuse(400, 'This is from the future.');
    const link = await this.links.byName(ctx, peer.body.id, read.value.subject);
    if (!link) return refuse(404, 'Nobody here is known by that name between the two bodies.');
    const kept = await this.keeps.keep(ctx, { peerId: peer.body.id, message: read.value, link, nonce: nonceOf(verified.value) });
    return kept === 'kept' || kept === 'known' ? say(200, JSON.stringify({ taken: true })) : refuse(STATUS[kept], DETAIL[kept]);
  }
}

const STATUS: Readonly<Record<Exclude<Kept, 'kept' | 'known'>, number>> = { replayed: 409, 'not-agreed': 404, 'not-known': 404 };
const DETAIL: Readonly<Record<Exclude<Kept, 'kept' | 'known'>, string>> = { replayed: 'This message has come before.', 'not-agreed': 'There is no agreement by which these two bodies share that.', 'not-known': 'Nothing was said here under this name.' };
