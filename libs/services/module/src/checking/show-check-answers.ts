import { Inject, Injectable } from '@nestjs/common';
import { mapAround, type MapPicture } from '@guildhall/addresses-contract';
import { page as pageOf, type PageResult } from '@guildhall/kernel';
import { originWords, wordsIn, type AnswerOrigin } from '@guildhall/cases-contract';
import type { Language, RequestContext } from '@guildhall/kernel-contract';
import { totalOf, type FeeLine } from '@guildhall/payments-contract';
import { checkAnswers, feeOf, previousPage, type InstalledService, type LocationAnswer, type Origins, type Problem, type Progress, type RawFields } from '@guildhall/services-contract';
import { fieldView } from '../asking/field-view';
import { pathOf } from '../asking/page-request';
import type { OpenedVisit } from '../asking/open-visit';
import type { Draft } from '../drafts/draft';
import { draftTicket } from '../drafts/draft-ticket';
import { ShowMap } from '../places/show-map';

/** Why the page is shown once more instead of going on. */
export interface CheckedAgain { readonly raw: RawFields; readonly problems: readonly Problem[]; readonly noticeKey?: string }

/** Pictures of the points that were marked, by question. */
type Maps = ReadonlyMap<string, MapPicture>;

/** Shows everything that was answered before it is sent: with what it costs, and what is confirmed. */
@Injectable()
export class ShowCheckAnswers {
  constructor(@Inject(ShowMap) private readonly map: ShowMap) {}

  async show(ctx: RequestContext, { installed, progress }: OpenedVisit, draft: Draft, again?: CheckedAgain): Promise<PageResult> {
    const { slug, service } = installed;
    const { language } = ctx;
    const previous = previousPage(progress, 'check-answers');
    const problems = again?.problems ?? [];
    const maps = await this.mapsOf(ctx, progress);
    const fee = feeView(feeOf(installed, progress), language);
    return pageOf('services/check-answers', {
      serviceName: service.title, serviceHref: `/services/${slug}`, backHref: previous ? pathOf(slug, previous) : `/services/${slug}`, action: pathOf(slug, 'check-answers'),
      sections: sectionsView(installed, progress, { language, changeHref: (page) => pathOf(slug, page, true), maps, origins: draft.origins }), hasMap: maps.size > 0, fee,
      declaration: service.declaration && {
        statements: service.declaration.statements.map((statement) => statement[language]), title: service.declaration.title[language],
        field: fieldView(service.declaration, { language, raw: again?.raw ?? {}, problems, isHeading: false }).options,
      },
      errors: problems.map(({ field, message }) => ({ field, message: message[language] })), noticeKey: again?.noticeKey,
      ticket: draftTicket(ctx, draft.draftId), version: draft.version, saveHref: pathOf(slug, 'save'),
    });
  }

  /** A point is shown on the map that it was marked on: its numbers say nothing to whoever checks them. */
  private async mapsOf(ctx: RequestContext, { steps, reachable }: Progress): Promise<Maps> {
    const marked = steps.flatMap(({ questions }) => questions).flatMap(({ id, type }) => {
      const place = type === 'location' ? (reachable[id] as LocationAnswer | null | undefined) : undefined;
      return place?.isMarked && place.point ? [{ id, point: place.point }] : [];
    });
    const maps = await Promise.all(marked.map(async ({ id, point }) => [id, await this.map.picture(ctx, mapAround(point, 17), point)] as const));
    return new Map(maps.flatMap(([id, map]) => (map ? [[id, map]] : [])));
  }
}

/** The summary in one language; `changeHref` leads to the page of a row. */
function sectionsView(installed: InstalledService, progress: Progress, { language, changeHref, maps, origins }: { readonly language: Language; readonly changeHref: (page: string) => string; readonly maps: Maps; readonly origins: Origins }): readonly object[] {
  return checkAnswers(installed, progress).map(({ title, rows }) => ({
    title: title[language],
    rows: rows.map((row) => ({ id: row.question, title: row.title[language], lines: row.lines.map((line) => wordsIn(line, language)), changeHref: changeHref(row.page), map: maps.get(row.question), ...originView(origins[row.question], language) })),
  }));
}

/** Where an answer is from, as its owner reads it: who told it, or that they typed it. */
function originView(origin: AnswerOrigin | undefined, language: Language): { readonly from?: string; readonly isTyped?: boolean } {
  if (!origin) return {};
  return origin.how === 'told' ? { from: originWords(origin)[language] } : { isTyped: true };
}

/** The fee, line by line. Undefined when there is nothing to pay. */
export function feeView(fee: readonly FeeLine[], language: Language): { lines: readonly { title: string; amountInPence: number }[]; totalInPence: number } | undefined {
  return fee.length ? { lines: fee.map(({ title, amountInPence }) => ({ title: title[language], amountInPence })), totalInPence: totalOf(fee) } : undefined;
}
