import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { Contributions } from './contributions';
import { CONTRIBUTION_KINDS } from './forms';
import { typedIn } from './read-form';

const MOST_REASON = 500;

/** What others have added, for whoever looks after the catalogue: taken away with a reason that its organisation reads. */
@Controller('desk/catalogue/entries')
export class ModeratingController {
  constructor(private readonly contributions: Contributions, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  list(@Ctx() ctx: RequestContext): Promise<PageResult> { return this.#page(ctx); }

  @Post(':id/take-away') @Requires(MANAGE_CATALOGUE)
  async takeAway(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const [because] = typedIn(body, 'because');
    if (because === undefined) return this.#page(ctx, [{ field: `because-${id}`, message: this.renderer.messages.t(ctx, 'catalogue.desk.moderation.missing') }]);
    await this.contributions.end(ctx, id, because.slice(0, MOST_REASON));
    return redirect('/desk/catalogue?result=ended');
  }

  async #page(ctx: RequestContext, errors: readonly FieldError[] = []): Promise<PageResult> {
    const all = await Promise.all(CONTRIBUTION_KINDS.map((kind) => this.contributions.newest(ctx, kind)));
    return page('catalogue/desk/entries', { entries: all.flat().sort((a, b) => b.at.getTime() - a.at.getTime()), errors }, errors.length ? { status: 422 } : {});
  }
}
