import { Ctx, Public, form, page, redirect } from '@guildhall/kernel';
import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ClaimCodes } from '../assisting/claim-codes';
import { Forms, fieldOf } from './forms';

/** Where somebody whom an adviser helped takes what was done into their own account. */
@Controller('claim')
export class ClaimController {
  constructor(@Inject(Forms) private readonly forms: Forms, @Inject(ClaimCodes) private readonly codes: ClaimCodes) {}

  @Get() @Public()
  ask(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): PageResult {
    if ('done' in query && ctx.actor.kind === 'resident') return page('identity/claimed');
    return this.forms.show(ctx, 'identity/claim', { isSignedIn: ctx.actor.kind === 'resident' });
  }

  @Post() @Public()
  async claim(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    if (ctx.actor.kind !== 'resident') return redirect('/sign-in?next=/claim');
    const code = fieldOf(body, 'code');
    const outcome = code ? await this.codes.claim(ctx, code) : undefined;
    if (outcome?.ok) return redirect('/claim?done');
    return this.forms.show(ctx, 'identity/claim', { isSignedIn: true, code }, [{ field: 'code', key: `claim-${outcome?.refusal.reason ?? 'missing'}` }]);
  }
}
