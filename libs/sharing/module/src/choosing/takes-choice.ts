import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { partiesOf, readChoice, type SignedAnswer, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { Links } from '../linking/links';
import { SignedPost } from '../node/signed-post';
import { Choices } from './choices';
import { CHOICE_TAG, UNKNOWN_SUBJECT } from './tells-choice';

/** By how much clocks may differ. A choice from the future would outlive every later one. */
const SKEW_IN_MS = 30_000;

/** What somebody has chosen at another body: it counts here from now on. */
@Injectable()
export class TakesChoice {
  constructor(private readonly post: SignedPost, private readonly agreements: Agreements, private readonly links: Links, private readonly choices: Choices, @Inject(CLOCK) private readonly clock: Clock) {}

  take(ctx: RequestContext, signed: SignedRequest): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: CHOICE_TAG, title: 'The choice was not taken', read: readChoice }, async ({ message: { agreement: agreementId, subject, state, at, scope, noticeDigest, language }, peer, nonce }) => {
      if (new Date(at).getTime() > this.clock.now().getTime() + SKEW_IN_MS) return { status: 400, detail: 'The choice is from the future.' };
      const [kept, link] = await Promise.all([this.agreements.find(ctx, agreementId), this.links.byName(ctx, peer.body.id, subject)]);
      if (!kept || !partiesOf(kept.document).includes(peer.body.id)) return { status: 404, detail: `There is no agreement ${agreementId} with this body.` };
      if (!link) return { status: 404, detail: 'Nobody here is known by that name between the two bodies.', more: { unknown: UNKNOWN_SUBJECT } };
      const chosen = await this.choices.choose(ctx, { localId: link.localId, subjectKey: link.subjectKey, agreementId, state, at: new Date(at), scope, noticeDigest, language, by: { peer: peer.body.id, nonce } });
      return chosen.kind === 'replayed' ? { status: 409, detail: 'This message has come before.' } : { status: 200, content: { taken: true } };
    });
  }
}
