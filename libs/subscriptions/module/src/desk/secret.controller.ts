import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, type FormBody, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, SUBSCRIPTIONS, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { fieldOf } from './form-fields';

const KEPT: ReadonlyMap<string, number> = new Map([['day', 24], ['at-once', 0]]);

/** The secret of a system that is told: shown only when somebody presses, never under an address that can be opened again. */
@Controller('desk/subscriptions/:id')
export class SecretController {
  constructor(@Inject(SUBSCRIPTIONS.token) private readonly subscriptions: SubscriptionsApi, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Post('secret') @Requires(MANAGE_SUBSCRIPTIONS)
  async reveal(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<PageResult> { return page('subscriptions/secret', await this.subscriptions.revealSecret(ctx, id)); }

  @Get('new-secret') @Requires(MANAGE_SUBSCRIPTIONS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('subscriptions/new-secret', { subscription: await this.subscriptions.find(ctx, id) }); }

  @Post('new-secret') @Requires(MANAGE_SUBSCRIPTIONS)
  async roll(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult> {
    const formerSecretForHours = KEPT.get(fieldOf(body, 'former'));
    if (formerSecretForHours !== undefined) return page('subscriptions/secret', await this.subscriptions.rollSecret(ctx, id, { formerSecretForHours }));
    return page('subscriptions/new-secret', { subscription: await this.subscriptions.find(ctx, id), errors: [{ field: 'former', message: this.renderer.messages.t(ctx, 'subscriptions.desk.secret.roll-missing') }] }, { status: 422 });
  }
}
