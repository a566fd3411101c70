import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Ctx, ForResidents, page, redirect, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { residentOf } from '../information/whose-information';
import { ReceivesVisits } from './receives-visits';
import { SignsInElsewhere } from './signs-in-elsewhere';

/** Residents on their way between two bodies: those whom another one has sent, and those who are back. Addresses hold what says nothing of anybody, and works once. */
@Controller('sharing/links')
export class VisitsController {
  constructor(private readonly visits: ReceivesVisits, private readonly signsIn: SignsInElsewhere) {}

  @Get('visits/:ticket') @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Param('ticket') ticket: string): Promise<PageResult> { return page('sharing/linking/visit', await this.visits.show(ctx, residentOf(ctx), ticket)); }

  @Post('visits/:ticket') @ForResidents()
  async press(@Ctx() ctx: RequestContext, @Param('ticket') ticket: string): Promise<RedirectResult> {
    await this.visits.press(ctx, residentOf(ctx), ticket);
    return redirect(`/sharing/links/visits/${encodeURIComponent(ticket)}`);
  }

  @Get('back') @ForResidents()
  async back(@Ctx() ctx: RequestContext, @Query('code') code?: string, @Query('state') state?: string): Promise<PageResult | RedirectResult> {
    const finished = await this.signsIn.finish(ctx, residentOf(ctx), { code: opaqueIn(code), state: opaqueIn(state) });
    if (finished.ok) return redirect(finished.value.returnTo);
    const { reason, returnTo = '/account/information' } = finished.refusal;
    return page('sharing/linking/not-linked', { reason, returnTo }, { status: reason === 'unreachable' ? 503 : 409 });
  }
}

/** A token that came with an address: what is none is nobody's. */
function opaqueIn(given: unknown): string { return typeof given === 'string' && /^[A-Za-z0-9_-]{43}$/.test(given) ? given : 'A'.repeat(43); }
