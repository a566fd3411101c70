import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { personOf } from '../account/account.controller';
import { chosenIn, offeredIn } from './choices-form';
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
    await this.preferences.change(ctx, personOf(ctx), chosenIn(ctx, body));
    return redirect(`${HERE}?saved=yes`);
  }
}
