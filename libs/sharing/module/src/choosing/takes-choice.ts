import { CLOCK, Unavailable, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { laterChoice, partiesOf, readChoice, readChoiceQuestion, type ChoiceStanding, type SignedAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Links, type Link } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { SignedPost, type Reply, type Came } from '../node/signed-post';
import { Choices, scopeSaid } from './choices';
import { HearsChoice, type SaidChoice } from './hears-choice';
import { CHOICE_TAG, UNKNOWN_SUBJECT } from './tells-choice';

/** By how much clocks may differ. A choice from the future would outlive every later one. */
const SKEW_IN_MS = 30_000;

/** What somebody has chosen at another body: it counts here from now on. */
@Injectable()
export class TakesChoice {
  constructor(private readonly node: OwnNode, private readonly post: SignedPost, private readonly agreements: Agreements, private readonly links: Links, private readonly choices: Choices, private readonly hears: HearsChoice, @Inject(CLOCK) private readonly clock: Clock) {}

  take(ctx: RequestContext, signed: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: CHOICE_TAG, title: 'The choice was not taken', read: readChoice }, async ({ message: { agreement: agreementId, subject, state, at, scope, noticeDigest, language, by }, peer, nonce }) => {
      if (new Date(at).getTime() > this.clock.now().getTime() + SKEW_IN_MS) return { status: 400, detail: 'The choice is from the future.' };
      const found = await this.#between(ctx, peer.body.id, agreementId, subject);
      if ('status' in found) return found;
      const { kept: { document }, link } = found;
      const isPassedOn = partiesOf(document).some((id) => id !== peer.body.id && id !== this.node.id(ctx));
      const chosen = await this.choices.choose(ctx, { localId: link.localId, subjectKey: link.subjectKey, agreementId, state, at: new Date(at), scope: scope ?? null, noticeDigest, language, by: { peer: peer.body.id, nonce, pressed: by, isPassedOn } });
      return chosen.kind === 'replayed' ? { status: 409, detail: 'This message has come before.' } : { status: 200, content: { taken: true } };
    });
  }

  /** How a choice stands here, for a body with which it is shared: it asks before it uses what it was told longer ago than the agreement lets it. */
  standing(ctx: RequestContext, signed: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: CHOICE_TAG, title: 'This is not said', read: readChoiceQuestion }, async ({ message: { agreement: agreementId, subject, hereOnly }, peer }) => {
      const found = await this.#between(ctx, peer.body.id, agreementId, subject);
      if ('status' in found) return found;
      const known = await this.choices.find(ctx, found.link.localId, agreementId);
      const choice = hereOnly ? known : await this.#heardOfOthers(ctx, found, peer.body.id, known);
      const standing: ChoiceStanding = { choice: choice ? { state: choice.state, at: choice.at, ...scopeSaid(choice) } : null };
      return { status: 200, content: standing };
    });
  }

  /** Of more than two parties each knows some of the others alone: whoever asks here hears what was said there, too, as lately as the agreement demands. @throws Unavailable where one of them does not answer: then nobody can say */
  async #heardOfOthers(ctx: RequestContext, { kept: { document }, link: { localId } }: { readonly kept: KeptAgreement; readonly link: Link }, askedBy: string, known: SaidChoice | undefined): Promise<SaidChoice | undefined> {
    if (known?.state === 'withdrawn') return known;
    const others = partiesOf(document).filter((id) => id !== askedBy && id !== this.node.id(ctx));
    const heard = await Promise.all(others.map(async (holder) => {
      const link = await this.links.ofPerson(ctx, holder, localId);
      if (!link) return undefined;
      const said = await this.hears.hear(ctx, { document, holder, localId, link, choice: known, hereOnly: true });
      if (!said.isCertain && !said.isUnsaid) throw new Unavailable(`${holder} does not answer at the moment.`);
      return said.choice;
    }));
    return heard.reduce((latest, said) => laterChoice(latest, said), known);
  }

  /** The agreement and the person that are meant between the two. */
  async #between(ctx: RequestContext, peerId: string, agreementId: string, subject: string): Promise<{ readonly kept: KeptAgreement; readonly link: Link } | Reply> {
    const [kept, link] = await Promise.all([this.agreements.find(ctx, agreementId), this.links.byName(ctx, peerId, subject)]);
    if (!kept || !partiesOf(kept.document).includes(peerId)) return { status: 404, detail: `There is no agreement ${agreementId} with this body.` };
    return link ? { kept, link } : { status: 404, detail: 'Nobody here is known by that name between the two bodies.', more: { unknown: UNKNOWN_SUBJECT } };
  }
}
