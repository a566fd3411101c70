import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, Limited, Public, TakesFiles, Webhook, form, json, page, redirect, type FormBody, type JsonResult, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { isGuildhallError, type RequestContext } from '@guildhall/kernel-contract';
import { StopNews } from './stop-news';

const MOST_A_MINUTE = 60;
/** Not for search engines, and not for whoever the page leads on to. */
const HEADERS = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' };

type Key = string | readonly string[] | undefined;

/** Where the link in an e-mail leads. Looking changes nothing: what checks e-mails for danger follows every link in them. */
@Controller('messages/stop/:id')
export class StopController {
  constructor(@Inject(StopNews) private readonly stopping: StopNews) {}

  @Get() @Public() @Limited(MOST_A_MINUTE)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('key') key: Key): Promise<PageResult> {
    return orTooOld(async () => page('notifications/stop', { isStopped: await this.stopping.isStopped(ctx, id, textOf(key)) }, { headers: HEADERS }));
  }

  @Post() @Public() @Limited(MOST_A_MINUTE)
  async change(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('key') key: Key, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    return orTooOld(async () => {
      await this.stopping.change(ctx, id, textOf(key), body['news'] !== 'start');
      return redirect(`/messages/stop/${encodeURIComponent(id)}?key=${encodeURIComponent(textOf(key) ?? '')}`);
    });
  }
}

/** What a mail program's own button to unsubscribe sends to: one POST, without cookies and without anything else to press (RFC 8058). */
@Controller('api/notifications/v1/stops')
export class OneClickController {
  constructor(@Inject(StopNews) private readonly stopping: StopNews) {}

  @Post(':id') @Webhook({ keepsRawBody: false }) @TakesFiles()
  async stop(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('key') key: Key): Promise<JsonResult> {
    await this.stopping.change(ctx, id, textOf(key), true);
    return json({ ok: true }, 200);
  }
}

async function orTooOld<Result>(make: () => Promise<Result>): Promise<Result | PageResult> {
  try {
    return await make();
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'not-found') return page('notifications/stop-too-old', {}, { status: 404, headers: HEADERS });
    throw error;
  }
}

function textOf(key: Key): string | undefined {
  return typeof key === 'string' ? key : undefined;
}
