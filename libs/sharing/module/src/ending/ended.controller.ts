import { Controller, Post, Req } from '@nestjs/common';
import { Ctx, Webhook, written, type GuildhallRequest, type WrittenResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { OwnNode } from '../node/own-node';
import { TakesEnded } from './takes-ended';

const CALLS_A_MINUTE = 600;
const BODY_IN_BYTES = 4 * 1024;

/** What other bodies say of the end of an agreement. */
@Controller('sharing')
export class EndedController {
  constructor(private readonly node: OwnNode, private readonly ended: TakesEnded) {}

  @Post('ended') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async take(@Ctx() ctx: RequestContext, @Req() { headers, rawBody, ip: from }: GuildhallRequest): Promise<WrittenResult> {
    const { status, fields, body } = await this.ended.take(ctx, { method: 'POST', targetUri: `${this.node.body(ctx).endpoint}/ended`, fields: headers, body: (rawBody ?? Buffer.alloc(0)).toString('utf8'), from });
    return written(body, { status, headers: fields as Readonly<Record<string, string>> });
  }
}
