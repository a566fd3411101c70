import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, SUBSCRIPTIONS, type DeliveryState, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { ReadsDeliveries } from '../reading/reads-deliveries';
import { Limits } from '../subscriptions.limits';
import { fieldOf } from './form-fields';
import { resultOf } from './results';

const STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead'];
const HOUR = 3_600_000;

/** The officer's pages of what was sent to a system: what became of it, and sending it again. */
@Controller('desk/subscriptions/:id')
export class DeliveriesController {
  constructor(@Inject(SUBSCRIPTIONS.token) private readonly subscriptions: SubscriptionsApi, @Inject(ReadsDeliveries) private readonly reading: ReadsDeliveries, @Inject(Limits) private readonly limits: Limits, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get('deliveries') @Requires(MANAGE_SUBSCRIPTIONS)
  async list(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('state') asked?: string, @Query('before') before?: string, @Query('result') result?: string): Promise<PageResult> {
    const state = STATES.find((one) => one === asked);
    const [subscription, { deliveries, next }] = [await this.subscriptions.find(ctx, id), await this.subscriptions.deliveries(ctx, id, { state, before })];
    return page('subscriptions/deliveries', { subscription, deliveries, next, state, states: STATES, result: resultOf(result) });
  }

  @Get('deliveries/:event') @Requires(MANAGE_SUBSCRIPTIONS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('event') eventId: string, @Query('result') result?: string): Promise<PageResult> {
    const [subscription, { delivery, event }] = [await this.subscriptions.find(ctx, id), await this.reading.find(ctx, id, eventId)];
    return page('subscriptions/delivery', { subscription, delivery, sent: JSON.stringify(event, undefined, 2), result: resultOf(result) });
  }

  @Post('deliveries/:event/again') @Requires(MANAGE_SUBSCRIPTIONS)
  async again(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('event') eventId: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const isSent = await unlessStopped(this.subscriptions.replayOne(ctx, id, eventId));
    return redirect(`/desk/subscriptions/${id}/deliveries/${eventId}?result=${isSent ? 'sent-again' : 'is-stopped'}`);
  }

  @Post('retry') @Requires(MANAGE_SUBSCRIPTIONS)
  async retry(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const sent = await unlessStopped(this.subscriptions.retryDead(ctx, id));
    return redirect(`/desk/subscriptions/${id}/deliveries?result=${sent ? (sent.count ? 'sent-again' : 'nothing-to-send') : 'is-stopped'}`);
  }

  @Get('replay') @Requires(MANAGE_SUBSCRIPTIONS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return this.replayPage(ctx, id, { since: '', which: '' }); }

  @Post('replay') @Requires(MANAGE_SUBSCRIPTIONS)
  async replay(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const asked = { since: fieldOf(body, 'since'), which: fieldOf(body, 'which') };
    const hours = new Map([['hour', 1], ['day', 24], ['week', 7 * 24], ['month', this.limits.keepForDays(ctx) * 24]]).get(asked.since);
    const { which } = asked;
    const errors = [...(hours === undefined ? [{ field: 'since', message: this.say(ctx, 'missing') }] : []), ...(which !== 'all' && which !== 'not-delivered' ? [{ field: 'which', message: this.say(ctx, 'which-missing') }] : [])];
    if (hours === undefined || (which !== 'all' && which !== 'not-delivered')) return this.replayPage(ctx, id, asked, errors);
    const now = this.clock.now().getTime();
    const outcome = await unlessStopped(this.subscriptions.replay(ctx, id, { from: new Date(now - hours * HOUR).toISOString(), to: new Date(now + 1000).toISOString(), which }));
    if (!outcome) return redirect(`/desk/subscriptions/${id}?result=is-stopped`);
    if (!outcome.ok) return this.replayPage(ctx, id, asked, [{ field: 'since', message: outcome.refusal.message }]);
    return redirect(`/desk/subscriptions/${id}/deliveries?result=${outcome.value.count ? 'sent-again' : 'nothing-to-send'}`);
  }

  private async replayPage(ctx: RequestContext, id: string, asked: { readonly since: string; readonly which: string }, errors: readonly FieldError[] = []): Promise<PageResult> {
    return page('subscriptions/replay', { subscription: await this.subscriptions.find(ctx, id), form: asked, errors }, errors.length ? { status: 422 } : {});
  }

  private say(ctx: RequestContext, key: string): string { return this.renderer.messages.t(ctx, `subscriptions.desk.replay.${key}`); }
}

/** Nothing when it is refused because the system is stopped, or the thing cannot be sent again. */
async function unlessStopped<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'conflict') return undefined;
    throw error;
  }
}
