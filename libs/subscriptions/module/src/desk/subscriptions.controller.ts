import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { IDS, isGuildhallError, isUuid, type FieldError, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, SUBSCRIPTIONS, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { caseTypesOf } from '../managing/check-choices';
import { fieldOf } from './form-fields';
import { resultOf } from './results';
import { fieldOfRefusal, readSubscriptionForm, type SubscriptionForm } from './subscription-form';
import { caseTypeTitles, choicesFor, toldOf } from './subscription-on-desk';

const HOME = '/desk/subscriptions';

/** The officer's pages of systems that are told: which, what, and whether it works. */
@Controller('desk/subscriptions')
export class SubscriptionsController {
  constructor(@Inject(SUBSCRIPTIONS.token) private readonly subscriptions: SubscriptionsApi, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids) {}

  @Get() @Requires(MANAGE_SUBSCRIPTIONS)
  async list(@Ctx() ctx: RequestContext, @Query('after') after?: string, @Query('result') result?: string): Promise<PageResult> {
    const { subscriptions, next } = await this.subscriptions.list(ctx, { after });
    return page('subscriptions/list', { subscriptions: subscriptions.map((one) => ({ ...one, told: toldOf(ctx, one) })), next, result: resultOf(result) });
  }

  @Get('events') @Requires(MANAGE_SUBSCRIPTIONS)
  async events(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('subscriptions/catalogue', { events: await this.subscriptions.events(ctx) }); }

  @Get('new') @Requires(MANAGE_SUBSCRIPTIONS)
  ask(@Ctx() ctx: RequestContext): PageResult { return this.formPage(ctx, { title: '', url: '', eventTypes: [], caseTypes: [] }, { action: HOME, subscriptionId: this.ids.uuid() }); }

  @Post() @Requires(MANAGE_SUBSCRIPTIONS)
  async create(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { form: asked, mistakes } = readSubscriptionForm(body);
    const given = fieldOf(body, 'subscriptionId');
    // Made with the form: pressing twice tells once.
    const subscriptionId = isUuid(given) ? given : this.ids.uuid();
    const at = { action: HOME, subscriptionId };
    if (mistakes.length) return this.formPage(ctx, asked, at, mistakes.map(({ field, key }) => ({ field, message: this.say(ctx, key) })));
    const outcome = await this.subscriptions.create(ctx, { subscriptionId, title: asked.title, url: asked.url, eventTypes: [...asked.eventTypes], caseTypes: [...asked.caseTypes] });
    return outcome.ok ? redirect(`${HOME}/${subscriptionId}?result=created`) : this.formPage(ctx, asked, at, [{ field: fieldOfRefusal(outcome.refusal.reason), message: outcome.refusal.message }]);
  }

  @Get(':id') @Requires(MANAGE_SUBSCRIPTIONS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('result') result?: string): Promise<PageResult> {
    const [subscription, { deliveries }] = [await this.subscriptions.find(ctx, id), await this.subscriptions.deliveries(ctx, id, { limit: 5 })];
    return page('subscriptions/subscription', { subscription, told: toldOf(ctx, subscription), caseTypes: caseTypeTitles(ctx, subscription), deliveries, result: resultOf(result) });
  }

  @Get(':id/edit') @Requires(MANAGE_SUBSCRIPTIONS)
  async edit(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> {
    const subscription = await this.subscriptions.find(ctx, id);
    return this.formPage(ctx, subscription, { action: `${HOME}/${subscription.id}/edit`, version: subscription.version, former: subscription.title });
  }

  @Post(':id/edit') @Requires(MANAGE_SUBSCRIPTIONS)
  async change(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { form: asked, mistakes } = readSubscriptionForm(body);
    const { title } = await this.subscriptions.find(ctx, id);
    const version = Number(fieldOf(body, 'version'));
    const at = { action: `${HOME}/${id}/edit`, version, former: title };
    if (mistakes.length) return this.formPage(ctx, asked, at, mistakes.map(({ field, key }) => ({ field, message: this.say(ctx, key) })));
    const outcome = await this.subscriptions.change(ctx, id, { title: asked.title, url: asked.url, eventTypes: [...asked.eventTypes], caseTypes: [...asked.caseTypes], version });
    if (outcome.ok) return redirect(`${HOME}/${id}?result=changed`);
    const { refusal } = outcome;
    return refusal.reason === 'changed-meanwhile' ? redirect(`${HOME}/${id}?result=changed_meanwhile`) : this.formPage(ctx, asked, at, [{ field: fieldOfRefusal(refusal.reason), message: refusal.message }]);
  }

  @Post(':id/pause') @Requires(MANAGE_SUBSCRIPTIONS)
  async pause(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const isPaused = await this.subscriptions.pause(ctx, id).then(() => true, (error: unknown) => { if (isGuildhallError(error) && error.code === 'conflict') return false; throw error; });
    return redirect(`${HOME}/${id}?result=${isPaused ? 'paused' : 'is-stopped'}`);
  }

  @Post(':id/resume') @Requires(MANAGE_SUBSCRIPTIONS)
  async resume(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.subscriptions.resume(ctx, id);
    return redirect(`${HOME}/${id}?result=resumed`);
  }

  @Post(':id/test') @Requires(MANAGE_SUBSCRIPTIONS)
  async test(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    const { state } = await this.subscriptions.test(ctx, id);
    return redirect(`${HOME}/${id}?result=${state === 'delivered' ? 'test-arrived' : 'test-failed'}`);
  }

  @Get(':id/remove') @Requires(MANAGE_SUBSCRIPTIONS)
  async askToRemove(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult> { return page('subscriptions/remove', { subscription: await this.subscriptions.find(ctx, id) }); }

  @Post(':id/remove') @Requires(MANAGE_SUBSCRIPTIONS)
  async remove(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) _body: FormBody): Promise<RedirectResult> {
    await this.subscriptions.remove(ctx, id);
    return redirect(`${HOME}?result=removed`);
  }

  private formPage(ctx: RequestContext, asked: SubscriptionForm, at: { readonly action: string; readonly subscriptionId?: string; readonly version?: number; readonly former?: string }, errors: readonly FieldError[] = []): PageResult {
    return page('subscriptions/form', { form: asked, ...at, choices: choicesFor(ctx, asked.eventTypes), caseTypes: caseTypesOf(ctx), errors }, errors.length ? { status: 422 } : {});
  }

  private say(ctx: RequestContext, key: string): string { return this.renderer.messages.t(ctx, `subscriptions.desk.form.${key}`); }
}
