import { SIGNED_OUT_PATH, localPath } from '@guildhall/identity-contract';
import { Ctx, Public, Sessions, form, page, redirect } from '@guildhall/kernel';
import type { FormBody, GuildhallRequest, PageResult, RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { redirectsOf } from '../signing-in/providers';
import { signOutHintOf } from './entrance';
import { queryOf } from './forms';
import type { SignOutHint } from './entrance';

/** Keeps in the session where somebody goes on to, who comes back from signing out at a far end. */
const GOES_ON = 'identity.goes-on';

/** Where residents and officers sign out: here first, then at the far end by which they came. */
@Controller('sign-out')
export class SignOutController {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  /** A link must not sign anybody out: another site could hold it. */
  @Get() @Public()
  ask(@Ctx() ctx: RequestContext): PageResult | RedirectResult {
    return ctx.actor.kind === 'nobody' ? redirect(SIGNED_OUT_PATH) : page('identity/sign-out', { isOfficer: ctx.actor.kind === 'officer' });
  }

  /** Whoever is not the person that is signed in goes on to where they were, `next`; also when they come back from a far end that signs the other person out too. */
  @Post() @Public()
  async signOut(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Body(form()) _body: FormBody, @Query() query: Readonly<Record<string, unknown>>): Promise<RedirectResult> {
    const hint = signOutHintOf(req);
    const isOfficer = ctx.actor.kind === 'officer';
    const next = localPath(queryOf(query, 'next'), '');
    await this.sessions.signOut(req);
    const farEnd = await this.farEnd(ctx, hint);
    // It lets them come back to one page only, which is registered there.
    if (farEnd !== undefined && next) await this.sessions.write(req, { [GOES_ON]: next });
    return redirect(farEnd ?? (next || `${SIGNED_OUT_PATH}${isOfficer ? '?desk' : ''}`));
  }

  @Get('done') @Public()
  async done(@Req() req: GuildhallRequest, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult | RedirectResult> {
    const { [GOES_ON]: next, ...data } = req.session?.data ?? {};
    if (typeof next === 'string') {
      await this.sessions.write(req, data);
      return redirect(next);
    }
    return page('identity/signed-out', { isOfficer: 'desk' in query });
  }

  private async farEnd(ctx: RequestContext, hint: SignOutHint | undefined): Promise<string | undefined> {
    const provider = hint && redirectsOf(ctx, hint.who).find(({ id }) => id === hint.provider)?.provider;
    try {
      return await provider?.signOut?.({ returnUri: `${new URL(ctx.council.origin).origin}${SIGNED_OUT_PATH}`, hint: hint?.hint });
    } catch (error) {
      // The person is signed out here, whether or not the far end answers.
      if (isGuildhallError(error) && error.code === 'unavailable') return undefined;
      throw error;
    }
  }
}
