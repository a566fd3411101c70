import { Controller, Post, Req } from '@nestjs/common';
import { Ctx, Webhook, written, type GuildhallRequest, type WrittenResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { OwnNode } from '../node/own-node';
import { TakesCorrection } from './takes-correction';

const CALLS_A_MINUTE = 6_000;
const BODY_IN_BYTES = 64 * 1024;

/** What other bodies say of something that was wrong. */
@Controller('sharing')
export class CorrectionsController {
  constructor(private readonly node: OwnNode, private readonly corrections: TakesCorrection) {}

  @Post('corrections') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async take(@Ctx() ctx: RequestContext, @Req() { headers, rawBody, ip: from }: GuildhallRequest): Promise<WrittenResult> {
    const { status, fields, body } = await this.corrections.take(ctx, { method: 'POST', targetUri: `${this.node.body(ctx).endpoint}/corrections`, fields: headers, body: (rawBody ?? Buffer.alloc(0)).toString('utf8'), from });
    return written(body, { status, headers: fields as Readonly<Record<string, string>> });
  }
}
