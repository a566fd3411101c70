import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, form, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { residentOf } from '../information/whose-information';
import { TellOncePages, type WhoseMove } from './tell-once-pages';

/** A resident tells once that they have moved: the address, whom it is to reach, and who has it. */
@Controller('account/information/tell-once')
export class TellOnceController {
  constructor(private readonly pages: TellOncePages) {}

  @Get() @ForResidents()
  async ask(@Ctx() ctx: RequestContext, @Query('typed') typed?: string): Promise<PageResult> { return this.pages.address(ctx, whose(ctx), typed); }

  @Post() @ForResidents()
  async choose(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult> { return this.pages.recipients(ctx, whose(ctx), body); }

  @Post('tell') @ForResidents()
  async tell(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const told = await this.pages.tell(ctx, whose(ctx), body);
    return typeof told === 'string' ? redirect(told) : told;
  }

  @Get(':change') @ForResidents()
  async told(@Ctx() ctx: RequestContext, @Param('change') changeId: string): Promise<PageResult> { return this.pages.told(ctx, whose(ctx), changeId); }
}

function whose(ctx: RequestContext): WhoseMove { return { personId: residentOf(ctx), here: '/account/information/tell-once' }; }
