import { ADMIT_PUBLISHERS } from '@guildhall/catalogue-contract';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { keyFingerprint } from '@guildhall/sharing-contract';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { placeIn } from '../browsing/list-part';
import { typedIn } from '../contributing/read-form';
import { AdmitsPublishers, SUBMISSION_ID } from '../publishing/admits-publishers';
import { searchedIn, searchLinks } from './searched-list';

const MOST_REASON = 500;

/** Who waits to publish here: a person of the catalogue makes sure once who it is, by comparing keys on a line that is known otherwise. */
@Controller('desk/catalogue/publishers')
export class LettingInController {
  constructor(private readonly admitting: AdmitsPublishers, private readonly renderer: PageRenderer) {}

  @Get() @Requires(ADMIT_PUBLISHERS)
  list(@Ctx() ctx: RequestContext, @Query('q') q?: unknown, @Query('after') after?: unknown): Promise<PageResult> { return this.#page(ctx, { q, after }); }

  @Post(':id') @Requires(ADMIT_PUBLISHERS)
  async decide(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody, @Query('q') q?: unknown, @Query('after') after?: unknown): Promise<PageResult | RedirectResult> {
    const place = { q, after };
    const isLetIn = typedIn(body, 'answer')[0] === 'let-in';
    const [because] = typedIn(body, 'because');
    if (isLetIn && typedIn(body, 'compared')[0] !== 'yes') return this.#page(ctx, place, [{ field: `compared-${id}`, message: this.#say(ctx, 'compared-missing') }]);
    if (!isLetIn && because === undefined) return this.#page(ctx, place, [{ field: `because-${id}`, message: this.#say(ctx, 'because-missing') }]);
    const outcome = isLetIn ? await this.admitting.admit(ctx, id) : await this.admitting.turnAway(ctx, id, (because ?? '').slice(0, MOST_REASON));
    if (!outcome.ok) return this.#page(ctx, place, [{ field: `compared-${id}`, message: outcome.refusal.message }]);
    const [reason] = outcome.value.reasons;
    if (isLetIn && reason !== undefined) return this.#page(ctx, place, [{ field: `compared-${id}`, message: reason }]);
    return redirect(`/desk/catalogue?result=${isLetIn ? 'let-in' : 'refused'}`);
  }

  #say(ctx: RequestContext, key: string): string { return this.renderer.messages.t(ctx, `catalogue.desk.admitting.${key}`); }

  async #page(ctx: RequestContext, place: { readonly q: unknown; readonly after: unknown }, errors: readonly FieldError[] = []): Promise<PageResult> {
    const [words, after] = [searchedIn(place.q), placeIn(place.after, SUBMISSION_ID)];
    const found = await this.admitting.waiting(ctx, { words, after });
    const waiting = found.items.map((one) => ({ ...one, id: one.submissionId, publisher: { ...one.publisher, keys: one.publisher.keys.map((key) => ({ ...key, fingerprint: keyFingerprint(key.x) })) } }));
    return page('catalogue/desk/publishers', { waiting, asked: words, here: new URLSearchParams({ ...(words && { q: words }), ...(after !== undefined && { after }) }).toString(), ...searchLinks(found, '/desk/catalogue/publishers', { words, after }), errors }, errors.length ? { status: 422 } : {});
  }
}
