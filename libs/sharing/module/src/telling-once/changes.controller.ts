import { Controller, Post, Req } from '@nestjs/common';
import { Ctx, Webhook, written, type GuildhallRequest, type WrittenResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { OwnNode } from '../node/own-node';
import { TakesChange } from './takes-change';

const CALLS_A_MINUTE = 6_000;
const BODY_IN_BYTES = 64 * 1024;

/** The changes that other bodies tell. */
@Controller('sharing')
export class ChangesController {
  constructor(private readonly node: OwnNode, private readonly changes: TakesChange) {}

  @Post('changes') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: BODY_IN_BYTES })
  async take(@Ctx() ctx: RequestContext, @Req() { headers, rawBody, ip: from }: GuildhallRequest): Promise<WrittenResult> {
    const { status, fields, body } = await this.changes.take(ctx, { method: 'POST', targetUri: `${this.node.body(ctx).endpoint}/changes`, fields: headers, body: (rawBody ?? Buffer.alloc(0)).toString('utf8'), from });
    return written(body, { status, headers: fields as Readonly<Record<string, string>> });
  }
}
