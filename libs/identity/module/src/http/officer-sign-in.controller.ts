import { localPath } from '@guildhall/identity-contract';
import type { RedirectRefusal } from '@guildhall/identity-contract';
import { Ctx, Public, Sessions, extensionsOf, form, page, redirect } from '@guildhall/kernel';
import type { FormBody, GuildhallRequest, PageResult, RedirectResult } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { DESK_AREA } from '@guildhall/portal-contract';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { AdmitOfficer } from '../signing-in/admit-officer';
import { redirectsOf } from '../signing-in/providers';
import { Redirects } from '../signing-in/redirects';
import { deskStartOf } from './desk-start';
import { withSignOutHint } from './entrance';
import { queryOf } from './forms';

/** Where officers sign in to the desk. */
@Controller('desk/sign-in')
export class OfficerSignInController {
  constructor(@Inject(Redirects) private readonly redirects: Redirects, @Inject(AdmitOfficer) private readonly admitOfficer: AdmitOfficer, @Inject(Sessions) private readonly sessions: Sessions) {}

  @Get() @Public()
  choose(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): PageResult | RedirectResult {
    const next = nextOf(query);
    if (ctx.actor.kind === 'officer') return redirect(somewhere(ctx, startOf(ctx, next, ctx.actor.roles)));
    return page('identity/desk-sign-in', { query: new URLSearchParams({ next }).toString(), redirects: redirectsOf(ctx, 'officer').map(({ id, provider }) => ({ id: encodeURIComponent(id), title: provider.title, hint: provider.hint })) });
  }

  @Post('with/:provider') @Public()
  async leave(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('provider') provider: string, @Body(form()) _body: FormBody, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult | RedirectResult> {
    const outcome = await this.redirects.begin(ctx, { who: 'officer', provider, inSession: (store) => this.sessions.ensureWith(req, store), next: nextOf(query) });
    return outcome.ok ? redirect(outcome.value.url) : failed(outcome.refusal.reason, 429);
  }

  @Get('return/:provider') @Public()
  async comeBack(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('provider') provider: string, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult | RedirectResult> {
    if (!req.session) return failed('not-what-was-begun');
    const callback = Object.fromEntries(Object.keys(query).flatMap((name) => { const value = queryOf(query, name); return value === undefined ? [] : [[name, value]]; }));
    const outcome = await this.redirects.end(ctx, { who: 'officer', provider, sessionId: req.session.id, callback });
    if (!outcome.ok) return ctx.actor.kind === 'officer' && outcome.refusal.reason === 'not-what-was-begun' ? redirect(startOf(ctx, '/desk', ctx.actor.roles)) : failed(outcome.refusal.reason, statusOf(outcome.refusal.reason));
    const admitted = await this.admitOfficer.admit(ctx, outcome.value.claims, provider);
    if (!admitted.ok) return failed(admitted.refusal.reason, 403);
    const { signOutHint, ...officer } = admitted.value;
    // What a resident, or another officer, held in this browser's session is not this officer's.
    if (ctx.actor.kind !== 'nobody') await this.sessions.signOut(req);
    await this.sessions.signInOfficer(req, officer, withSignOutHint(req, signOutHint === undefined ? undefined : { who: 'officer', provider, hint: signOutHint }));
    return redirect(startOf(ctx, outcome.value.next, officer.roles));
  }
}

/** Officers go on at the desk, wherever a link says. */
function nextOf(query: Readonly<Record<string, unknown>>): string {
  const next = localPath(queryOf(query, 'next'), '/desk');
  return /^\/desk(?:[/?#]|$)/.test(next) && !next.startsWith('/desk/sign-in') ? next : '/desk';
}

/** Who came by no link begins where their work is: an adviser's is not on the worklist. */
function startOf(ctx: RequestContext, next: string, roles: readonly string[]): string {
  return next === '/desk' ? deskStartOf(extensionsOf(ctx, DESK_AREA), roles) : next;
}

/** The desk's own address leads back to the sign-in where no module has a page there. @throws NotFound when there is nothing at the desk for this officer */
function somewhere(ctx: RequestContext, start: string): string {
  if (start === '/desk' && !extensionsOf(ctx, DESK_AREA).some(({ href }) => href === '/desk')) throw new NotFound('There is nothing at this desk for you. Ask whoever gives roles.');
  return start;
}

/** Whose turn it is: the far end's, the officer's own, or nobody's in particular. */
function statusOf(reason: RedirectRefusal['reason']): number {
  if (reason === 'not-available' || reason === 'switched-off') return 503;
  return reason === 'no-second-factor' || reason === 'too-many-groups' ? 403 : 400;
}

function failed(reason: string, status = 400): PageResult {
  return page('identity/desk-sign-in-failed', { reason }, { status });
}
