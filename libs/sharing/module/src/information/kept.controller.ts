import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, form, page, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { KeptTyped } from './kept-typed';
import { backIn } from './way-back';
import { residentOf } from './whose-information';

const HELD = '/account/information#held';

/** A resident does not want what they have typed to be kept. */
@Controller('account/information/kept')
export class KeptController {
  constructor(private readonly typed: KeptTyped) {}

  @Get(':attribute') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('attribute') attribute: string, @Query('back') back?: string): Promise<PageResult | RedirectResult> {
    const kept = await this.typed.find(ctx, residentOf(ctx), attribute);
    return kept ? page('sharing/information/kept', { kept, back: backIn(back) }) : redirect(backIn(back) ?? HELD);
  }

  @Post(':attribute') @ForResidents()
  async forget(@Ctx() ctx: RequestContext, @Param('attribute') attribute: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    await this.typed.forget(ctx, residentOf(ctx), attribute);
    return redirect(backIn(body['back']) ?? HELD);
  }
}
