import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, PageRenderer, Requires, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';
import { assistedForm, basisIn } from '../information/assisted-form';
import { PersonOnDesk } from '../information/person-on-desk';
import { onDesk } from '../information/whose-information';
import { ShowsLinks } from './shows-links';

/** A link of a resident who calls: an adviser reads what removing it does, and removes it for them. */
@Controller('desk/information/people/:person/links/:peer/remove')
export class DeskLinksController {
  constructor(private readonly links: ShowsLinks, private readonly people: PersonOnDesk, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  @Get() @Requires(ACT_ON_SHARING)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('peer') peerId: string): Promise<PageResult> {
    const name = await this.people.look(ctx, personId);
    return page('sharing/linking/remove', { ...onDesk(personId, name), assisted: assistedForm(), link: await this.links.find(ctx, personId, peerId) });
  }

  @Post() @Requires(ACT_ON_SHARING)
  async remove(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('peer') peerId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const name = await this.people.look(ctx, personId);
    const basis = basisIn(body);
    if (!basis) {
      const errors = [{ field: 'authority', message: this.renderer.messages.t(ctx, 'sharing.desk.information.error-authority') }];
      return page('sharing/linking/remove', { ...onDesk(personId, name), assisted: assistedForm(body), link: await this.links.find(ctx, personId, peerId), errors }, { status: 400 });
    }
    await this.links.remove(ctx, personId, peerId, basis);
    return redirect(`${onDesk(personId, name).base}#linked`);
  }
}
