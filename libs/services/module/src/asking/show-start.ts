import { Inject, Injectable } from '@nestjs/common';
import { page as pageOf, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { progressOf } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { FinishSubmission } from '../submitting/finish-submission';
import { pathOf } from './page-request';
import { placeOf, type OpenedVisit } from './open-visit';

/** The first page of a service: who it is for, what one needs, how long it takes, what it costs, and other ways. */
@Injectable()
export class ShowStart {
  constructor(@Inject(FinishSubmission) private readonly submissions: FinishSubmission) {}

  async show(ctx: RequestContext, opened: OpenedVisit, sent?: Draft): Promise<PageResult> {
    const { language, actor } = ctx;
    const { installed: { slug, service }, draft } = opened;
    const { start } = service;
    const first = progressOf(opened.installed, {}, '2000-01-01').steps[0]?.page.slug ?? '';
    const isBegun = draft !== undefined && (draft.state === 'open' || draft.state === 'paying');
    return pageOf('services/start', {
      title: service.title[language], summary: service.summary[language], who: start.who[language], need: (start.need ?? []).map((item) => item[language]), minutes: start.minutes,
      cost: start.cost?.[language], urgent: start.urgent?.[language], otherWays: (start.otherWays ?? []).map(({ title, text }) => ({ title: title[language], text: text[language] })),
      needsSignIn: service.audience.signIn === 'required' && actor.kind !== 'resident', startHref: pathOf(slug, first),
      sent: sent && { href: `/services/${slug}/done/${sent.draftId}`, reference: sent.reference },
      carryOn: isBegun ? { href: placeOf(opened), savedAt: draft.updatedAt, keptUntil: draft.expiresAt, isConfirmed: draft.state === 'paying', isBeingPaid: await this.submissions.isBeingPaid(ctx, draft) } : undefined, startAgainAction: `/services/${slug}/start-again`, shares: (service.shares ?? []).length > 0,
    });
  }
}
