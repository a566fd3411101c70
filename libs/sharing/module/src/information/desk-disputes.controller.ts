import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';
import { assistedForm, basisIn } from './assisted-form';
import { Disputes } from './disputes';
import { PersonOnDesk } from './person-on-desk';
import { onDesk } from './whose-information';

/** A resident who calls says that something which is held of them is wrong. */
@Controller('desk/information/people/:person/wrong')
export class DeskDisputesController {
  constructor(private readonly disputes: Disputes, private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get(':attribute') @Requires(ACT_ON_SHARING)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('attribute') id: string): Promise<PageResult> {
    const [name, attribute] = [await this.people.look(ctx, personId), this.disputes.attribute(ctx, id)];
    return page('sharing/information/wrong', { ...onDesk(personId, name), assisted: assistedForm(), attribute, story: await this.disputes.story(ctx, personId, attribute.id) });
  }

  @Post(':attribute') @Requires(ACT_ON_SHARING)
  async raise(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('attribute') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const [name, attribute, basis] = [await this.people.look(ctx, personId), this.disputes.attribute(ctx, id), basisIn(body)];
    if (!basis) return page('sharing/information/wrong', { ...onDesk(personId, name), assisted: assistedForm(body), attribute, errors: [{ field: 'authority', message: this.renderer.messages.t(ctx, 'sharing.desk.information.error-authority') }] }, { status: 400 });
    await this.disputes.raise(ctx, personId, attribute.id, basis);
    return redirect(`${onDesk(personId, name).base}/wrong/${encodeURIComponent(attribute.id)}`);
  }
}
