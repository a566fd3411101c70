import { Controller, Get, Post, Query, Req } from '@nestjs/common';
import { Ctx, Public, Webhook, json, written, type GuildhallRequest, type JsonResult, type WrittenResult } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import type { SignedAnswer } from '@guildhall/sharing-contract';
import { AnswersExchange } from '../asking/answers-exchange';
import { TakesChoice } from '../choosing/takes-choice';
import { AnswersLink } from '../linking/answers-link';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import type { Came } from '../node/signed-post';
import { ComparesTwins } from '../watching/compares-twins';

const LEAVES_AT_ONCE = 5000;
const CALLS_A_MINUTE = 60_000;
const BODY_IN_BYTES = 64 * 1024;

/** What other bodies see of this one: who it is, what they may ask, and proofs of its log. */
@Controller('sharing')
export class NodeController {
  constructor(private readonly node: OwnNode, private readonly answers: AnswersExchange, private readonly choosing: TakesChoice, private readonly twins: ComparesTwins, private readonly linking: AnswersLink, private readonly log: SharingLog) {}

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
  async proof(@Ctx() ctx: RequestContext, @Query('index') index?: string, @Query('size') size?: string): Promise<JsonResult> {
    return json({ proof: await this.#within(() => this.log.inclusionProof(ctx, wholeNumber('index', index), wholeNumber('size', size))) });
  }

  @Get('log/consistency') @Public()
  async consistency(@Ctx() ctx: RequestContext, @Query('from') from?: string, @Query('to') to?: string): Promise<JsonResult> {
    return json({ proof: await this.#within(() => this.log.consistencyProof(ctx, wholeNumber('from', from), wholeNumber('to', to))) });
  }

  @Get('log/leaves') @Public()
  async leaves(@Ctx() ctx: RequestContext, @Query('from') from?: string): Promise<JsonResult> {
    return json({ leaves: await this.log.leaves(ctx, wholeNumber('from', from), LEAVES_AT_ONCE) });
  }

  async #within<Value>(prove: () => Promise<Value>): Promise<Value> {
    try {
      return await prove();
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidInput(error.message);
      throw error;
    }
  }
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new InvalidInput(`${name} must be a whole number.`, [{ field: name, message: 'must be a whole number' }]);
  return Number(text);
}

function answered({ status, fields, body }: SignedAnswer): WrittenResult { return written(body, { status, headers: fields as Readonly<Record<string, string>> }); }
