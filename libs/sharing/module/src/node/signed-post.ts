import { randomBytes } from 'node:crypto';
import { OUTBOUND } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { signAnswer, signRequest, verifyAnswer, verifyRequest, type Body, type SignedAnswer, type SignedFor, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, keyOf, nonceOf } from '../asking/messages';
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
  constructor(private readonly node: OwnNode, private readonly peers: Peers, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock) {}

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

  /** Answers what came; what is not as it should be, or is by nobody who is known, is refused before anybody looks at it. */
  async receive<Message>(ctx: RequestContext, signed: SignedRequest, { tag, title, read }: Receiving<Message>, answer: (received: Received<Message>) => Promise<Reply>): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (reply: Reply): SignedAnswer => {
      const [body, contentType] = 'content' in reply ? [reply.content, 'application/json' as const] : [{ type: 'about:blank', title, status: reply.status, detail: reply.detail, ...reply.more }, 'application/problem+json' as const];
      return signAnswer({ status: reply.status, body: JSON.stringify(body), contentType }, signed, this.node.signer(ctx), { tag, created: now });
    };
    const found = read(jsonIn(signed.body));
    if (!found.ok) return say({ status: 400, detail: found.refusal.message });
    const peer = await this.peers.find(ctx, bodyNamedIn(signed));
    const verified = verifyRequest(signed, { tag, now, keyFor: (keyid) => keyOf(peer?.body, keyid, now) });
    if (!verified.ok || !peer) return say({ status: 401, detail: verified.ok ? 'This body is not known here.' : verified.refusal.message });
    return say(await answer({ message: found.value, peer, nonce: nonceOf(verified.value) }));
  }
}
