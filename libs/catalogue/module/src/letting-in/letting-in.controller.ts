import { ADMIT_PUBLISHERS } from '@guildhall/catalogue-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { keyFingerprint } from '@guildhall/sharing-contract';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { AdmitsPublishers } from '../publishing/admits-publishers';

const MOST_REASON = 500;

/** Who waits to publish here: a person of the catalogue makes sure once who it is, by comparing keys on a line that is known otherwise. */
@Controller('desk/catalogue/publishers')
export class LettingInController {
  constructor(private readonly admitting: AdmitsPublishers, private readonly renderer: PageRenderer) {}

  @Get() @Requires(ADMIT_PUBLISHERS)
  list(@Ctx() ctx: RequestContext): Promise<PageResult> { return this.#page(ctx); }

  @Post(':id') @Requires(ADMIT_PUBLISHERS)
  async decide(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const isLetIn = typedIn(body, 'answer')[0] === 'let-in';
    const [because] = typedIn(body, 'because');
    if (isLetIn && typedIn(body, 'compared')[0] !== 'yes') return this.#page(ctx, [{ field: `compared-${id}`, message: this.#say(ctx, 'compared-missing') }]);
    if (!isLetIn && because === undefined) return this.#page(ctx, [{ field: `because-${id}`, message: this.#say(ctx, 'because-missing') }]);
    const outcome = isLetIn ? await this.admitting.admit(ctx, id) : await this.admitting.turnAway(ctx, id, (because ?? '').slice(0, MOST_REASON));
    if (!outcome.ok) return this.#page(ctx, [{ field: `compared-${id}`, message: outcome.refusal.message }]);
    const [reason] = outcome.value.reasons;
    if (isLetIn && reason !== undefined) return this.#page(ctx, [{ field: `compared-${id}`, message: reason }]);
    return redirect(`/desk/catalogue?result=${isLetIn ? 'let-in' : 'refused'}`);
  }

  #say(ctx: RequestContext, key: string): string { return this.renderer.messages.t(ctx, `catalogue.desk.admitting.${key}`); }

  async #page(ctx: RequestContext, errors: readonly FieldError[] = []): Promise<PageResult> {
    const waiting = (await this.admitting.waiting(ctx)).map((one) => ({ ...one, id: one.submissionId, publisher: { ...one.publisher, keys: one.publisher.keys.map((key) => ({ ...key, fingerprint: keyFingerprint(key.x) })) } }));
    return page('catalogue/desk/publishers', { waiting, errors }, errors.length ? { status: 422 } : {});
  }
}
