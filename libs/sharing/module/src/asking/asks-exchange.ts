import { randomBytes } from 'node:crypto';
import { Database, OUTBOUND } from '@guildhall/kernel';
import { CLOCK, IDS, done, isGuildhallError, refused, type Clock, type Ids, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import {
  agreementName, answerDigest, answerFault, contentDigest, decide, documentDigest, entryOf, readExchangeAnswer, signRequest, subjectMark, verifyAnswer, type AttributeId, type Decision, type Evidence, type ExchangeRequest, type SignedRequest,
} from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Choices } from '../choosing/choices';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Peers, checkpointIn, keepHeard, type Peer } from '../knowing/peers';
import { Links } from '../linking/links';
import { SharingLog } from '../logging/sharing-log';
import { keepLook } from '../looking/keep-look';
import { OwnNode } from '../node/own-node';
import { disputedOf } from './disputed-of';
import { jsonIn, keyOf } from './messages';

const TAG = 'guildhall-exchange';
/** Whoever waits for a page waits no longer; they are asked themselves. */
const ANSWERED_WITHIN_SECONDS = 2;

/** What is to be asked of another body. */
export interface Question {
  readonly agreementId: string;
  /** One of those who hold it. */
  readonly holder: string;
  /** Who it is about, here. */
  readonly localId: string;
  readonly attributes: readonly AttributeId[];
  readonly because: string;
  readonly by: ExchangeRequest['by'];
}
/** What was told. */
export interface Told { readonly exchange: string; readonly decision: Decision; readonly evidence: readonly Evidence[] }
/** `refused`: by either side, and the decision says why. `not-linked`: the other body does not know who is meant. `unreachable`: it does not answer in time. `not-believed`: its answer does not prove itself. */
export type AskRefusal = Refusal<'refused' | 'not-linked' | 'unreachable' | 'not-believed'> & { readonly decision?: Decision };

/** Asks other bodies: decided here first, written down before it leaves, and written down again when the answer has proved itself. @internal */
@Injectable()
export class AsksExchange {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly links: Links, private readonly choices: Choices, private readonly log: SharingLog,
    @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws Unavailable when it cannot be written down here: then nothing was asked */
  async ask(ctx: RequestContext, question: Question): Promise<Outcome<Told, AskRefusal>> {
    const { agreementId, holder, localId, attributes, because, by } = question;
    const [peer, kept, link, choice, { checkpoint }, disputed] = await Promise.all([
      this.peers.find(ctx, holder), this.agreements.find(ctx, agreementId), this.links.ofPerson(ctx, holder, localId), this.choices.find(ctx, localId, agreementId), this.log.head(ctx), disputedOf(this.db, ctx, localId, attributes),
    ]);
    if (!link) return refused('not-linked', `${holder} does not know who is meant.`);
    const now = this.clock.now();
    const request: ExchangeRequest = {
      exchange: this.ids.uuid(), agreement: kept ? agreementName(kept.document) : `${agreementId}@1`, purpose: kept?.document.purpose ?? '', subject: link.pairwise, attributes, because, by,
      choice: choice ? { state: choice.state, at: choice.at, asOf: now.toISOString(), receipt: documentDigest(choice) } : null, assurance: null, checkpoint,
    };
    const decision = decide(request, {
      now, vocabulary: kept?.vocabulary ?? this.agreements.vocabulary(ctx, []), asker: this.node.id(ctx), asked: holder, agreement: kept, isPeerTrusted: peer !== undefined, isPeerLogWhole: peer?.isLogWhole ?? false, choice,
      // What others have found of this body's own systems is for the other side to judge.
      assuranceGaps: [], isChannelProven: true, objections: kept?.objections ?? [], subject: 'one', disputed,
    });
    const body = JSON.stringify(request);
    const subject = subjectMark(link.subjectKey, link.localId);
    await this.log.append(ctx, { entry: entryOf('asked', request, { at: now, peer: holder, subject, decision, req: contentDigest(body) }), alongside: (tx) => { keepLook(tx, request, { peerId: holder, localId, at: now }); } });
    if (!decision.allow || !peer || !kept) return turnedDown(decision);
    return this.#send(ctx, { request, body, peer, kept, subject });
  }

  async #send(ctx: RequestContext, { request, body, peer, kept, subject }: { readonly request: ExchangeRequest; readonly body: string; readonly peer: Peer; readonly kept: KeptAgreement; readonly subject: string }): Promise<Outcome<Told, AskRefusal>> {
    const message = signRequest({ method: 'POST', targetUri: `${peer.body.endpoint}/exchange`, body }, this.node.signer(ctx), { tag: TAG, created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
    const answered = await this.#exchange(message, this.node.guard(ctx, peer.isListed));
    if (!answered) return refused('unreachable', `${peer.body.id} does not answer at the moment.`);
    const now = this.clock.now();
    const verified = verifyAnswer({ status: answered.status, fields: answered.headers, body: answered.body }, message, { tag: TAG, now, keyFor: (keyid) => keyOf(peer.body, keyid, now) });
    if (!verified.ok) return refused('not-believed', verified.refusal.message);
    const read = readExchangeAnswer(jsonIn(answered.body));
    if (!read.ok) return refused('not-believed', answered.status === 200 || answered.status === 403 ? read.refusal.message : `${peer.body.id} answered ${answered.status}.`);
    const answer = read.value;
    const fault = answerFault(answer, { request, question: contentDigest(body), status: answered.status, asker: this.node.id(ctx), holder: peer.body, vocabulary: kept.vocabulary, now });
    if (fault !== undefined) return refused('not-believed', fault);
    const received = entryOf('received', request, { at: now, peer: peer.body.id, subject, decision: answer.decision, req: contentDigest(body), res: answerDigest(answer), peerCheckpoint: contentDigest(answer.log.checkpoint) });
    await this.log.append(ctx, { entry: received, alongside: (tx) => { keepHeard(tx, peer.body.id, checkpointIn(answer.log.checkpoint), answer.log.checkpoint); } });
    return answer.decision.allow ? done({ exchange: answer.exchange, decision: answer.decision, evidence: answer.evidence }) : turnedDown(answer.decision);
  }

  async #exchange({ targetUri, method, fields, body }: SignedRequest, guard: ReturnType<OwnNode['guard']>): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined> {
    try {
      const response = await this.outbound.fetch(targetUri, { method: method as 'POST', headers: fields as Readonly<Record<string, string>>, body, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...guard });
      // A server that is overwhelmed, or a door before it, signs nothing: that is no answer.
      return response.status >= 500 || response.status === 429 ? undefined : { status: response.status, headers: response.headers, body: response.text() };
    } catch (error) {
      // One that may not be called, since it leads into a network that is not public, does not answer either.
      if (isGuildhallError(error) && (error.code === 'unavailable' || error.code === 'not-allowed')) return undefined;
      throw error;
    }
  }
}

function turnedDown(decision: Decision): { readonly ok: false; readonly refusal: AskRefusal } {
  return { ok: false, refusal: { reason: 'refused', message: decision.reasons.filter(({ pass }) => !pass).map(({ text }) => `${text.en}.`).join(' '), decision } };
}
