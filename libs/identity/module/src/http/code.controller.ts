import { Ctx, Public, form, redirect } from '@guildhall/kernel';
import type { FormBody, GuildhallRequest, PageResult, RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { AddWayIn } from '../signing-in/add-way-in';
import { BeginCode } from '../signing-in/begin-code';
import { PendingWays } from '../signing-in/pending-ways';
import { TryCode } from '../signing-in/try-code';
import { Entrance } from './entrance';
import { Forms, fieldOf } from './forms';

/** Where residents enter the code that was sent, and say which account they mean. The challenge is named by an id; the contact is in no address. */
@Controller('sign-in')
export class CodeController {
  constructor(
    @Inject(Forms) private readonly forms: Forms,
    @Inject(BeginCode) private readonly beginCode: BeginCode,
    @Inject(TryCode) private readonly tryCode: TryCode,
    @Inject(Entrance) private readonly entrance: Entrance,
    @Inject(AddWayIn) private readonly addWayIn: AddWayIn,
    @Inject(PendingWays) private readonly pending: PendingWays,
  ) {}

  @Get('code/:challenge') @Public()
  ask(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('challenge') challenge: string, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult | RedirectResult> {
    return this.show(req, ctx, challenge, 'again' in query);
  }

  @Post('code/:challenge') @Public()
  async answer(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('challenge') challenge: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const code = fieldOf(body, 'code');
    if (!code) return this.show(req, ctx, challenge, false, 'code-missing');
    const outcome = await this.tryCode.try(ctx, req, challenge, code, async ({ addsTo, ...right }) => {
      if (!addsTo) return this.entrance.enter(req, right);
      const added = await this.addWayIn.add(ctx, { personId: addsTo, ...right });
      return redirect(added.ok ? '/account/sign-in?added' : '/account/sign-in?taken');
    });
    if (!outcome) return this.show(req, ctx, challenge, false);
    return outcome.ok ? outcome.value : this.show(req, ctx, challenge, false, outcome.refusal.reason);
  }

  @Post('code/:challenge/again') @Public()
  async again(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('challenge') challenge: string, @Body(form()) _body: FormBody): Promise<PageResult | RedirectResult> {
    const open = await this.tryCode.find(ctx, req, challenge);
    if (!open) return this.gone(ctx);
    const outcome = await this.beginCode.begin(ctx, { contact: open.contact.address, next: open.next, inSession: (store) => store(ctx, []), internetAddress: req.ip, addsTo: open.addsTo });
    if (outcome.ok) return redirect(`/sign-in/code/${outcome.value.challengeId}?again`);
    return this.show(req, ctx, challenge, false, outcome.refusal.reason === 'too-many-codes' ? 'too-many-codes' : 'not-sendable');
  }

  @Get('which/:pending') @Public()
  which(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('pending') pending: string): Promise<PageResult | RedirectResult> {
    return this.showWhich(req, ctx, pending);
  }

  @Post('which/:pending') @Public()
  async choose(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('pending') pending: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const choice = fieldOf(body, 'account');
    const waiting = req.session && (await this.pending.find(ctx, pending, req.session.id));
    if (!req.session || !waiting) return this.gone(ctx);
    if (choice === 'apart') return this.entrance.enterApart(req, pending);
    if (choice !== 'join') return this.showWhich(req, ctx, pending, 'choose-account');
    await this.pending.wantJoin(ctx, pending, req.session.id);
    return redirect(`/sign-in?${new URLSearchParams({ next: waiting.next, join: '' }).toString()}`);
  }

  private async show(req: GuildhallRequest, ctx: RequestContext, challenge: string, isAgain: boolean, fault?: string): Promise<PageResult | RedirectResult> {
    const open = await this.tryCode.find(ctx, req, challenge);
    if (!open) return this.gone(ctx);
    const query = new URLSearchParams({ next: open.next, ...(open.addsTo ? { add: '' } : {}) }).toString();
    return this.forms.show(ctx, 'identity/code', { ...open, query, isAgain }, fault ? [{ field: 'code', key: fault }] : [], `/sign-in/code/${encodeURIComponent(challenge)}`);
  }

  private async showWhich(req: GuildhallRequest, ctx: RequestContext, pending: string, fault?: string): Promise<PageResult | RedirectResult> {
    const waiting = req.session && (await this.pending.find(ctx, pending, req.session.id));
    return waiting ? this.forms.show(ctx, 'identity/which', waiting, fault ? [{ field: 'account', key: fault }] : []) : this.gone(ctx);
  }

  /** The page is of another session, as after the back button or in another tab once signed in: on to where it can go on. */
  private gone(ctx: RequestContext): RedirectResult {
    return redirect(ctx.actor.kind === 'resident' ? '/account' : '/sign-in');
  }
}
