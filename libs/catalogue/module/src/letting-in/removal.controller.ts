import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { typedIn } from '../contributing/read-form';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { RemovesRelease } from './removes-release';

const FIELDS = ['package', 'version', 'because'] as const;
const MOST_CHARACTERS = { package: 214, version: 100, because: 2000 } as const;

/** Where somebody of the catalogue takes a release off the list. */
@Controller('desk/catalogue/remove')
export class RemovalController {
  constructor(private readonly removing: RemovesRelease, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_CATALOGUE)
  ask(): PageResult { return page('catalogue/desk/remove', { typed: {} }); }

  @Post() @Requires(MANAGE_CATALOGUE)
  async remove(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const typed = Object.fromEntries(FIELDS.map((field) => [field, (typedIn(body, field)[0] ?? '').slice(0, MOST_CHARACTERS[field])])) as Record<(typeof FIELDS)[number], string>;
    const say = (key: string): string => this.renderer.messages.t(ctx, `catalogue.desk.removal.${key}`);
    const again = (errors: readonly FieldError[]): PageResult => page('catalogue/desk/remove', { typed, errors }, { status: 422 });
    const missing = FIELDS.filter((field) => typed[field] === '').map((field) => ({ field, message: say(`missing.${field === 'because' ? 'reason' : field}`) }));
    if (missing.length > 0) return again(missing);
    const outcome = await this.removing.remove(ctx, { name: typed.package, version: typed.version, because: typed.because });
    return outcome.ok ? redirect('/desk/catalogue?result=removed') : again([{ field: 'version', message: say('not-listed') }]);
  }
}
