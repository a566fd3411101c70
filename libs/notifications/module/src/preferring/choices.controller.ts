import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, form, page, providersOf, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, MESSAGE_PROVIDER, type MessageChannel } from '@guildhall/notifications-contract';
import { personOf } from '../account/account.controller';
import { Preferences } from './preferences';

const HERE = '/account/messages/choices';

/** How the resident wishes to hear from the council. */
@Controller('account/messages/choices')
export class ChoicesController {
  constructor(@Inject(Preferences) private readonly preferences: Preferences) {}

  @Get() @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Query('saved') saved?: string): Promise<PageResult> {
    return page('notifications/account-choices', { preferences: await this.preferences.of(ctx, personOf(ctx)), offered: offeredIn(ctx), isSaved: saved === 'yes' });
  }

  @Post() @ForResidents()
  async save(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const channel = offeredIn(ctx).find((offered) => offered === body['channel']);
    if (!channel && body['channel'] !== 'any') throw new InvalidInput('Choose one of the ways that are offered.', [{ field: 'channel', message: 'must be one of those offered' }]);
    if (body['news'] !== 'send' && body['news'] !== 'stop') throw new InvalidInput('Say whether to send news.', [{ field: 'news', message: 'must be send or stop' }]);
    await this.preferences.change(ctx, personOf(ctx), { ...(channel && { channel }), stopsNews: body['news'] === 'stop' });
    return redirect(`${HERE}?saved=yes`);
  }
}

/** By which channels this council sends anything. */
function offeredIn(ctx: RequestContext): readonly MessageChannel[] {
  const offered = new Set(providersOf(ctx, MESSAGE_PROVIDER).flatMap((provider) => provider.channels));
  return MESSAGE_CHANNELS.filter((channel) => offered.has(channel));
}
