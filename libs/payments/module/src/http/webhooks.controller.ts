import type { GuildhallRequest, JsonResult } from '@guildhall/kernel';
import { Ctx, Webhook, json } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { TakeWebhook } from '../webhooks/take-webhook';

/** Where providers call back: `/payments/webhooks/<last part of the provider's id>`. */
@Controller('payments/webhooks')
export class WebhooksController {
  constructor(@Inject(TakeWebhook) private readonly webhooks: TakeWebhook) {}

  @Post(':name') @Webhook()
  async take(@Ctx() ctx: RequestContext, @Param('name') name: string, @Req() request: GuildhallRequest): Promise<JsonResult> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([header, value]) => [header, Array.isArray(value) ? value.join(',') : (value ?? '')]));
    const outcome = await this.webhooks.take(ctx, name, { rawBody: request.rawBody ?? Buffer.alloc(0), headers });
    // Who forges learns no more than that it did not work.
    return outcome.ok ? json({ received: true }) : json({ received: false }, 400);
  }
}
