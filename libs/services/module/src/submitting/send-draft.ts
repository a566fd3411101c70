import { Inject, Injectable } from '@nestjs/common';
import { LOG, redirect, type FormBody, type PageResult, type RedirectResult } from '@guildhall/kernel';
import { isGuildhallError, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { readPage } from '@guildhall/services-contract';
import { OpenVisit, placeOf, type OpenedVisit } from '../asking/open-visit';
import { ShowCheckAnswers } from '../checking/show-check-answers';
import type { Draft } from '../drafts/draft';
import { PayForDraft } from '../paying/pay-for-draft';
import { ConfirmDraft } from './confirm-draft';
import { FinishSubmission } from './finish-submission';

/** Sends what was checked: writes it down, then to the payment page, or straight to the case. A second press finds it sent and goes where the first one went. */
@Injectable()
export class SendDraft {
  constructor(
    @Inject(OpenVisit) private readonly visits: OpenVisit, @Inject(ShowCheckAnswers) private readonly check: ShowCheckAnswers, @Inject(ConfirmDraft) private readonly confirmation: ConfirmDraft,
    @Inject(PayForDraft) private readonly paying: PayForDraft, @Inject(FinishSubmission) private readonly submissions: FinishSubmission, @Inject(LOG) private readonly log: Log,
  ) {}

  async send(ctx: RequestContext, opened: OpenedVisit, draft: Draft, body: FormBody): Promise<PageResult | RedirectResult> {
    const { installed, progress } = opened;
    if (draft.state !== 'open') return this.goOn(ctx, opened, draft);
    if (!progress.isComplete) return redirect(placeOf(opened));
    const { declaration } = installed.service;
    const { problems } = readPage(declaration ? [declaration] : [], body, { today: this.visits.today() });
    if (problems.length) return this.check.show(ctx, opened, draft, { raw: body, problems });
    if (String(draft.version) !== body['version']) return this.check.show(ctx, opened, draft, { raw: body, problems: [], noticeKey: 'services.check.changed' });
    const confirmed = await this.confirmation.confirm(ctx, installed, draft, progress, draft.version);
    return confirmed ? this.goOn(ctx, this.visits.with(installed, confirmed), confirmed) : redirect(`/services/${installed.slug}/check-answers`);
  }

  /** From wherever it stands to the next page that the resident has to see. */
  private async goOn(ctx: RequestContext, opened: OpenedVisit, draft: Draft): Promise<RedirectResult> {
    const { installed } = opened;
    if (draft.state === 'paying') {
      const started = await this.paying.start(ctx, installed, draft);
      return redirect(started.ok ? started.value.nextUrl : placeOf(opened));
    }
    try {
      await this.submissions.carryOn(ctx, draft);
    } catch (error) {
      // It is written down and will be carried on with: the last page says so instead of an error.
      const { name, code } = error as { name?: string; code?: string };
      this.log.error('services.submission-delayed', { draftId: draft.draftId, correlationId: ctx.correlationId, error: isGuildhallError(error) ? code : name });
    }
    return redirect(`/services/${installed.slug}/done/${draft.draftId}`);
  }
}
