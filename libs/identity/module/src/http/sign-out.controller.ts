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

/** Where residents and officers sign out: here first, then at the far end by which they came. */
@Controller('sign-out')
export class SignOutController {
  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  /** A link must not sign anybody out: another site could hold it. */
  @Get() @Public()
  ask(@Ctx() ctx: RequestContext): PageResult | RedirectResult {
    return ctx.actor.kind === 'nobody' ? redirect(SIGNED_OUT_PATH) : page('identity/sign-out', { isOfficer: ctx.actor.kind === 'officer' });
  }

  /** Whoever is not the person that is signed in goes on to where they were, `next`; by a far end that signs the other person out too, only as far as it lets them come back. */
  @Post() @Public()
  async signOut(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Body(form()) _body: FormBody, @Query() query: Readonly<Record<string, unknown>>): Promise<RedirectResult> {
    const hint = signOutHintOf(req);
    const isOfficer = ctx.actor.kind === 'officer';
    await this.sessions.signOut(req);
    return redirect((await this.farEnd(ctx, hint)) ?? localPath(queryOf(query, 'next'), `${SIGNED_OUT_PATH}${isOfficer ? '?desk' : ''}`));
  }

  @Get('done') @Public()
  done(@Query() query: Readonly<Record<string, unknown>>): PageResult {
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
