import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, Requires, form, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';
import { assistedForm, basisIn } from '../information/assisted-form';
import { PersonOnDesk } from '../information/person-on-desk';
import { onDesk } from '../information/whose-information';
import { TellOncePages, type WhoseMove } from './tell-once-pages';

/** A resident who calls has moved: an adviser tells it once for them. */
@Controller('desk/information/people/:person/tell-once')
export class DeskTellOnceController {
  constructor(private readonly pages: TellOncePages, private readonly people: PersonOnDesk) {}

  @Get() @Requires(ACT_ON_SHARING)
  async ask(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('typed') typed?: string): Promise<PageResult> { return this.pages.address(ctx, await this.#whose(ctx, personId), typed); }

  @Post() @Requires(ACT_ON_SHARING)
  async choose(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Body(form()) body: FormBody): Promise<PageResult> { return this.pages.recipients(ctx, await this.#whose(ctx, personId), body); }

  @Post('tell') @Requires(ACT_ON_SHARING)
  async tell(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const told = await this.pages.tell(ctx, { ...(await this.#whose(ctx, personId, body)), basis: basisIn(body) ?? 'missing' }, body);
    return typeof told === 'string' ? redirect(told) : told;
  }

  @Get(':change') @Requires(ACT_ON_SHARING)
  async told(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('change') changeId: string): Promise<PageResult> { return this.pages.told(ctx, await this.#whose(ctx, personId), changeId); }

  async #whose(ctx: RequestContext, personId: string, body?: FormBody): Promise<WhoseMove> {
    const desk = onDesk(personId, await this.people.look(ctx, personId));
    return { personId, here: `${desk.base}/tell-once`, around: { ...desk, assisted: assistedForm(body) } };
  }
}
