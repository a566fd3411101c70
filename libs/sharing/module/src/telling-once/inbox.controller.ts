import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Ctx, Requires, json, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { TAKE_CHANGES } from '@guildhall/sharing-contract';
import { Inbox } from './inbox';

/** What other bodies have told, for the body's own systems to fetch and to confirm. */
@Controller('api/sharing/v1/inbox')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  @Get() @Requires(TAKE_CHANGES)
  async read(@Ctx() ctx: RequestContext): Promise<JsonResult> { return json(await this.inbox.read(ctx)); }

  @Post(':id/confirmation') @Requires(TAKE_CHANGES) @HttpCode(200)
  async confirm(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<JsonResult> {
    await this.inbox.confirm(ctx, id);
    return json({ confirmed: true });
  }
}
