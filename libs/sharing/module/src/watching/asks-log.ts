import { randomBytes } from 'node:crypto';
import { OUTBOUND } from '@guildhall/kernel';
import { CLOCK, Unavailable, isGuildhallError, type Clock, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { signRequest, verifyAnswer, type Body } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn, keyOf } from '../asking/messages';
import { OwnNode } from '../node/own-node';

/** For what questions about a log, and the answers to them, are signed. */
export const LOG_TAG = 'guildhall-log';
const ANSWERED_WITHIN_SECONDS = 5;

/** Whose log. */
export interface OfWhom { readonly body: Body; /** Known by a list alone, its address too. */ readonly isListed: boolean }
/** What is answered about a log. */
export interface LogAnswer {
  /** Nothing where it says that it has none such (400). */
  readonly said: Readonly<Record<string, unknown>> | undefined;
  /** Whether the body has signed that, to this question. What anybody on the way might have answered, or a body of a version that does not sign it, may prove something by what is in it, and never that something is missing. */
  readonly isOwn: boolean;
}

/** Asks another body about its log, by messages that are signed so that the answers can be. */
@Injectable()
export class AsksLog {
  constructor(private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @param path below the address of the log: `leaves?from=3` @throws Unavailable when nobody answers, or not with what was asked */
  async ask(ctx: RequestContext, { body, isListed }: OfWhom, path: string): Promise<LogAnswer> {
    const question = signRequest({ method: 'GET', targetUri: `${body.endpoint}/log/${path}`, body: '' }, this.node.signer(ctx), { tag: LOG_TAG, created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
    const response = await this.outbound.fetch(question.targetUri, { headers: { ...(question.fields as Readonly<Record<string, string>>), accept: 'application/json' }, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...this.node.guard(ctx, isListed) });
    const { status, headers } = response;
    const text = response.text();
    const now = this.clock.now();
    const isOwn = verifyAnswer({ status, fields: headers, body: text }, question, { tag: LOG_TAG, now, keyFor: (keyid) => keyOf(body, keyid, now) }).ok;
    if (status === 400) return { said: undefined, isOwn };
    const said = status === 200 ? jsonIn(text) : undefined;
    if (typeof said !== 'object' || said === null) throw new Unavailable(`The log answers ${status}, and not with what was asked.`);
    return { said: said as Readonly<Record<string, unknown>>, isOwn };
  }

  /** What the log says of itself now; nothing where it does not answer. */
  async note(ctx: RequestContext, { body, isListed }: OfWhom): Promise<string> {
    try {
      const { status, text } = await this.outbound.fetch(`${body.endpoint}/log/checkpoint`, { timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...this.node.guard(ctx, isListed) });
      return status === 200 ? text() : '';
    } catch (error) {
      if (!isNotReached(error)) throw error;
      return '';
    }
  }
}

/** Whether nobody was there, or nobody who may be called. */
export function isNotReached(error: unknown): boolean { return isGuildhallError(error) && (error.code === 'unavailable' || error.code === 'not-allowed'); }
