import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';
import { assistedForm, basisIn } from './assisted-form';
import { KeptTyped } from './kept-typed';
import { PersonOnDesk } from './person-on-desk';
import { onDesk } from './whose-information';

/** A resident who calls does not want what they have typed to be kept. */
@Controller('desk/information/people/:person/kept')
export class DeskKeptController {
  constructor(private readonly typed: KeptTyped, private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get(':attribute') @Requires(ACT_ON_SHARING)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('attribute') attribute: string): Promise<PageResult | RedirectResult> {
    const [name, kept] = [await this.people.look(ctx, personId), await this.typed.find(ctx, personId, attribute)];
    const { base } = onDesk(personId, name);
    return kept ? page('sharing/information/kept', { ...onDesk(personId, name), assisted: assistedForm(), kept }) : redirect(`${base}#held`);
  }

  @Post(':attribute') @Requires(ACT_ON_SHARING)
  async forget(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('attribute') attribute: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const [name, kept, basis] = [await this.people.look(ctx, personId), await this.typed.find(ctx, personId, attribute), basisIn(body)];
    if (kept && !basis) return page('sharing/information/kept', { ...onDesk(personId, name), assisted: assistedForm(body), kept, errors: [{ field: 'authority', message: this.renderer.messages.t(ctx, 'sharing.desk.information.error-authority') }] }, { status: 400 });
    if (kept) await this.typed.forget(ctx, personId, attribute, basis);
    return redirect(`${onDesk(personId, name).base}#held`);
  }
}
