import { CONFIDENCES, isAtLeast, localPath } from '@guildhall/identity-contract';
import type { IdentityConfidence, RedirectRefusal } from '@guildhall/identity-contract';
import { Ctx, Public, Sessions, form, page, redirect } from '@guildhall/kernel';
import type { FormBody, GuildhallRequest, PageResult, RedirectResult } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { WaysAndDevices } from '../account/ways-and-devices';
import { BeginCode } from '../signing-in/begin-code';
import type { CodeRequestRefusal } from '../signing-in/begin-code';
import { WhoseAccount } from '../people/whose-account';
import { channelsOf, redirectsOf, redirectsSureOf } from '../signing-in/providers';
import type { InSession } from '../signing-in/in-session';
import { Redirects } from '../signing-in/redirects';
import { Entrance } from './entrance';
import { Forms, fieldOf, queryOf } from './forms';

type Query_ = Readonly<Record<string, unknown>>;
/** What the sign-in page is for: `add` a way to the account one is signed in to, or `join` a new way to an account one has. */
interface Purpose { readonly next: string; readonly confidence: IdentityConfidence; readonly isAdding: boolean; readonly isJoining: boolean }

/** Where they see what ways in they have. */
const WAYS_IN = '/account/sign-in';
const FAULTS: Readonly<Record<CodeRequestRefusal['reason'], string>> = { 'contact-not-valid': 'contact', 'no-texts-to-this-number': 'no-texts', 'too-many-codes': 'too-many-codes', 'not-sendable': 'not-sendable' };

/** Where residents choose how to sign in, and come back from far ends. */
@Controller()
export class SignInController {
  constructor(
    @Inject(Forms) private readonly forms: Forms,
    @Inject(BeginCode) private readonly beginCode: BeginCode,
    @Inject(Redirects) private readonly redirects: Redirects,
    @Inject(Entrance) private readonly entrance: Entrance,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(WhoseAccount) private readonly whose: WhoseAccount,
    @Inject(WaysAndDevices) private readonly ways: WaysAndDevices,
  ) {}

  @Get('sign-in') @Public()
  async choose(@Ctx() ctx: RequestContext, @Query() query: Query_): Promise<PageResult | RedirectResult> {
    const purpose = purposeOf(query);
    if (purpose.isAdding && ctx.actor.kind !== 'resident') return redirect(`/sign-in?next=${encodeURIComponent('/sign-in?add')}`);
    const isDone = ctx.actor.kind === 'resident' && isAtLeast(ctx.actor.confidence, purpose.confidence) && !purpose.isAdding && !purpose.isJoining;
    return isDone ? redirect(purpose.next) : this.show(ctx, purpose);
  }

  @Post('sign-in') @Public()
  async send(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Body(form()) body: FormBody, @Query() query: Query_): Promise<PageResult | RedirectResult> {
    const purpose = purposeOf(query);
    const contact = fieldOf(body, 'contact');
    const asked = `contact-${kindOfContact(ctx)}`;
    if (!contact) return this.show(ctx, purpose, contact, asked.replace('contact-', 'contact-missing-'));
    const outcome = await this.beginCode.begin(ctx, { contact, next: purpose.next, inSession: this.inSession(req), internetAddress: req.ip, addsTo: addsTo(ctx, purpose) });
    if (outcome.ok) return redirect(`/sign-in/code/${outcome.value.challengeId}`);
    const fault = FAULTS[outcome.refusal.reason];
    return this.show(ctx, purpose, contact, fault === 'contact' ? asked : fault);
  }

  @Post('sign-in/with/:provider') @Public()
  async leave(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('provider') provider: string, @Body(form()) _body: FormBody, @Query() query: Query_): Promise<PageResult | RedirectResult> {
    const purpose = purposeOf(query);
    const outcome = await this.redirects.begin(ctx, { who: 'resident', provider, inSession: this.inSession(req), next: purpose.next, confidence: purpose.confidence, addsTo: addsTo(ctx, purpose) });
    return outcome.ok ? redirect(outcome.value.url) : failed(outcome.refusal.reason, 429, `/sign-in?${queryFor(purpose)}`);
  }

  @Get('sign-in/return/:provider') @Public()
  async comeBack(@Req() req: GuildhallRequest, @Ctx() ctx: RequestContext, @Param('provider') provider: string, @Query() query: Query_): Promise<PageResult | RedirectResult> {
    if (!req.session) return failed('not-what-was-begun');
    const callback = Object.fromEntries(Object.keys(query).flatMap((name) => { const value = queryOf(query, name); return value === undefined ? [] : [[name, value]]; }));
    const outcome = await this.redirects.end(ctx, { who: 'resident', provider, sessionId: req.session.id, callback });
    if (!outcome.ok) {
      const { reason, next } = outcome.refusal;
      const isSignedIn = ctx.actor.kind === 'resident';
      // Back, or a reload, after having signed in: there is nothing to complain of.
      if (isSignedIn && reason === 'not-what-was-begun') return redirect('/account');
      return page('identity/sign-in-failed', { reason, isSignedIn, again: againAt(isSignedIn, next) }, { status: statusOf(reason) });
    }
    const { claims, next, addsTo: personId } = outcome.value;
    if (!personId) return this.entrance.enter(req, { claims, provider, next });
    const isAdded = await this.entrance.add(req, { personId, claims, provider });
    if (next === WAYS_IN) return redirect(isAdded ? `${WAYS_IN}?added` : `${WAYS_IN}?taken`);
    return isAdded ? redirect(next) : page('identity/sign-in-failed', { reason: 'belongs-to-another', isSignedIn: true, again: next }, { status: 409 });
  }

  private inSession(req: GuildhallRequest): InSession {
    return (store) => this.sessions.ensureWith(req, store);
  }

  private async show(ctx: RequestContext, purpose: Purpose, contact = '', fault?: string): Promise<PageResult> {
    const wantsMore = purpose.confidence !== 'none';
    const personId = addsTo(ctx, purpose);
    // Another way is one that they do not have.
    const own = purpose.isAdding && personId ? (await this.ways.ways(ctx, personId)).map(({ provider }) => provider) : [];
    return this.forms.show(ctx, 'identity/sign-in', {
      ...purpose, contact, query: queryFor(purpose), leaving: new URLSearchParams({ next: `/sign-in?${queryFor(purpose)}` }).toString(), isSurer: wantsMore, isToBeAdded: personId !== undefined, whose: wantsMore && personId ? await this.whose.of(ctx, personId) : undefined, isForNobody: channelsOf(ctx).length === 0 && redirectsOf(ctx, 'resident').length === 0,
      // A code says nothing of who somebody is.
      kindOfContact: wantsMore ? undefined : kindOfContact(ctx),
      redirects: redirectsSureOf(ctx, purpose.confidence).filter(({ id }) => !own.includes(id)).map(({ id, provider }) => ({ id: encodeURIComponent(id), title: provider.title, hint: provider.hint })),
    }, fault ? [{ field: 'contact', key: fault }] : []);
  }
}

/** The page that says why somebody is not signed in. */
export function failed(reason: string, status = 400, gotAt?: string): PageResult {
  return page('identity/sign-in-failed', { reason, isSignedIn: false, again: '/sign-in' }, { status, gotAt });
}

/** Where to try again: who is signed in already is asked again there for what was not sure enough. */
function againAt(isSignedIn: boolean, next?: string): string {
  if (next === undefined) return '/sign-in';
  return isSignedIn ? next : `/sign-in?${new URLSearchParams({ next }).toString()}`;
}

/** Whose turn it is: where the far end cannot just now, programs that look at statuses should not take it for the person's mistake. */
function statusOf(reason: RedirectRefusal['reason']): number {
  return reason === 'not-available' || reason === 'switched-off' ? 503 : 400;
}

function purposeOf(query: Query_): Purpose {
  const isAdding = 'add' in query;
  return {
    next: localPath(queryOf(query, 'next'), isAdding ? WAYS_IN : '/account'),
    confidence: CONFIDENCES.find((level) => level === queryOf(query, 'confidence')) ?? 'none',
    isAdding, isJoining: 'join' in query,
  };
}

function queryFor({ next, confidence, isAdding, isJoining }: Purpose): string {
  const query = new URLSearchParams({ next });
  if (confidence !== 'none') query.set('confidence', confidence);
  if (isAdding) query.set('add', '');
  if (isJoining) query.set('join', '');
  return query.toString();
}

/** Whose the way in is to be, because they are in their account and press for it: to have another, or to be known more surely there. */
function addsTo({ actor }: RequestContext, { isAdding, confidence }: Purpose): PersonId | undefined {
  return actor.kind === 'resident' && (isAdding || !isAtLeast(actor.confidence, confidence)) ? actor.personId : undefined;
}

function kindOfContact(ctx: RequestContext): 'both' | 'email' | 'text' | undefined {
  const channels = channelsOf(ctx);
  return channels.length > 1 ? 'both' : channels[0];
}
