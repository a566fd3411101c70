import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { Ctx, Public, page as pageOf, redirect, type GuildhallRequest, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { CASES, placeWords, wordsIn, type CasesApi } from '@guildhall/cases-contract';
import { NotAuthenticated, NotFound, isGuildhallError, type RequestContext } from '@guildhall/kernel-contract';
import { PAYMENTS, type PaymentsApi } from '@guildhall/payments-contract';
import { pathOf } from '../asking/page-request';
import type { Draft } from '../drafts/draft';
import { FindDrafts } from '../drafts/find-drafts';
import { InstalledServices } from '../offering/installed-services';

/** The last page: the reference, what happens now and when, the receipt, and where to follow it. */
@Controller('services/:slug/done')
export class DoneController {
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(PAYMENTS.token) private readonly payments: PaymentsApi, @Inject(CASES.token) private readonly cases: CasesApi) {}

  @Get(':draftId') @Public()
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('slug') slug: string, @Param('draftId') draftId: string): Promise<PageResult | RedirectResult> {
    const { service } = this.services.get(ctx, slug);
    const draft = await this.drafts.byId(ctx, req.session, draftId);
    if (draft?.service !== slug) {
      if (ctx.actor.kind === 'nobody' && service.audience.signIn === 'required') throw new NotAuthenticated();
      throw new NotFound();
    }
    if (draft.state === 'open') return redirect(pathOf(slug, 'check-answers'));
    if (draft.state === 'paying') return redirect(`/services/${slug}/pay/${draftId}`);
    const [payment, where] = await Promise.all([draft.paymentId && ifItIsSaid(this.payments.find(ctx, draft.paymentId)), this.whereOf(ctx, draft)]);
    return pageOf('services/done', {
      serviceName: service.title, serviceHref: `/services/${slug}`, title: service.title[ctx.language], reference: draft.reference, isFinished: draft.state === 'submitted', where, statusPath: draft.statusPath, statusAddress: draft.statusPath && `${ctx.council.origin}${draft.statusPath}`, sentWords: service.confirmation.sent?.[ctx.language], trackWords: service.confirmation.track?.[ctx.language], next: service.confirmation.next.map((text) => text[ctx.language]),
      payment: payment ? { amountInPence: payment.amountInPence, receiptPath: payment.receiptPath } : undefined, isSignedIn: ctx.actor.kind === 'resident', againHref: `/services/${slug}`,
    });
  }

  /** The place as the case has it: who has just sent it sees that it is the right one. */
  private async whereOf(ctx: RequestContext, { reference, statusPath }: Draft): Promise<readonly string[]> {
    if (!reference || !statusPath) return [];
    const statusKey = new URL(statusPath, ctx.council.origin).searchParams.get('key');
    const found = await ifItIsSaid(this.cases.find(ctx, { reference, ...(statusKey && { statusKey }) }));
    return found?.location ? placeWords(found.location).map((line) => wordsIn(line, ctx.language)) : [];
  }
}

/** The page stands without the place and the receipt, too. */
async function ifItIsSaid<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGuildhallError(error)) return undefined;
    throw error;
  }
}
