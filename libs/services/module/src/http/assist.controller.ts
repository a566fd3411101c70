import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Requires, form, page as pageOf, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { dayOf } from '@guildhall/cases-contract';
import { CLOCK, IDS, NotAllowed, NotFound, type Clock, type Ids, type Officer, type RequestContext } from '@guildhall/kernel-contract';
import { totalOf } from '@guildhall/payments-contract';
import { ASSIST_WITH_SERVICES, progressOf } from '@guildhall/services-contract';
import { KeepAssistedDraft } from '../assisting/keep-assisted-draft';
import { ShowAssisted } from '../assisting/show-assisted';
import { TakeAssisted } from '../assisting/take-assisted';
import { draftOfTicket } from '../drafts/draft-ticket';
import { FinishSubmission } from '../submitting/finish-submission';
import { OfferServices } from '../offering/offer-services';
import { InstalledServices } from '../offering/installed-services';

/** A service filled in for somebody who calls or visits. */
@Controller('desk/assist')
export class AssistController {
  constructor(
    @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(OfferServices) private readonly offer: OfferServices, @Inject(KeepAssistedDraft) private readonly drafts: KeepAssistedDraft,
    @Inject(ShowAssisted) private readonly screen: ShowAssisted, @Inject(TakeAssisted) private readonly taking: TakeAssisted, @Inject(FinishSubmission) private readonly submissions: FinishSubmission, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Get() @Requires(ASSIST_WITH_SERVICES)
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> {
    return pageOf('services/assist-list', { services: (await this.offer.list(ctx)).map(({ slug, title, summary }) => ({ href: `/desk/assist/${slug}`, title: title.en, summary: summary.en })) });
  }

  @Get(':slug') @Requires(ASSIST_WITH_SERVICES)
  async begin(@Ctx() ctx: RequestContext, @Param('slug') slug: string): Promise<PageResult> {
    const installed = this.services.get(ctx, slug);
    return this.screen.show(ctx, { installed, progress: progressOf(installed, {}, dayOf(this.clock.now())), raw: { assistedChannel: 'telephone', assistedLanguage: ctx.council.languages[0] } });
  }

  @Post(':slug') @Requires(ASSIST_WITH_SERVICES)
  async takeFirst(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    return this.taking.take(ctx, req, officerOf(ctx), this.services.get(ctx, slug), draftOfTicket(ctx, body['draft']) ?? this.ids.uuid(), body);
  }

  @Get(':slug/:draftId') @Requires(ASSIST_WITH_SERVICES)
  async carryOn(@Ctx() ctx: RequestContext, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<PageResult | RedirectResult> {
    const installed = this.services.get(ctx, slug);
    const draft = await this.drafts.find(ctx, slug, draftId);
    if (!draft) throw new NotFound();
    if (draft.state !== 'open') return redirect(`/desk/assist/${slug}/${draftId}/sent`);
    return this.screen.show(ctx, { installed, draft, progress: progressOf(installed, draft.answers, dayOf(this.clock.now())), raw: { assistedChannel: draft.channel, assistedLanguage: draft.language } });
  }

  @Post(':slug/:draftId') @Requires(ASSIST_WITH_SERVICES)
  async take(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const draft = await this.drafts.find(ctx, slug, draftId);
    if (!draft) throw new NotFound();
    if (draft.state !== 'open') return redirect(`/desk/assist/${slug}/${draftId}/sent`);
    return this.taking.take(ctx, req, officerOf(ctx), this.services.get(ctx, slug), draft, body);
  }

  @Get(':slug/:draftId/sent') @Requires(ASSIST_WITH_SERVICES)
  async sent(@Ctx() ctx: RequestContext, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<PageResult | RedirectResult> {
    const { service } = this.services.get(ctx, slug);
    const draft = await this.drafts.find(ctx, slug, draftId);
    if (!draft) throw new NotFound();
    if (draft.state === 'open') return redirect(`/desk/assist/${slug}/${draftId}`);
    const progress = draft.state === 'paying' ? await this.submissions.finish(ctx, draftId) : undefined;
    const isWaiting = progress?.kind === 'not-paid';
    return pageOf('services/assist-sent', {
      title: service.title.en, reference: draft.reference, isWaiting, isFinished: draft.state === 'submitted' || progress?.kind === 'submitted', totalInPence: totalOf(draft.submission?.fee ?? []), caseHref: draft.reference ? `/desk/cases/${draft.reference}` : undefined,
      sendsCode: draft.assisted?.personId !== undefined, next: service.confirmation.next.map((text) => text[draft.language]), nextLanguage: draft.language, againHref: `/desk/assist/${slug}`,
    });
  }
}

function officerOf({ actor }: RequestContext): Officer {
  if (actor.kind !== 'officer') throw new NotAllowed('This is for officers who sit at a desk.');
  return actor;
}
