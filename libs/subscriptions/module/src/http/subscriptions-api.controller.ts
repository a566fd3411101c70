import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import { ChangeSubscription, CreateSubscription, MANAGE_SUBSCRIPTIONS, ReplayDeliveries, RollSecret, SUBSCRIPTIONS, type DeliveryPage, type DeliveryState, type DeliveryView, type OfferedEvent, type SubscriptionPage, type SubscriptionsApi, type SubscriptionView, type SubscriptionWithSecret } from '@guildhall/subscriptions-contract';

/** Subscriptions for programs: the contract over HTTP, errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/subscriptions/v1')
export class SubscriptionsApiController {
  constructor(@Inject(SUBSCRIPTIONS.token) private readonly subscriptions: SubscriptionsApi) {}

  @Get('events') @Requires(MANAGE_SUBSCRIPTIONS)
  events(@Ctx() ctx: RequestContext): Promise<readonly OfferedEvent[]> { return this.subscriptions.events(ctx); }

  @Get('subscriptions') @Requires(MANAGE_SUBSCRIPTIONS)
  list(@Ctx() ctx: RequestContext, @Query('after') after?: string, @Query('limit') limit?: string): Promise<SubscriptionPage> {
    return this.subscriptions.list(ctx, { after, limit: wholeNumber(limit) });
  }

  @Post('subscriptions') @Requires(MANAGE_SUBSCRIPTIONS)
  async create(@Ctx() ctx: RequestContext, @Body(dto(CreateSubscription)) request: CreateSubscription): Promise<JsonResult> {
    return json(await this.subscriptions.create(ctx, request), 201);
  }

  @Get('subscriptions/:id') @Requires(MANAGE_SUBSCRIPTIONS)
  find(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<SubscriptionView> { return this.subscriptions.find(ctx, id); }

  @Put('subscriptions/:id') @Requires(MANAGE_SUBSCRIPTIONS)
  async change(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(ChangeSubscription)) request: ChangeSubscription): Promise<JsonResult> {
    return json(await this.subscriptions.change(ctx, id, request));
  }

  @Delete('subscriptions/:id') @HttpCode(204) @Requires(MANAGE_SUBSCRIPTIONS)
  async remove(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<void> { await this.subscriptions.remove(ctx, id); }

  @Post('subscriptions/:id/pause') @HttpCode(200) @Requires(MANAGE_SUBSCRIPTIONS)
  pause(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<SubscriptionView> { return this.subscriptions.pause(ctx, id); }

  @Post('subscriptions/:id/resume') @HttpCode(200) @Requires(MANAGE_SUBSCRIPTIONS)
  resume(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<SubscriptionView> { return this.subscriptions.resume(ctx, id); }

  @Post('subscriptions/:id/reveal-secret') @HttpCode(200) @Requires(MANAGE_SUBSCRIPTIONS)
  revealSecret(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<SubscriptionWithSecret> { return this.subscriptions.revealSecret(ctx, id); }

  @Post('subscriptions/:id/secrets') @Requires(MANAGE_SUBSCRIPTIONS)
  rollSecret(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(RollSecret)) request: RollSecret): Promise<SubscriptionWithSecret> { return this.subscriptions.rollSecret(ctx, id, request); }

  @Post('subscriptions/:id/tests') @Requires(MANAGE_SUBSCRIPTIONS)
  test(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<DeliveryView> { return this.subscriptions.test(ctx, id); }

  @Get('subscriptions/:id/deliveries') @Requires(MANAGE_SUBSCRIPTIONS)
  deliveries(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('state') state?: string, @Query('before') before?: string, @Query('limit') limit?: string): Promise<DeliveryPage> {
    return this.subscriptions.deliveries(ctx, id, { state: state as DeliveryState | undefined, before, limit: wholeNumber(limit) });
  }

  @Get('subscriptions/:id/deliveries/:event') @Requires(MANAGE_SUBSCRIPTIONS)
  delivery(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('event') event: string): Promise<DeliveryView> { return this.subscriptions.delivery(ctx, id, event); }

  @Post('subscriptions/:id/deliveries/:event/replays') @HttpCode(202) @Requires(MANAGE_SUBSCRIPTIONS)
  replayOne(@Ctx() ctx: RequestContext, @Param('id') id: string, @Param('event') event: string): Promise<DeliveryView> { return this.subscriptions.replayOne(ctx, id, event); }

  @Post('subscriptions/:id/replays') @Requires(MANAGE_SUBSCRIPTIONS)
  async replay(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(ReplayDeliveries)) request: ReplayDeliveries): Promise<JsonResult> {
    return json(await this.subscriptions.replay(ctx, id, request), 202);
  }

  @Post('subscriptions/:id/dead-letters/retries') @HttpCode(202) @Requires(MANAGE_SUBSCRIPTIONS)
  retryDead(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<{ readonly count: number }> { return this.subscriptions.retryDead(ctx, id); }
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}$/.test(text)) throw new InvalidInput('limit must be a whole number.', [{ field: 'limit', message: 'must be a whole number' }]);
  return Number(text);
}
