import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { agreementName, choiceThatCounts, decide, isLetBy, type Decision, type ExchangeRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AssuranceOf } from '../asking/assurance-of';
import { Choices, choiceSaid } from '../choosing/choices';
import { HearsChoice } from '../choosing/hears-choice';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import type { Peer } from '../knowing/peers';
import type { Link } from '../linking/links';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';

/** Why a change is told: because its owner wants it to be. */
const BECAUSE = 'Tell us once';

/** Whether a change may be told: by the rule by which the question would be answered that the other body might have asked. */
@Injectable()
export class DecidesChange {
  constructor(
    private readonly node: OwnNode, private readonly agreements: Agreements, private readonly choices: Choices, private readonly hears: HearsChoice, private readonly assurance: AssuranceOf, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The question, as it might have been asked, and what is decided of it where the change is told.
   * @param about `isHeard`: whether it is first heard at the other body if they have stopped it there, so that nothing leaves that could not be brought here in time; without it the choice counts as it is known here
   */
  async toTell(ctx: RequestContext, { exchange, attribute, agreement: kept, peer, link, isHeard = false }: { readonly exchange: string; readonly attribute: string; readonly agreement: KeptAgreement; readonly peer: Peer; readonly link: Link; readonly isHeard?: boolean }): Promise<{ readonly request: ExchangeRequest; readonly decision: Decision; /** Whether the choice is known as lately as the agreement demands. */ readonly isCertain: boolean }> {
    const { document } = kept;
    const [known, { checkpoint }] = await Promise.all([this.choices.find(ctx, link.localId, document.id), this.log.head(ctx)]);
    const heard = isHeard && isLetBy(document.choice, choiceThatCounts(document, known)?.state) ? await this.hears.hear(ctx, { document, holder: peer.body.id, localId: link.localId, link, choice: known }) : undefined;
    const choice = heard?.choice ?? known;
    const now = this.clock.now();
    const [way = { network: 'internet', device: 'server' } as const] = [document.channels.find(({ device }) => device === 'server'), ...document.channels].flatMap((one) => one ?? []);
    const request: ExchangeRequest = {
      exchange, agreement: agreementName(document), purpose: document.purpose, subject: link.pairwise, attributes: [attribute as ExchangeRequest['attributes'][number]], because: BECAUSE, by: { service: null, officer: null, ...way },
      choice: choiceSaid(choiceThatCounts(document, known), heard && !heard.isUnsaid ? heard.asOf : now), assurance: null, checkpoint,
    };
    const { gaps, isChannelProven } = this.assurance.of(ctx, peer, document.assurance, now);
    return {
      isCertain: heard?.isCertain !== false || heard.isUnsaid === true, request, decision: decide(request, {
        now, vocabulary: kept.vocabulary, asker: peer.body.id, asked: this.node.id(ctx), agreement: kept, isPeerTrusted: true, isPeerLogWhole: peer.isLogWhole, choice, assuranceGaps: gaps, isChannelProven, objections: kept.objections, subject: 'one',
        // What is told anew is what they say is right.
        disputed: [],
      }),
    };
  }

  /** The same, where it is told to this body. What others have found of its own systems is for the other side to judge. */
  async toHear(ctx: RequestContext, request: ExchangeRequest, { agreementId, peer, link, isLogWhole }: { readonly agreementId: string; readonly peer: Peer; readonly link: Link | undefined; readonly isLogWhole: boolean }): Promise<{ readonly decision: Decision; /** How long the agreement lets it be kept. */ readonly keptFor?: string }> {
    const [kept, choice] = await Promise.all([this.agreements.find(ctx, agreementId), link && this.choices.find(ctx, link.localId, agreementId)]);
    const decision = decide(request, {
      now: this.clock.now(), vocabulary: kept?.vocabulary ?? this.agreements.vocabulary(ctx, []), asker: this.node.id(ctx), asked: peer.body.id, agreement: kept, isPeerTrusted: true, isPeerLogWhole: isLogWhole, choice,
      assuranceGaps: [], isChannelProven: true, objections: kept?.objections ?? [], subject: link ? 'one' : 'none', disputed: [],
    });
    return { decision, ...(kept && { keptFor: kept.document.retention }) };
  }
}
