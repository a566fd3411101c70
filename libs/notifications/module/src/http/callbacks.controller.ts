import { Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Webhook, json, type GuildhallRequest, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { TakeCallback } from '../following/take-callback';

/** GOV.UK Notify sends up to 3,000 messages a minute for a council, and says of each what became of it, from few addresses. Turned away it would say so once more five minutes later, and give up after five times. */
const CALLS_A_MINUTE = 3600;

/** Where providers report what became of messages. */
@Controller('api/notifications/v1/callbacks')
export class CallbacksController {
  constructor(@Inject(TakeCallback) private readonly taking: TakeCallback) {}

  /** Answers 2xx only when every report is recorded: whatever else happens, the provider should send it again. */
  @Post(':provider') @Webhook({ callsAMinute: CALLS_A_MINUTE })
  async take(@Ctx() ctx: RequestContext, @Param('provider') provider: string, @Req() request: GuildhallRequest): Promise<JsonResult> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
    await this.taking.take(ctx, provider, { headers, bytes: request.rawBody ?? new Uint8Array() });
    return json({ ok: true }, 200);
  }
}
