import { Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { Ctx, Public, Webhook, json, written, type GuildhallRequest, type JsonResult, type WrittenResult } from '@guildhall/kernel';
import { CLOCK, InvalidInput, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { signAnswer, type SignedAnswer } from '@guildhall/sharing-contract';
import { AnswersExchange } from '../asking/answers-exchange';
import { problem } from '../asking/messages';
import { TakesChoice } from '../choosing/takes-choice';
import { AnswersLink } from '../linking/answers-link';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import type { Came } from '../node/signed-post';
import { ComparesTwins } from '../watching/compares-twins';
import { LOG_TAG } from '../watching/asks-log';

const LEAVES_AT_ONCE = 5000;
const CALLS_A_MINUTE = 60_000;
const BODY_IN_BYTES = 64 * 1024;

/** What other bodies see of this one: who it is, what they may ask, and proofs of its log. */
@Controller('sharing')
export class NodeController {
  constructor(private readonly node: OwnNode, private readonly answers: AnswersExchange, private readonly choosing: TakesChoice, private readonly twins: ComparesTwins, private readonly linking: AnswersLink, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get('body') @Public()
  body(@Ctx() ctx: RequestContext): JsonResult { return json(this.node.body(ctx)); }

  @Post('exchange') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async exchange(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest): Promise<WrittenResult> { return answered(await this.answers.answer(ctx, this.#message(ctx, 'exchange', request), request.ip)); }

  @Post('choices') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async choices(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest): Promise<WrittenResult> { return answered(await this.choosing.take(ctx, this.#message(ctx, 'choices', request))); }

  @Post('choices/standing') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async standing(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest): Promise<WrittenResult> { return answered(await this.choosing.standing(ctx, this.#message(ctx, 'choices/standing', request))); }

  @Post('twins') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async compare(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest): Promise<WrittenResult> { return answered(await this.twins.answer(ctx, this.#message(ctx, 'twins', request))); }

  @Post('links') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async links(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest): Promise<WrittenResult> { return answered(await this.linking.answer(ctx, this.#message(ctx, 'links', request))); }

  /** Signed is the address by which others know this body, whatever stands before it. */
  #message(ctx: RequestContext, path: string, { headers, rawBody, ip: from }: GuildhallRequest): Came {
    return { method: 'POST', targetUri: `${this.node.body(ctx).endpoint}/${path}`, fields: headers, body: (rawBody ?? Buffer.alloc(0)).toString('utf8'), from };
  }

  @Get('log/checkpoint') @Public()
  async checkpoint(@Ctx() ctx: RequestContext): Promise<WrittenResult> {
    const { checkpoint } = await this.log.head(ctx);
    return written(checkpoint, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
  }

  @Get('log/proof') @Public()
  proof(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Query('index') given?: string, @Query('size') of?: string): Promise<WrittenResult> {
    const [index, size] = [wholeNumber('index', given), wholeNumber('size', of)];
    return this.#shown(ctx, request, `proof?index=${index}&size=${size}`, async () => ({ proof: await this.log.inclusionProof(ctx, index, size) }));
  }

  @Get('log/consistency') @Public()
  consistency(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Query('from') earlier?: string, @Query('to') later?: string): Promise<WrittenResult> {
    const [from, to] = [wholeNumber('from', earlier), wholeNumber('to', later)];
    return this.#shown(ctx, request, `consistency?from=${from}&to=${to}`, async () => ({ proof: await this.log.consistencyProof(ctx, from, to) }));
  }

  @Get('log/leaves') @Public()
  leaves(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Query('from') given?: string): Promise<WrittenResult> {
    const from = wholeNumber('from', given);
    return this.#shown(ctx, request, `leaves?from=${from}`, async () => ({ leaves: await this.log.leaves(ctx, from, LEAVES_AT_ONCE) }));
  }

  /** Of the log anybody may ask. Whoever asks with a signature has an answer that is bound to it: nobody on the way can say instead that the log ends here, or was never so long. */
  async #shown(ctx: RequestContext, { headers: fields }: GuildhallRequest, path: string, prove: () => Promise<object>): Promise<WrittenResult> {
    const isSigned = fields['signature'] !== undefined;
    const say = (status: 200 | 400, body: string): WrittenResult => answered(signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, { method: 'GET', targetUri: `${this.node.body(ctx).endpoint}/log/${path}`, fields }, this.node.signer(ctx), { tag: LOG_TAG, created: this.clock.now() }));
    try {
      const shown = await prove();
      return isSigned ? say(200, JSON.stringify(shown)) : written(JSON.stringify(shown), { headers: { 'content-type': 'application/json; charset=utf-8' } });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (!isSigned) throw new InvalidInput(error.message);
      return say(400, problem(400, 'There is no such proof', error.message));
    }
  }
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new InvalidInput(`${name} must be a whole number.`, [{ field: name, message: 'must be a whole number' }]);
  return Number(text);
}

function answered({ status, fields, body }: SignedAnswer): WrittenResult { return written(body, { status, headers: fields as Readonly<Record<string, string>> }); }
