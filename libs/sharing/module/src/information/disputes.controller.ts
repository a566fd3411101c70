import { Controller, Get, Param, Post } from '@nestjs/common';
import { Ctx, ForResidents, page, redirect, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Disputes } from './disputes';
import { residentOf } from './whose-information';

/** A resident says that something which is held of them is wrong. */
@Controller('account/information/wrong')
export class DisputesController {
  constructor(private readonly disputes: Disputes) {}

  @Get(':attribute') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('attribute') id: string): Promise<PageResult> {
    const attribute = this.disputes.attribute(ctx, id);
    return page('sharing/information/wrong', { attribute, story: await this.disputes.story(ctx, residentOf(ctx), attribute.id) });
  }

  @Post(':attribute') @ForResidents()
  async raise(@Ctx() ctx: RequestContext, @Param('attribute') id: string): Promise<RedirectResult> {
    await this.disputes.raise(ctx, residentOf(ctx), id);
    return redirect(`/account/information/wrong/${encodeURIComponent(id)}`);
  }
}
