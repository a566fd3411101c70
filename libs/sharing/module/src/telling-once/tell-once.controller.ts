import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Ctx, ForResidents, PageRenderer, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { IDS, InvalidInput, NotFound, isUuid, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { fieldOf, fieldsOf } from '../desk/form-fields';
import { readAddress, typedAddress } from './read-address';
import { TellsOnce } from './tells-once';

const HERE = '/account/information/tell-once';

/** A resident tells once that they have moved: the address, whom it is to reach, and who has it. */
@Controller('account/information/tell-once')
export class TellOnceController {
  constructor(private readonly tells: TellsOnce, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(IDS) private readonly ids: Ids) {}

  @Get() @ForResidents()
  async ask(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('sharing/telling-once/address', { typed: {}, latest: await this.tells.latest(ctx) }); }

  @Post() @ForResidents()
  async choose(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> {
    const typed = typedAddress(body);
    const read = readAddress(typed);
    if ('wrong' in read) return page('sharing/telling-once/address', { typed, errors: Object.entries(read.wrong).map(([field, sentence]) => ({ field, message: this.renderer.messages.t(ctx, `sharing.information.tell-once.errors.${sentence}`) })) }, { status: 422 });
    return page('sharing/telling-once/recipients', { typed, address: read.address, changeId: this.ids.uuid(), recipients: await this.tells.recipients(ctx) }, { gotAt: HERE });
  }

  @Post('tell') @ForResidents()
  async tell(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const [typed, changeId, to] = [typedAddress(body), fieldOf(body, 'change'), fieldsOf(body, 'to')];
    const read = readAddress(typed);
    if ('wrong' in read || !isUuid(changeId)) throw new InvalidInput('This form is not the one that was shown. Begin again.', [{ field: 'change', message: 'is not known' }]);
    if (to.length === 0) return page('sharing/telling-once/recipients', { typed, address: read.address, changeId, recipients: await this.tells.recipients(ctx), isNoneChosen: true, errors: [{ field: 'to', message: this.renderer.messages.t(ctx, 'sharing.information.tell-once.errors.to') }] }, { status: 422, gotAt: HERE });
    await this.tells.tell(ctx, { changeId, address: read.address, to });
    return redirect(`${HERE}/${changeId}`);
  }

  @Get(':change') @ForResidents()
  async told(@Ctx() ctx: RequestContext, @Param('change') changeId: string): Promise<PageResult> {
    if (!isUuid(changeId)) throw new NotFound('You have told nothing under this name.');
    return page('sharing/telling-once/told', await this.tells.told(ctx, changeId));
  }
}
