import { randomBytes } from 'node:crypto';
import { Database, OUTBOUND } from '@guildhall/kernel';
import { CLOCK, IDS, done, isGuildhallError, refused, type Clock, type Ids, type Outbound, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import {
  agreementName, answerFault, choiceThatCounts, contentDigest, decide, entryOf, readExchangeAnswer, signRequest, subjectMark, verifyAnswer, type AttributeId, type Decision, type Evidence, type ExchangeAnswer, type ExchangeRequest, type SignedRequest,
} from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { choiceSaid } from '../choosing/choices';
import { HearsChoice, type SaidChoice } from '../choosing/hears-choice';
import { EvidenceStore, type StoredEvidence } from '../evidence/evidence-store';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Peers, checkpointIn, keepHeard, type Peer } from '../knowing/peers';
import { SharingLog } from '../logging/sharing-log';
import { keepLook } from '../looking/keep-look';
import { OwnNode } from '../node/own-node';
import { READS_FIELD, READS_MORE, jsonIn, keyOf } from './messages';
import { OpenQuestions, type OpenQuestion } from './open-questions';
import { whomHere } from './whom';
import { whyNot } from './why-not';

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
  /** Whether what is told is kept for the service that asks, as long and for what the agreement says: with the line of the log that says that it came, or not at all. */
  readonly isKept?: boolean;
}
/** What was told, and of it what was kept; what of the rest is too old to be told; and what its records are called. */
export interface Told extends Pick<ExchangeAnswer, 'exchange' | 'decision' | 'evidence' | 'tooOld' | 'sourceTitles'> { readonly kept: readonly StoredEvidence[] }
/** `refused`: by either side, and the decision says why. `not-linked`: the other body does not know who is meant. `unreachable`: it does not answer in time. `not-believed`: its answer does not prove itself. */
export type AskRefusal = Refusal<'refused' | 'not-linked' | 'unreachable' | 'not-believed'> & { readonly decision?: Decision };

/** A question that may leave. */
interface Sent { readonly question: Question; readonly request: ExchangeRequest; readonly body: string; /** Signed now unless it was. */ readonly message?: SignedRequest; readonly peer: Peer; readonly kept: KeptAgreement; /** Of the question, and of whom it means, as the log has it. */ readonly req: string; readonly subject: string }

/** Asks other bodies: decided here first, written down before it leaves, and written down again when the answer has proved itself. @internal */
@Injectable()
export class AsksExchange {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly log: SharingLog,
    private readonly evidence: EvidenceStore, private readonly open: OpenQuestions, private readonly hears: HearsChoice,
    @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws Unavailable when it cannot be written down here: then nothing was asked */
  ask(ctx: RequestContext, question: Question): Promise<Outcome<Told, AskRefusal>> { return this.#ask(ctx, question, true); }

  async #ask(ctx: RequestContext, question: Question, isScopeSaid: boolean): Promise<Outcome<Told, AskRefusal>> {
    const { agreementId, holder, localId, attributes, because, by } = question;
    const [peer, kept, { link, choice, disputed }, { checkpoint }] = await Promise.all([this.peers.find(ctx, holder), this.agreements.find(ctx, agreementId), whomHere(this.db, ctx, localId, { peerId: holder, agreementId, attributes }), this.log.head(ctx)]);
    if (!link) return refused('not-linked', `${holder} does not know who is meant.`);
    const counted = kept && choiceThatCounts(kept.document, choice);
    const heard = kept && counted?.state === 'given' ? await this.hears.hear(ctx, { document: kept.document, holder, localId, link, choice }) : undefined;
    const now = this.clock.now();
    const said = choiceSaid(counted, heard && !heard.isUnsaid ? heard.asOf : now);
    const request: ExchangeRequest = {
      exchange: this.ids.uuid(), agreement: kept ? agreementName(kept.document) : `${agreementId}@1`, purpose: kept?.document.purpose ?? '', subject: link.pairwise, attributes, because, by,
      choice: said && !isScopeSaid ? { ...said, scope: undefined } : said, assurance: null, checkpoint,
    };
    const decision = this.#decide(ctx, request, { holder, peer, kept, choice: heard?.choice ?? choice, disputed });
    const body = JSON.stringify(request);
    const req = contentDigest(body);
    const subject = subjectMark(link.subjectKey, link.localId);
    let message: SignedRequest | undefined;
    await this.log.append(ctx, {
      entry: entryOf('asked', request, { at: now, peer: holder, subject, decision, req }),
      alongside: (tx) => {
        keepLook(tx, request, { peerId: holder, localId, at: now });
        if (decision.allow) this.open.keep(tx, { question, body, exchange: request.exchange });
      },
      meanwhile: () => { if (decision.allow && peer) message ??= this.#sign(ctx, peer, body); },
    });
    // Whoever does not say how their choice stands is not asked: that is all that stands against it.
    if (heard?.isCertain === false && !heard.isUnsaid && decision.reasons.every(({ id, pass }) => pass || id === 'choice-fresh')) return refused('unreachable', `${holder} does not answer at the moment.`);
    if (!decision.allow || !peer || !kept) return turnedDown(decision);
    const asked = await this.#send(ctx, { question, request, body, message, peer, kept, req, subject });
    if (asked.ok || asked.refusal.status !== 400 || request.choice?.scope === undefined) return asked;
    // One of a version before scopes does not understand them; it has not looked at the question.
    await this.open.letBe(ctx, request.exchange);
    return this.#ask(ctx, question, false);
  }

  /** The same question once more, to whoever did not answer: by the same name, so that it is answered once; and only while it may be asked. Whoever waited for it does so no more. */
  async askAgain(ctx: RequestContext, { question, body }: OpenQuestion): Promise<'unreachable' | 'settled'> {
    const request = JSON.parse(body) as ExchangeRequest;
    const { agreementId, holder, localId, attributes } = question;
    const [peer, kept, { link, choice, disputed }] = await Promise.all([this.peers.find(ctx, holder), this.agreements.find(ctx, agreementId), whomHere(this.db, ctx, localId, { peerId: holder, agreementId, attributes })]);
    const mayBeAsked = link?.pairwise === request.subject && this.#decide(ctx, request, { holder, peer, kept, choice, disputed }).allow;
    if (!mayBeAsked || !peer || !kept) {
      await this.open.letBe(ctx, request.exchange);
      return 'settled';
    }
    const asked = await this.#send(ctx, { question, request, body, peer, kept, req: contentDigest(body), subject: subjectMark(link.subjectKey, link.localId) });
    return !asked.ok && asked.refusal.reason === 'unreachable' ? 'unreachable' : 'settled';
  }

  #decide(ctx: RequestContext, request: ExchangeRequest, { holder, peer, kept, choice, disputed }: { readonly holder: string; readonly peer: Peer | undefined; readonly kept: KeptAgreement | undefined; readonly choice: SaidChoice | undefined; readonly disputed: readonly string[] }): Decision {
    return decide(request, {
      now: this.clock.now(), vocabulary: kept?.vocabulary ?? this.agreements.vocabulary(ctx, []), asker: this.node.id(ctx), asked: holder, agreement: kept, isPeerTrusted: peer !== undefined, isPeerLogWhole: peer?.isLogWhole ?? false, choice,
      // What others have found of this body's own systems is for the other side to judge.
      assuranceGaps: [], isChannelProven: true, objections: kept?.objections ?? [], subject: 'one', disputed,
    });
  }

  #sign(ctx: RequestContext, { body: { endpoint } }: Peer, body: string): SignedRequest {
    return signRequest({ method: 'POST', targetUri: `${endpoint}/exchange`, body }, this.node.signer(ctx), { tag: TAG, created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
  }

  async #send(ctx: RequestContext, { question, request, body, peer, kept, req, subject, message = this.#sign(ctx, peer, body) }: Sent): Promise<Outcome<Told, AskRefusal & { readonly status?: number }>> {
    const answered = await this.#exchange(message, this.node.guard(ctx, peer.isListed));
    if (!answered) return refused('unreachable', `${peer.body.id} does not answer at the moment.`);
    const now = this.clock.now();
    const verified = verifyAnswer({ status: answered.status, fields: answered.headers, body: answered.body }, message, { tag: TAG, now, keyFor: (keyid) => keyOf(peer.body, keyid, now) });
    if (!verified.ok) return refused('not-believed', verified.refusal.message);
    const read = readExchangeAnswer(jsonIn(answered.body));
    if (!read.ok) return { ok: false, refusal: { reason: 'not-believed', message: answered.status === 200 || answered.status === 403 ? read.refusal.message : `${peer.body.id} answered ${answered.status}.`, status: answered.status } };
    const answer = read.value;
    const fault = answerFault(answer, { request, question: req, status: answered.status, asker: this.node.id(ctx), holder: peer.body, vocabulary: kept.vocabulary, now });
    if (fault !== undefined) return refused('not-believed', fault);
    // That its entry has the digest of the answer is proved by now.
    const received = entryOf('received', request, { at: now, peer: peer.body.id, subject, decision: answer.decision, req, res: answer.log.entry.res, peerCheckpoint: contentDigest(answer.log.checkpoint) });
    const stored: StoredEvidence[] = [];
    await this.log.append(ctx, { entry: received, alongside: (tx) => {
      keepHeard(tx, peer.body.id, checkpointIn(answer.log.checkpoint), answer.log.checkpoint);
      // Written a second time where the first did not come about.
      stored.length = 0;
      if (question.isKept) stored.push(...answer.evidence.map((evidence) => this.#keep(tx, question, { evidence, kept, exchange: answer.exchange })));
    } });
    return answer.decision.allow ? done({ exchange: answer.exchange, decision: answer.decision, evidence: answer.evidence, ...(answer.tooOld && { tooOld: answer.tooOld }), ...(answer.sourceTitles && { sourceTitles: answer.sourceTitles }), kept: stored }) : turnedDown(answer.decision);
  }

  #keep(tx: TransactionContext, { holder, localId, by }: Question, { evidence, kept: { document }, exchange }: { readonly evidence: Evidence; readonly kept: KeptAgreement; readonly exchange: string }): StoredEvidence {
    return this.evidence.keepTold(tx, { localId, attribute: evidence.attribute, purposes: [document.purpose], service: by.service ?? '', keptFor: document.retention, evidence, toldBy: holder, agreementId: document.id, exchangeId: exchange });
  }

  async #exchange({ targetUri, method, fields, body }: SignedRequest, guard: ReturnType<OwnNode['guard']>): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined> {
    try {
      const response = await this.outbound.fetch(targetUri, { method: method as 'POST', headers: { ...(fields as Readonly<Record<string, string>>), [READS_FIELD]: READS_MORE }, body, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...guard });
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
  return { ok: false, refusal: { reason: 'refused', message: whyNot(decision), decision } };
}
