import { Inject, Injectable } from '@nestjs/common';
import { LOG, redirect, type PageResult, type RedirectResult } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { readPage, type InstalledService, type PageAid, type Problem, type Progress, type RawFields } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { ConfirmDraft } from '../submitting/confirm-draft';
import { FinishSubmission } from '../submitting/finish-submission';
import { PageActions } from '../asking/page-actions';
import { askedOf, readCaller } from './assisted-form';
import { RegisterCaller } from './register-caller';
import { ShowAssisted } from './show-assisted';

/** What is sent, as the screen has it. */
export interface AssistedSend {
  readonly installed: InstalledService; readonly draft: Draft; readonly progress: Progress; readonly raw: RawFields; readonly problems: readonly Problem[]; readonly today: string;
  readonly lookedUp?: PageAid['lookedUp'];
}

/** Sends what an adviser has filled in, in the caller's name: record first, then what is sent. */
@Injectable()
export class SendAssisted {
  constructor(
    @Inject(RegisterCaller) private readonly callers: RegisterCaller, @Inject(ConfirmDraft) private readonly confirmation: ConfirmDraft, @Inject(FinishSubmission) private readonly submissions: FinishSubmission,
    @Inject(ShowAssisted) private readonly screen: ShowAssisted, @Inject(LOG) private readonly log: Log,
    @Inject(PageActions) private readonly actions: PageActions,
  ) {}

  async send(ctx: RequestContext, { installed, draft, progress, raw, problems, today, lookedUp }: AssistedSend): Promise<PageResult | RedirectResult> {
    const declared = readPage(installed.service.declaration ? [installed.service.declaration] : [], raw, { today });
    const read = readCaller(raw, today, lookedUp);
    const wrong = [...problems, ...declared.problems, ...read.problems, ...reachProblems(installed, progress, read.caller)];
    const show = async (found: readonly Problem[], noticeKey?: string): Promise<PageResult> => this.screen.show(ctx, { installed, draft, progress, raw, again: { raw, problems: found, found: await this.actions.resultsFor(ctx, askedOf(progress), raw) }, noticeKey });
    if (wrong.length || !read.caller) return show(wrong);
    if (!progress.isComplete) return show([], progress.ending ? 'services.desk.assist.ended' : 'services.desk.assist.more');
    const registered = await this.callers.register(ctx, draft, read.caller);
    if (!registered.ok) return show([{ question: 'assistedName', field: registered.refusal.reason.startsWith('phone') ? 'assistedPhone' : registered.refusal.reason.startsWith('email') ? 'assistedEmail' : 'assistedName', message: { en: registered.refusal.message, cy: registered.refusal.message } }]);
    const confirmed = await this.confirmation.confirm(ctx, installed, draft, progress, draft.version, registered.value);
    if (confirmed?.state === 'submitting') await this.finish(ctx, confirmed);
    return redirect(`/desk/assist/${installed.slug}/${draft.draftId}/sent`);
  }

  private async finish(ctx: RequestContext, { draftId }: Draft): Promise<void> {
    try {
      await this.submissions.finish(ctx, draftId);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.log.error('services.submission-delayed', { draftId, correlationId: ctx.correlationId, error: code ?? name });
    }
  }
}

/** Who pays by a link must be reachable. */
function reachProblems({ service }: InstalledService, progress: Progress, caller: { readonly phone?: string; readonly email?: string; readonly address?: readonly string[] } | undefined): readonly Problem[] {
  if (!caller || !service.fee || !progress.isComplete || caller.phone || caller.email || caller.address) return [];
  const message = { en: 'Enter a telephone number, an email address or an address: the link to pay goes there', cy: 'Enter a telephone number, an email address or an address: the link to pay goes there' };
  return [{ question: 'assistedPhone', field: 'assistedPhone', message }];
}
