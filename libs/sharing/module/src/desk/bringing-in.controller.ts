import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, TakesFiles, form, page, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { readPasted } from './pasted';
import { SignsAgreement } from './signs-agreement';
import { wordsFor } from './words-for';

const HOME = '/desk/sharing';

/** The officer's page for agreements that come as a file: one to begin with, one that another body has signed, one that comes back. */
@Controller('desk/sharing/bring-in')
export class BringingInController {
  constructor(private readonly signing: SignsAgreement, private readonly renderer: PageRenderer) {}

  @Get() @Requires(MANAGE_AGREEMENTS)
  ask(): PageResult { return page('sharing/bring-in', { typed: '' }); }

  @Post() @Requires(MANAGE_AGREEMENTS) @TakesFiles()
  async bringIn(@Ctx() ctx: RequestContext, @Req() request: GuildhallRequest, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const pasted = await readPasted(request, body);
    if (!pasted.ok) return this.#again(pasted.refusal.typed, { field: pasted.refusal.field, message: wordsFor(this.renderer, ctx)(`bring-in.${pasted.refusal.reason}`) });
    const { json, typed, field } = pasted.value;
    const outcome = await this.signing.takeIn(ctx, json);
    if (!outcome.ok) return this.#again(field === 'document' ? typed : '', { field, message: outcome.refusal.message });
    if ('draft' in outcome.value) return redirect(`${HOME}/drafts/${outcome.value.draft}?result=brought-in`);
    return redirect(`${HOME}/agreements/${outcome.value.agreement}?result=${outcome.value.wasThere ? 'already-in-force' : 'in-force'}`);
  }

  #again(typed: string, error: FieldError): PageResult { return page('sharing/bring-in', { typed, errors: [error] }, { status: 422 }); }
}
