import { Injectable } from '@nestjs/common';
import { page as pageOf, type PageResult } from '@guildhall/kernel';
import { wordsIn } from '@guildhall/cases-contract';
import type { Language, RequestContext } from '@guildhall/kernel-contract';
import { totalOf, type FeeLine } from '@guildhall/payments-contract';
import { checkAnswers, feeOf, previousPage, type InstalledService, type Problem, type Progress, type RawFields } from '@guildhall/services-contract';
import { fieldView } from '../asking/field-view';
import { pathOf } from '../asking/page-request';
import type { OpenedVisit } from '../asking/open-visit';
import type { Draft } from '../drafts/draft';
import { draftTicket } from '../drafts/draft-ticket';

/** Why the page is shown once more instead of going on. */
export interface CheckedAgain { readonly raw: RawFields; readonly problems: readonly Problem[]; readonly noticeKey?: string }

/** Shows everything that was answered before it is sent: with what it costs, and what is confirmed. */
@Injectable()
export class ShowCheckAnswers {
  show(ctx: RequestContext, { installed, progress }: OpenedVisit, draft: Draft, again?: CheckedAgain): PageResult {
    const { slug, service } = installed;
    const { language } = ctx;
    const previous = previousPage(progress, 'check-answers');
    const problems = again?.problems ?? [];
    const fee = feeView(feeOf(installed, progress), language);
    return pageOf('services/check-answers', {
      serviceName: service.title, serviceHref: `/services/${slug}`, backHref: previous ? pathOf(slug, previous) : `/services/${slug}`, action: pathOf(slug, 'check-answers'),
      sections: sectionsView(installed, progress, language, (page) => pathOf(slug, page, true)), fee,
      declaration: service.declaration && {
        statements: service.declaration.statements.map((statement) => statement[language]), title: service.declaration.title[language],
        field: fieldView(service.declaration, { language, raw: again?.raw ?? {}, problems, isHeading: false }).options,
      },
      errors: problems.map(({ field, message }) => ({ field, message: message[language] })), noticeKey: again?.noticeKey,
      ticket: draftTicket(ctx, draft.draftId), version: draft.version, saveHref: pathOf(slug, 'save'),
    });
  }
}

/** The summary in one language; `changeHref` leads to the page of a row. */
export function sectionsView(installed: InstalledService, progress: Progress, language: Language, changeHref: (page: string) => string): readonly object[] {
  return checkAnswers(installed, progress).map(({ title, rows }) => ({
    title: title[language],
    rows: rows.map((row) => ({ id: row.question, title: row.title[language], lines: row.lines.map((line) => wordsIn(line, language)), changeHref: changeHref(row.page) })),
  }));
}

/** The fee, line by line. Undefined when there is nothing to pay. */
export function feeView(fee: readonly FeeLine[], language: Language): { lines: readonly { title: string; amountInPence: number }[]; totalInPence: number } | undefined {
  return fee.length ? { lines: fee.map(({ title, amountInPence }) => ({ title: title[language], amountInPence })), totalInPence: totalOf(fee) } : undefined;
}
