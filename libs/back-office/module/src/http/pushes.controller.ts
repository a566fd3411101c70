import { Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Webhook, type GuildhallRequest } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { TakesPush } from '../hearing/take-push';

/** One system speaks for all of its cases, after a night perhaps for all at once. */
const CALLS_A_MINUTE = 1200;

/** Where the other systems push what happened. */
@Controller('api/back-office/v1/pushes')
export class PushesController {
  constructor(@Inject(TakesPush) private readonly taking: TakesPush) {}

  /** Answers 2xx only when everything is kept: whatever else happens, the far end should send it again. */
  @Post(':provider') @Webhook({ callsAMinute: CALLS_A_MINUTE })
  async take(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('provider') provider: string): Promise<string> {
    return this.taken(ctx, request, provider, '');
  }

  /** The same for a far end that adds a path of its own: `servicerequestupdates.xml`. */
  @Post(':provider/:path') @Webhook({ callsAMinute: CALLS_A_MINUTE })
  async takeAt(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('provider') provider: string, @Param('path') path: string): Promise<string> {
    return this.taken(ctx, request, provider, path);
  }

  private async taken(ctx: RequestContext, request: GuildhallRequest, provider: string, path: string): Promise<string> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
    const answer = await this.taking.take(ctx, provider, { headers, bytes: request.rawBody ?? new Uint8Array(), path });
    void request.guildhall.reply.status(answer ? ('status' in answer ? answer.status : 200) : 204);
    if (answer) void request.guildhall.reply.header('content-type', answer.contentType);
    return answer?.body ?? '';
  }
}
