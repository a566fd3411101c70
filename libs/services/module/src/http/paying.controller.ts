import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Public, form, page as pageOf, redirect, type FormBody, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { NotAuthenticated, NotFound, type RequestContext } from '@guildhall/kernel-contract';
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
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(PayForDraft) private readonly paying: PayForDraft, @Inject(FinishSubmission) private readonly submissions: FinishSubmission) {}

  /** Back from the payment page, or looking again. */
  @Get('paid/:draftId') @Public()
  async paid(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<RedirectResult> {
    const { draft } = await this.find(ctx, req, slug, draftId);
    if (draft.state === 'open') return redirect(pathOf(slug, 'check-answers'));
    const progress = await this.submissions.finish(ctx, draftId);
    return redirect(progress.kind === 'submitted' ? `/services/${slug}/done/${draftId}` : `/services/${slug}/pay/${draftId}`);
  }

  @Get('pay/:draftId') @Public()
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<PageResult | RedirectResult> {
    const { draft, installed } = await this.find(ctx, req, slug, draftId);
    if (draft.state === 'open') return redirect(pathOf(slug, 'check-answers'));
    const progress = draft.state === 'paying' ? await this.submissions.finish(ctx, draftId) : { kind: 'submitted' as const };
    if (progress.kind !== 'not-paid') return redirect(`/services/${slug}/done/${draftId}`);
    return this.page(ctx, installed, draft, SAYS[progress.payment]);
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
