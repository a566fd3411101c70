import { Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, TakesFiles, Webhook, type FormBody, type GuildhallRequest } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { TakesPush } from '../hearing/take-push';

/** One system speaks for all of its cases, after a night perhaps for all at once. */
const CALLS_A_MINUTE = 1200;
/** Photos may stand in the message itself (`data:` URIs), a third larger than they are. */
const MESSAGE_IN_BYTES = 4 * 1024 * 1024;

/** Where the other systems push what happened. */
@Controller('api/back-office/v1/pushes')
export class PushesController {
  constructor(@Inject(TakesPush) private readonly taking: TakesPush) {}

  /** Answers 2xx only when everything is kept: whatever else happens, the far end should send it again. */
  @Post(':provider') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: MESSAGE_IN_BYTES }) @TakesFiles()
  async take(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('provider') provider: string): Promise<string> {
    return this.taken(ctx, request, provider, '');
  }

  /** The same for a far end that adds a path of its own: `servicerequestupdates.xml`. */
  @Post(':provider/:path') @Webhook({ callsAMinute: CALLS_A_MINUTE, bodyInBytes: MESSAGE_IN_BYTES }) @TakesFiles()
  async takeAt(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Param('provider') provider: string, @Param('path') path: string): Promise<string> {
    return this.taken(ctx, request, provider, path);
  }

  private async taken(ctx: RequestContext, request: GuildhallRequest, provider: string, path: string): Promise<string> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
    const answer = await this.taking.take(ctx, provider, { headers, bytes: request.rawBody ?? new Uint8Array(), path, ...(request.uploads && { form: { fields: Object.fromEntries(Object.entries(request.body as FormBody).filter((one): one is [string, string | string[]] => one[1] !== undefined)), files: request.uploads } }) });
    void request.guildhall.reply.status(answer ? ('status' in answer ? answer.status : 200) : 204);
    if (answer) void request.guildhall.reply.header('content-type', answer.contentType);
    return answer?.body ?? '';
  }
}
