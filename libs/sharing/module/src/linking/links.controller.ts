import { Controller, Get, Param, Post } from '@nestjs/common';
import { Ctx, ForResidents, page, redirect, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { residentOf } from '../information/whose-information';
import { ShowsLinks } from './shows-links';
import { SignsInElsewhere } from './signs-in-elsewhere';

/** A resident's links with other bodies: the way to one, and the way out of it. */
@Controller('account/information/links')
export class LinksController {
  constructor(private readonly links: ShowsLinks, private readonly signsIn: SignsInElsewhere) {}

  @Get('away/:state') @ForResidents()
  async away(@Ctx() ctx: RequestContext, @Param('state') state: string): Promise<PageResult> {
    const { peerId, address, returnTo } = await this.signsIn.away(ctx, residentOf(ctx), state);
    return page('sharing/linking/away', { name: await this.links.name(ctx, peerId), address, returnTo });
  }

  @Get(':peer/remove') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('peer') peerId: string): Promise<PageResult> {
    return page('sharing/linking/remove', { link: await this.links.find(ctx, residentOf(ctx), peerId) });
  }

  @Post(':peer/remove') @ForResidents()
  async remove(@Ctx() ctx: RequestContext, @Param('peer') peerId: string): Promise<RedirectResult> {
    await this.links.remove(ctx, residentOf(ctx), peerId);
    return redirect('/account/information#linked');
  }
}
