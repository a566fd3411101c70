import { Ctx, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { FollowsFeeds } from './follows-feeds';
import { JudgesAgain } from './judges-again';

const HERE = '/desk/catalogue/feeds';

/** Where somebody of the catalogue has judged again what another lists and this one does not. */
@Controller('desk/catalogue/feeds')
export class JudgingController {
  constructor(private readonly feeds: FollowsFeeds, private readonly judging: JudgesAgain) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  async list(@Ctx() ctx: RequestContext, @Query('result') result?: unknown): Promise<PageResult> {
    const [followed, open] = await Promise.all([this.feeds.all(ctx), this.judging.open(ctx)]);
    return page('catalogue/desk/feeds', { feeds: followed.map(({ name, alarm }) => ({ feed: name, open: 0, judgeable: 0, judgedAt: null, ...open.find(({ feed }) => feed === name), ...(alarm && { judgeable: 0 }) })), isAsked: result === 'asked' });
  }

  @Post() @Requires(MANAGE_CATALOGUE)
  async again(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const [asked] = typedIn(body, 'feed');
    const found = (await this.feeds.all(ctx)).find(({ name }) => name === asked);
    if (!found) return redirect(HERE);
    await this.judging.ask(ctx, found.name);
    return redirect(`${HERE}?result=asked`);
  }
}
