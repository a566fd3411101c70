import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { linksOf, placeIn } from '../browsing/list-part';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { CONTRIBUTION_ID, Contributions } from './contributions';
import { typedIn } from './read-form';

const LIST = '/desk/catalogue/entries';
const MOST_REASON = 500;

/** What others have added, for whoever looks after the catalogue: taken away with a reason that its organisation reads. */
@Controller('desk/catalogue/entries')
export class ModeratingController {
  constructor(private readonly contributions: Contributions, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  list(@Ctx() ctx: RequestContext, @Query('after') after?: unknown): Promise<PageResult> { return this.#page(ctx, after); }

  @Post(':id/take-away') @Requires(MANAGE_CATALOGUE)
  async takeAway(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody, @Query('after') after?: unknown): Promise<PageResult | RedirectResult> {
    const [because] = typedIn(body, 'because');
    if (because === undefined) return this.#page(ctx, after, [{ field: `because-${id}`, message: this.renderer.messages.t(ctx, 'catalogue.desk.moderation.missing') }]);
    await this.contributions.end(ctx, id, because.slice(0, MOST_REASON));
    return redirect('/desk/catalogue?result=ended');
  }

  async #page(ctx: RequestContext, asked: unknown, errors: readonly FieldError[] = []): Promise<PageResult> {
    const after = placeIn(asked, CONTRIBUTION_ID);
    const entries = await this.contributions.newest(ctx, { after });
    return page('catalogue/desk/entries', { entries: entries.items, after, ...linksOf(entries, LIST, after), errors }, errors.length ? { status: 422 } : {});
  }
}
