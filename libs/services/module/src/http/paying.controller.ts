import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, LOG, Public, form, originOf, page as pageOf, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotAuthenticated, NotFound, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { totalOf, type PaymentState } from '@guildhall/payments-contract';
import type { InstalledService } from '@guildhall/services-contract';
import { pathOf } from '../asking/page-request';
import { feeView } from '../checking/show-check-answers';
import type { Draft } from '../drafts/draft';
import { FindDrafts } from '../drafts/find-drafts';
import { InstalledServices } from '../offering/installed-services';
import { PayForDraft } from '../paying/pay-for-draft';
import { FinishSubmission } from '../submitting/finish-submission';

/** What the page between our site and the payment page says, by what became of the payment. */
const SAYS: Readonly<Record<PaymentState | 'not-requested', 'to-pay' | 'declined' | 'cancelled' | 'expired' | 'fault' | 'waiting'>> = {
  'not-requested': 'to-pay', requested: 'to-pay', started: 'to-pay', submitted: 'waiting', succeeded: 'waiting', failed: 'declined', cancelled: 'cancelled', expired: 'expired', error: 'fault', withdrawn: 'fault',
};

/** Paying for what was confirmed, and everything that may become of it. */
@Controller('services/:slug')
export class PayingController {
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(PayForDraft) private readonly paying: PayForDraft, @Inject(FinishSubmission) private readonly submissions: FinishSubmission, @Inject(LOG) private readonly log: Log) {}

  /** Back from the payment page, or looking again. */
  @Get('paid/:draftId') @Public()
  async paid(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<RedirectResult> {
    const { draft } = await this.find(ctx, req, slug, draftId);
    if (draft.state === 'open') return redirect(pathOf(slug, 'check-answers'));
    const progress = await this.finish(ctx, draft);
    return redirect(progress === 'done' ? `/services/${slug}/done/${draftId}` : `/services/${slug}/pay/${draftId}`);
  }

  @Get('pay/:draftId') @Public()
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<PageResult | RedirectResult> {
    const { draft, installed } = await this.find(ctx, req, slug, draftId);
    if (draft.state === 'open') return redirect(pathOf(slug, 'check-answers'));
    const progress = draft.state === 'paying' ? await this.finish(ctx, draft) : 'done';
    return progress === 'done' ? redirect(`/services/${slug}/done/${draftId}`) : this.page(ctx, installed, draft, SAYS[progress]);
  }

  @Post('pay/:draftId') @Public()
  async pay(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { draft, installed } = await this.find(ctx, req, slug, draftId);
    if (draft.state !== 'paying') return redirect(draft.state === 'open' ? pathOf(slug, 'check-answers') : `/services/${slug}/done/${draftId}`);
    if (body['action'] === 'change') {
      const taken = await this.paying.takeBack(ctx, draft);
      return redirect(taken.ok ? pathOf(slug, 'check-answers') : `/services/${slug}/paid/${draftId}`);
    }
    const started = await this.paying.start(ctx, installed, draft);
    if (started.ok) return redirect(started.value.nextUrl);
    switch (started.refusal.reason) {
      case 'already-paid': return redirect(`/services/${slug}/paid/${draftId}`);
      case 'being-processed': return this.page(ctx, installed, draft, 'waiting');
      default: return this.page(ctx, installed, draft, 'fault');
    }
  }

  /** What became of the payment; `done` when the case is open, or will be: what is paid and written down is carried on with, whatever fails now. */
  private async finish(ctx: RequestContext, draft: Draft): Promise<PaymentState | 'not-requested' | 'done'> {
    try {
      const progress = await this.submissions.finish(ctx, draft.draftId);
      return progress.kind === 'not-paid' ? progress.payment : 'done';
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.log.error('services.submission-delayed', { draftId: draft.draftId, correlationId: ctx.correlationId, error: code ?? name, at: originOf(error) });
      return (await this.submissions.isPaid(ctx, draft.draftId)) ? 'done' : 'submitted';
    }
  }

  private page(ctx: RequestContext, { slug, service }: InstalledService, draft: Draft, says: (typeof SAYS)[PaymentState]): PageResult {
    const fee = draft.submission?.fee ?? [];
    return pageOf('services/pay', {
      serviceName: service.title, serviceHref: `/services/${slug}`, says, fee: feeView(fee, ctx.language), totalInPence: totalOf(fee), action: `/services/${slug}/pay/${draft.draftId}`, refreshHref: `/services/${slug}/paid/${draft.draftId}`, keptUntil: draft.expiresAt,
    });
  }

  /** Whoever's session has ended is asked to sign in, and comes back here. */
  private async find(ctx: RequestContext, req: GuildhallRequest, slug: string, draftId: string): Promise<{ draft: Draft; installed: InstalledService }> {
    const installed = this.services.get(ctx, slug);
    const draft = await this.drafts.byId(ctx, req.session, draftId);
    if (draft?.service === slug) return { draft, installed };
    if (ctx.actor.kind === 'nobody' && installed.service.audience.signIn === 'required') throw new NotAuthenticated();
    throw new NotFound();
  }
}
