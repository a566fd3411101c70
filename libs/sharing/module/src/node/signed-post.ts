import { randomBytes } from 'node:crypto';
import { Database, LOG, OUTBOUND, audit, originOf } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type Log, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { signAnswer, signRequest, verifyAnswer, verifyRequest, type Body, type SignedAnswer, type SignedFor, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, keyOf, nonceOf } from '../asking/messages';
import { UnprovenQuestions } from '../asking/unproven-questions';
import { Peers, type Peer } from '../knowing/peers';
import type { Appending } from '../logging/sharing-log';
import { OwnNode } from './own-node';

/** What is sent to another body. */
export interface Sending {
  readonly tag: SignedFor;
  /** Below its endpoint: `corrections`. */
  readonly path: string;
  readonly content: object;
  /** The same as a body of a version before understands it: sent once more where it answers, signed, that it does not (400). */
  readonly older?: object;
  readonly timeoutInSeconds?: number;
}
/** A message as it came. */
export interface Came extends SignedRequest { /** The internet address that it came from. */ readonly from?: string }
/** What came from another body: it is theirs, and was made just now. Whether it came before is for whoever keeps its nonce to say. */
export interface Received<Message> { readonly message: Message; readonly peer: Peer; readonly nonce: NonNullable<Appending['nonce']> }
/** What is said to it; what is refused is a problem (RFC 9457). */
export type Reply = { readonly status: 200; readonly content: object } | { readonly status: number; readonly detail: string; /** Beside the usual members. */ readonly more?: object };
/** Messages of one kind. */
export interface Receiving<Message> {
  readonly tag: SignedFor;
  /** Of what is refused: `The choice was not taken`. */
  readonly title: string;
  readonly read: (json: unknown) => Outcome<Message, Refusal<string>>;
}

/** Messages between this body and others, signed by whoever sends and by whoever answers (RFC 9421). @internal */
@Injectable()
export class SignedPost {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly unproven: UnprovenQuestions, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly diary: Log,
  ) {}

  /** @returns what it says; undefined where it does not answer, or anybody might have */
  async send(ctx: RequestContext, body: Body, sending: Sending): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const { older, ...as } = sending;
    const answered = await this.exchange(ctx, body, as);
    if (!answered?.isProven) return undefined;
    return answered.status === 400 && older ? this.send(ctx, body, { ...as, content: older }) : answered;
  }

  /** @returns what is answered at its address, and whether it is proven that it is by this body; undefined where nothing is */
  async exchange(ctx: RequestContext, body: Body, { tag, path, content, timeoutInSeconds }: Sending): Promise<{ readonly status: number; readonly text: string; readonly isProven: boolean } | undefined> {
    const request = signRequest({ method: 'POST', targetUri: `${body.endpoint}/${path}`, body: JSON.stringify(content) }, this.node.signer(ctx), { tag, created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
    const peer = await this.peers.find(ctx, body.id);
    try {
      const { status, headers, text } = await this.outbound.fetch(request.targetUri, { method: 'POST', headers: request.fields as Readonly<Record<string, string>>, body: request.body, ...(timeoutInSeconds !== undefined && { timeoutInSeconds }), ...this.node.guard(ctx, peer?.isListed ?? true) });
      const now = this.clock.now();
      const said = text();
      return { status, text: said, isProven: verifyAnswer({ status, fields: headers, body: said }, request, { tag, now, keyFor: (keyid) => keyOf(body, keyid, now) }).ok };
    } catch (error) {
      if (isGuildhallError(error) && (error.code === 'unavailable' || error.code === 'not-allowed')) return undefined;
      throw error;
    }
  }

  /**
   * Answers what came; what is not as it should be, or is by nobody who is known, is refused before anybody looks at it. Each no is on record: by whom, where that is proved, and how. What cannot be looked up or written
   * down is answered 503, signed, and can be said again.
   */
  async receive<Message>(ctx: RequestContext, came: Came, receiving: Receiving<Message>, answer: (received: Received<Message>) => Promise<Reply>): Promise<SignedAnswer> {
    const { tag, title } = receiving;
    const say = (reply: Reply): SignedAnswer => {
      const [body, contentType] = 'content' in reply ? [reply.content, 'application/json' as const] : [{ type: 'about:blank', title, status: reply.status, detail: reply.detail, ...reply.more }, 'application/problem+json' as const];
      return signAnswer({ status: reply.status, body: JSON.stringify(body), contentType }, came, this.node.signer(ctx), { tag, created: this.clock.now() });
    };
    try {
      const { reply, peer } = await this.#reply(ctx, came, receiving, answer);
      if (reply.status >= 400) await this.#noteRefused(ctx, came, { status: reply.status, peer });
      return say(reply);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') this.diary.error('sharing.not-answered', { correlationId: ctx.correlationId, error: (error as { readonly code?: string }).code ?? (error as Error).name, at: originOf(error) });
      return say({ status: 503, detail: 'It cannot be answered at the moment.' });
    }
  }

  async #reply<Message>(ctx: RequestContext, came: Came, { tag, read }: Receiving<Message>, answer: (received: Received<Message>) => Promise<Reply>): Promise<{ readonly reply: Reply; readonly peer: string | null }> {
    const now = this.clock.now();
    const found = read(jsonIn(came.body));
    if (!found.ok) return { reply: { status: 400, detail: found.refusal.message }, peer: null };
    const peer = await this.peers.find(ctx, bodyNamedIn(came));
    const verified = verifyRequest(came, { tag, now, keyFor: (keyid) => keyOf(peer?.body, keyid, now) });
    if (!verified.ok || !peer) return { reply: { status: 401, detail: verified.ok ? 'This body is not known here.' : verified.refusal.message }, peer: null };
    return { reply: await answer({ message: found.value, peer, nonce: nonceOf(verified.value) }), peer: peer.body.id };
  }

  /** Of those of which nobody is proved to have sent them only so many a minute: anybody can send them, and the record is kept. */
  async #noteRefused(ctx: RequestContext, { targetUri, from = '' }: Came, { status, peer }: { readonly status: number; readonly peer: string | null }): Promise<void> {
    if (peer === null && this.unproven.isOneTooMany(ctx, from)) return;
    const path = targetUri.slice(this.node.body(ctx).endpoint.length + 1);
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.message-refused', subject: { type: 'sharing.peer', id: peer ?? 'nobody' }, detail: { peer, path, status } })));
  }
}
