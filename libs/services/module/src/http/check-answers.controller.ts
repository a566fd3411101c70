import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Public, form, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { NameFirst } from '../asking/name-first';
import { OpenVisit, placeOf } from '../asking/open-visit';
import { pathOf } from '../asking/page-request';
import { ShowCheckAnswers } from '../checking/show-check-answers';
import { draftOfTicket } from '../drafts/draft-ticket';
import { FindDrafts } from '../drafts/find-drafts';
import { SendDraft } from '../submitting/send-draft';

/** Checking the answers and sending them. */
@Controller('services/:slug/check-answers')
export class CheckAnswersController {
  constructor(@Inject(OpenVisit) private readonly visits: OpenVisit, @Inject(NameFirst) private readonly names: NameFirst, @Inject(ShowCheckAnswers) private readonly check: ShowCheckAnswers, @Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(SendDraft) private readonly sending: SendDraft) {}

  @Get() @Public()
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string): Promise<PageResult | RedirectResult> {
    const opened = await this.visits.open(ctx, req, slug);
    const barrier = this.visits.barrier(ctx, opened.installed, pathOf(slug, 'check-answers'));
    if (barrier) return barrier;
    const { draft, progress } = opened;
    if (!draft) return redirect(`/services/${slug}`);
    if (draft.state !== 'open' || !progress.isComplete) return redirect(placeOf(opened));
    return (await this.names.barrier(ctx, opened.installed, pathOf(slug, 'check-answers'))) ?? this.check.show(ctx, opened, draft);
  }

  @Post() @Public()
  async send(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const opened = await this.visits.open(ctx, req, slug);
    const barrier = this.visits.barrier(ctx, opened.installed, pathOf(slug, 'check-answers'));
    if (barrier) return barrier;
    const draftId = draftOfTicket(ctx, body['draft']);
    // The form says of which draft it is: it may have been sent already, in another window or by a second press.
    const isOther = draftId !== undefined && draftId !== opened.draft?.draftId;
    const other = isOther ? await this.drafts.byId(ctx, req.session, draftId) : undefined;
    const ofService = other?.service === slug ? await this.visits.withoutStopped(ctx, opened.installed, other) : undefined;
    const shown = isOther ? ofService : opened.draft;
    if (!shown) return redirect(opened.draft ? placeOf(opened) : `/services/${slug}`);
    const nameless = shown.state === 'open' ? await this.names.barrier(ctx, opened.installed, pathOf(slug, 'check-answers')) : undefined;
    return nameless ?? this.sending.send(ctx, this.visits.with(opened.installed, shown), shown, body);
  }
}
