import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, AUTHORITY_TITLES, CHECK_TITLES } from '@guildhall/identity-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_MESSAGE_PREFERENCES, type MessagePreferences } from '@guildhall/notifications-contract';
import { chosenIn, offeredIn } from './choices-form';
import { PersonOnDesk } from './person-on-desk';
import { Preferences } from './preferences';

/** Where an officer may have come from: a case, or a message that did not arrive. */
const WAY_BACK = /^\/desk\/(cases|messages)\/[A-Za-z0-9-]{1,40}$/;
const AUTHORITIES = ASSISTED_AUTHORITIES.map((value) => ({ value, text: AUTHORITY_TITLES[value] }));
const CHECKS = ASSISTED_CHECKS.map((value) => ({ value, text: CHECK_TITLES[value] }));

/** How somebody hears from the council, changed for them by an officer: whoever has no account, or would rather say it by telephone. */
@Controller('desk/messages/people')
export class DeskChoicesController {
  constructor(@Inject(Preferences) private readonly preferences: Preferences, @Inject(PersonOnDesk) private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get(':id') @Requires(CHANGE_MESSAGE_PREFERENCES)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('from') from?: unknown, @Query('saved') saved?: unknown): Promise<PageResult> {
    const name = await this.people.nameOf(ctx, id);
    return page('notifications/desk-choices', formOf(ctx, { id, name, from, preferences: await this.preferences.of(ctx, id as PersonId), isSaved: saved === 'yes' }));
  }

  @Post(':id') @Requires(CHANGE_MESSAGE_PREFERENCES)
  async save(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const name = await this.people.nameOf(ctx, id);
    const from = wayBack(body['from']);
    const preferences = chosenIn(ctx, body);
    const authority = ASSISTED_AUTHORITIES.find((each) => each === body['authority']);
    const checks = ASSISTED_CHECKS.filter((each) => [body['checks']].flat().includes(each));
    if (!authority) return page('notifications/desk-choices', { ...formOf(ctx, { id, name, from, preferences, checks }), errors: [{ field: 'authority', message: this.renderer.messages.t(ctx, 'notifications.desk.choices.error-authority') }] }, { status: 400 });
    await this.preferences.change(ctx, id as PersonId, preferences, { authority, checks });
    return redirect(`/desk/messages/people/${id}?${new URLSearchParams({ saved: 'yes', ...(from && { from }) }).toString()}`);
  }
}

function formOf(ctx: RequestContext, { from, checks = [], ...shown }: { readonly id: string; readonly name?: string; readonly from: unknown; readonly preferences: MessagePreferences; readonly checks?: readonly string[]; readonly isSaved?: boolean }): object {
  return { ...shown, back: wayBack(from), offered: offeredIn(ctx), authorities: AUTHORITIES, checks: CHECKS.map((check) => ({ ...check, checked: checks.includes(check.value) })) };
}

function wayBack(from: unknown): string | undefined {
  return typeof from === 'string' && WAY_BACK.test(from) ? from : undefined;
}
