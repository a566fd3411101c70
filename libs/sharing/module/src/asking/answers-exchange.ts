import { randomBytes } from 'node:crypto';
import { Database, LOG, isTaken, originOf, write } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type Log, type RequestContext, type Text, type TransactionContext } from '@guildhall/kernel-contract';
import {
  CAME_BEFORE, answerDigest, contentDigest, decide, entryOf, readExchangeRequest, signAnswer, signatureFault, subjectMark, verifyRequest, type Body, type Checkpoint, type Decision, type Entry, type ExchangeAnswer, type ExchangeProblem, type ExchangeRequest, type SignedAnswer, type SignedRequest, type World,
} from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal, unseal } from '../data/sealed';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Peers, checkpointBy, keepHeard, type Peer } from '../knowing/peers';
import { REPLAYED, SharingLog, type Appended, type Appending } from '../logging/sharing-log';
import { keepLook } from '../looking/keep-look';
import { OwnNode } from '../node/own-node';
import { TellsEvidence, type WhatIsTold } from '../sources/tells-evidence';
import { AssuranceOf } from './assurance-of';
import { inTheMeantime } from './in-the-meantime';
import { bodyNamedIn, jsonIn, keyOf, nonceOf, problem, readsMore } from './messages';
import { UnprovenQuestions } from './unproven-questions';
import { whomNamed, type Whom } from './whom';
import { whyNot } from './why-not';

const TAG = 'guildhall-exchange';
/** How long the same question gets the same answer: by then nobody asks again what they did not get. */
const ANSWERED_FOR_MS = 24 * 60 * 60 * 1000;
/** Stands in the log for somebody of whom it is not known who they are: there is no key of theirs. */
const NOBODY = 'nobody';

const NOTHING: WhatIsTold = { evidence: [] };

/** A question, and what is known here of it. */
interface Asked extends Whom {
  readonly message: SignedRequest;
  /** The internet address that it came from. */
  readonly from: string;
  readonly request: ExchangeRequest;
  /** Who asks, where the signature proves it. */
  readonly peer: Peer | undefined;
  /** How far its log has come, as it says with its signature. */
  readonly said: Checkpoint | undefined;
  readonly agreement: KeptAgreement | undefined;
  readonly nonce: Appending['nonce'];
  /** Why the signature is not believed. */
  readonly fault?: Text;
}

/** A question of which nobody knows who asks it: nothing is known of it, and nothing will be told. */
function unproven({ message, from, request }: Pick<Asked, 'message' | 'from' | 'request'>): Asked { return { message, from, request, peer: undefined, said: undefined, link: undefined, choice: undefined, disputed: [], agreement: undefined, nonce: undefined }; }

/** What a question proves, if this body is who asks. */
function proofOf(message: SignedRequest, { checkpoint }: ExchangeRequest, body: Body | undefined, now: Date): { readonly verified: ReturnType<typeof verifyRequest>; readonly said: Checkpoint | undefined } {
  const verified = verifyRequest(message, { tag: TAG, now, keyFor: (keyid) => keyOf(body, keyid, now) });
  return { verified, said: body && verified.ok ? checkpointBy(body, checkpoint, now) : undefined };
}

function idOf({ agreement }: ExchangeRequest): string { return agreement.split('@')[0] ?? ''; }

/** What was answered before. */
interface Earlier { readonly question: string; readonly sealed: Buffer; readonly status: number; readonly index: string; readonly leaf: string }

/** What other bodies ask: decided, written down, and only then told. */
@Injectable()
export class AnswersExchange {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly log: SharingLog,
    private readonly assurance: AssuranceOf, private readonly unproven: UnprovenQuestions, private readonly tells: TellsEvidence, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  /**
   * Answers a question, or refuses it with every reason; either way signed, and in the log before it is told. What cannot be looked up or written down is not told: 503, and it can be asked again.
   * @param from the internet address that it came from
   */
  async answer(ctx: RequestContext, message: SignedRequest, from: string): Promise<SignedAnswer> {
    try {
      return await this.#answer(ctx, message, from);
    } catch (error) {
      const isSaid = isGuildhallError(error) && error.code === 'unavailable';
      if (!isSaid) this.diary.error('sharing.not-answered', { correlationId: ctx.correlationId, error: (error as { readonly code?: string }).code ?? (error as Error).name, at: originOf(error) });
      return this.#sign(ctx, message, 503, problem(503, 'Not at the moment', isSaid ? error.message : 'It cannot be answered at the moment.'));
    }
  }

  async #answer(ctx: RequestContext, message: SignedRequest, from: string): Promise<SignedAnswer> {
    const read = readExchangeRequest(jsonIn(message.body));
    if (!read.ok) return this.#sign(ctx, message, 400, problem(400, 'This is no question', read.refusal.message));
    const request = read.value;
    const now = this.clock.now();
    const name = bodyNamedIn(message);
    const before = this.peers.lastRead(ctx, name);
    // All in one round trip: what it is worth is known when the signature is. That is looked at meanwhile, by what was known before of whoever asks; where something else is known now, again by that.
    const [known, earlier, whom, agreement, early] = await Promise.all([
      this.peers.find(ctx, name), this.#earlier(ctx, name, request.exchange), whomNamed(this.db, ctx, request.subject, { peerId: name, agreementId: idOf(request), attributes: this.tells.bases(ctx, request.attributes) }), this.agreements.find(ctx, idOf(request)), before && inTheMeantime(() => proofOf(message, request, before, now)),
    ]);
    const { verified, said } = early && known?.body === before ? early : proofOf(message, request, known?.body, now);
    if (!verified.ok || !known) return this.#decideAndTell(ctx, { ...unproven({ message, from, request }), fault: verified.ok ? undefined : signatureFault(verified.refusal) });
    const asked: Asked = { message, from, request, peer: known, said, ...whom, disputed: this.tells.disputed(ctx, request.attributes, whom.disputed), agreement, nonce: nonceOf(verified.value) };
    return earlier ? this.#tellAgain(ctx, asked, earlier) : this.#decideAndTell(ctx, asked);
  }

  async #decideAndTell(ctx: RequestContext, asked: Asked): Promise<SignedAnswer> {
    if (!asked.peer && this.unproven.isOneTooMany(ctx, asked.from)) return this.#sign(ctx, asked.message, 429, problem(429, 'Too many questions', 'Too many questions came of which it is not proved who asks them. Ask again in a minute.'));
    const decision = decide(asked.request, this.#world(ctx, asked));
    const what = decision.allow && asked.link ? await this.tells.of(ctx, asked.link.localId, asked.request.attributes) : NOTHING;
    try {
      return await this.#tell(ctx, asked, decision, what);
    } catch (error) {
      // The same question came twice at once: the other one was written down.
      const earlier = isTaken(error, 'sharing.answer') ? await this.#earlier(ctx, asked.peer?.body.id ?? '', asked.request.exchange) : undefined;
      if (!earlier) throw error;
      return this.#tellAgain(ctx, asked, earlier);
    }
  }

  #world(ctx: RequestContext, { peer, said, link, choice, disputed, agreement: kept, fault }: Asked): World {
    const now = this.clock.now();
    const { gaps, isChannelProven } = peer ? this.assurance.of(ctx, peer, kept?.document.assurance ?? [], now) : { gaps: [], isChannelProven: false };
    return {
      now, vocabulary: kept?.vocabulary ?? this.agreements.vocabulary(ctx, []), asker: peer?.body.id, signatureFault: fault, asked: this.node.id(ctx), agreement: kept, isPeerTrusted: peer !== undefined,
      isPeerLogWhole: peer !== undefined && peer.isLogWhole && said !== undefined, choice, assuranceGaps: gaps, isChannelProven, objections: kept?.objections ?? [],
      subject: link ? 'one' : 'none', disputed,
    };
  }

  /** Written down first; told when that is durable. */
  async #tell(ctx: RequestContext, asked: Asked, decision: Decision, what: WhatIsTold, isKept = true): Promise<SignedAnswer> {
    const { message, request, peer, said, link, nonce } = asked;
    const now = this.clock.now();
    const told = { exchange: request.exchange, salt: randomBytes(16).toString('base64url'), decision, ...what };
    const status = decision.allow ? 200 : 403;
    const question = contentDigest(message.body);
    const entry = entryOf('answered', request, {
      at: now, peer: peer?.body.id ?? null, subject: link ? subjectMark(link.subjectKey, link.localId) : NOBODY, decision, req: question, res: answerDigest(told), peerCheckpoint: request.checkpoint === null ? null : contentDigest(request.checkpoint),
    });
    const answerAt = (place: Appended): SignedAnswer => this.#sign(ctx, message, status, bodyOf(status, asRead(message, { ...told, log: { entry, ...place } })));
    let ready: { readonly place: Appended; readonly answer: SignedAnswer } | undefined;
    const appended = await this.log.append(ctx, {
      entry, nonce,
      alongside: (tx) => {
        if (peer && said) keepHeard(tx, peer.body.id, said, request.checkpoint ?? '');
        if (peer && link) keepLook(tx, request, { peerId: peer.body.id, localId: link.localId, at: now });
        if (peer && isKept) this.#keep(tx, peer, told, { question, status, until: new Date(now.getTime() + ANSWERED_FOR_MS) });
      },
      meanwhile: (place) => { ready = { place, answer: answerAt(place) }; },
    });
    // What came before is refused as anything else: by a decision that is in the log.
    if (appended === REPLAYED) return this.#decideAndTell(ctx, { ...unproven(asked), fault: CAME_BEFORE });
    return ready?.place === appended ? ready.answer : answerAt(appended);
  }

  /** Sealed: what was told is nobody's to read here. */
  #keep(tx: TransactionContext, { body: { id } }: Peer, told: Omit<ExchangeAnswer, 'log'>, { question, status, until }: { readonly question: string; readonly status: number; readonly until: Date }): void {
    const sealed = seal(tx, `${id} ${told.exchange}`, JSON.stringify(told));
    write(tx, `insert into sharing.answer (council_id, peer_id, exchange_id, question, sealed, status, until) values ($1, $2, $3, $4, decode($5, 'base64'), $6, $7)`, [tx.council.id, id, told.exchange, question, sealed.toString('base64'), status, until]);
  }

  async #earlier(ctx: RequestContext, peerId: string, exchange: string): Promise<Earlier | undefined> {
    const [row] = await this.db.query<Earlier>(ctx, `
      select a.question, a.sealed, a.status, e.index::text as index, e.leaf from sharing.answer a
      cross join lateral (select e.index, e.leaf from sharing.entry e where e.council_id = a.council_id and e.exchange_id = a.exchange_id and e.kind = 'answered' and e.peer = a.peer_id order by e.index limit 1) e
      where a.council_id = $1 and a.peer_id = $2 and a.exchange_id = $3`, [ctx.council.id, peerId, exchange]);
    return row;
  }

  /** The same answer to the same question, however often it is asked: whoever did not get it asks again, and it is in the log once. Not when somebody has said no meanwhile. */
  async #tellAgain(ctx: RequestContext, asked: Asked, { question, sealed, status, index, leaf }: Earlier): Promise<SignedAnswer> {
    const { message, request, peer, nonce } = asked;
    if (question !== contentDigest(message.body)) return this.#sign(ctx, message, 409, problem(409, 'Another question', 'Another question was asked under this id. A new question has a new one.'));
    const decision = decide(request, this.#world(ctx, asked));
    if (status === 200 && !decision.allow) return this.#tell(ctx, asked, decision, NOTHING, false);
    const [[fresh], { size, checkpoint }] = await Promise.all([
      this.db.query(ctx, 'insert into sharing.nonce (council_id, keyid, nonce, until) values ($1, $2, $3, $4) on conflict do nothing returning keyid', [ctx.council.id, nonce?.keyid, nonce?.nonce, nonce?.until]),
      this.log.head(ctx),
    ]);
    if (!fresh) return this.#decideAndTell(ctx, { ...unproven(asked), fault: CAME_BEFORE });
    const told = JSON.parse(unseal(ctx, `${peer?.body.id ?? ''} ${request.exchange}`, sealed)) as Omit<ExchangeAnswer, 'log'>;
    return this.#sign(ctx, message, status, bodyOf(status, asRead(message, { ...told, log: { entry: JSON.parse(leaf) as Entry, index: Number(index), proof: await this.log.inclusionProof(ctx, Number(index), size), checkpoint } })));
  }

  #sign(ctx: RequestContext, message: SignedRequest, status: number, body: string): SignedAnswer {
    return signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: TAG, created: this.clock.now() });
  }
}

/** A body of the version before reads no member that it does not know; one that does says which. */
function asRead(message: SignedRequest, { tooOld, sourceTitles, ...before }: ExchangeAnswer): ExchangeAnswer {
  const reads = readsMore(message);
  return { ...before, ...(tooOld && reads.has('too-old') && { tooOld }), ...(sourceTitles && reads.has('source-titles') && { sourceTitles }) };
}

function bodyOf(status: number, answer: ExchangeAnswer): string {
  if (status === 200) return JSON.stringify(answer);
  const detail = whyNot(answer.decision);
  const refusal: ExchangeProblem = { type: 'about:blank', title: 'This is not told', status, detail, ...answer };
  return JSON.stringify(refusal);
}
