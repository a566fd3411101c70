import { Inject, Injectable } from '@nestjs/common';
import { page as pageOf, type PageResult } from '@guildhall/kernel';
import { parseMapView, parsePoint } from '@guildhall/addresses-contract';
import { dayOf } from '@guildhall/cases-contract';
import { CLOCK, IDS, type Clock, type Ids, type Language, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { feeOf, typedFields, type InstalledService, type Problem, type Progress, type Question, type RawFields } from '@guildhall/services-contract';
import { fieldView, one, type FieldView } from '../asking/field-view';
import { withPlaces } from '../asking/place-view';
import type { ShownAgain } from '../asking/show-page';
import { feeView } from '../checking/show-check-answers';
import type { Draft } from '../drafts/draft';
import { draftTicket } from '../drafts/draft-ticket';
import { LocalExamples } from '../places/local-examples';
import { SearchPlaces } from '../places/search-places';
import { ShowMap } from '../places/show-map';
import { CALLER_QUESTIONS, panelFieldOf } from './assisted-form';

/** What is shown of a call. */
export interface AssistedView { readonly installed: InstalledService; readonly draft?: Draft; readonly progress: Progress; readonly raw: RawFields; readonly again?: ShownAgain; readonly noticeKey?: string }

/** A whole journey on one screen: what applies now, and what opens when an answer opens it. */
@Injectable()
export class ShowAssisted {
  constructor(
    @Inject(ShowMap) private readonly map: ShowMap, @Inject(SearchPlaces) private readonly places: SearchPlaces, @Inject(LocalExamples) private readonly examples: LocalExamples,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async show(ctx: RequestContext, { installed, draft, progress, raw, again, noticeKey }: AssistedView): Promise<PageResult> {
    const { slug, service } = installed;
    // The screen is the officer's, in the officer's language. What is read out to a caller of another language stands beside it in theirs.
    const language = ctx.language;
    const callers: Language = one(raw, 'assistedLanguage') === 'cy' ? 'cy' : 'en';
    const readOut = (...texts: readonly (Text | undefined)[]): readonly string[] => (callers === language ? [] : texts.flatMap((text) => text?.[callers] ?? []));
    const problems = atThePanel(installed, again?.problems ?? []);
    const filled = { ...Object.assign({}, ...progress.steps.flatMap(({ questions }) => questions.map((question) => typedFields(question, draft?.answers[question.id])))) as RawFields, ...raw };
    const groups = [];
    for (const { page, questions } of progress.steps) {
      const asked = questions.filter(({ type, id }) => type !== 'photos' && !panelFieldOf(installed, id));
      if (asked.length === 0) continue;
      const fields = await Promise.all(asked.map((question) => this.field(ctx, question, language, filled, problems, draft, again)));
      groups.push({ title: page.title?.[language], guidance: page.guidance?.[language], readOut: readOut(page.title, page.guidance, ...asked.flatMap(wordsOf)), fields, depends: asked.some(({ id }) => isNamedInConditions(installed, id)) });
    }
    const caller = await Promise.all(CALLER_QUESTIONS.map((question) => this.field(ctx, question, language, raw, problems, undefined, again)));
    const fee = progress.isComplete ? feeView(feeOf(installed, progress), language) : undefined;
    return pageOf('services/assist', {
      isDense: true,
      title: service.title.en, slug, groups, caller, fee, callerLanguage: callers,
      ending: progress.ending && { title: progress.ending.title[language], paragraphs: progress.ending.ending.map((text) => text[language]), readOut: readOut(progress.ending.title, ...progress.ending.ending) },
      declaration: service.declaration && { statements: service.declaration.statements.map((text) => text[language]), readOut: readOut(...service.declaration.statements, service.declaration.confirm), field: fieldView(service.declaration, { language, raw: filled, problems, isHeading: false, isDense: true }).options },
      // The call's draft has its id before it is kept: a form that is sent twice begins one.
      ticket: draft ? undefined : draftTicket(ctx, this.ids.uuid()),
      errors: problems.map(({ field, message }) => ({ field, message: message[language] })), action: `/desk/assist/${slug}${draft ? `/${draft.draftId}` : ''}`, version: draft?.version ?? 0, noticeKey: noticeKey ?? again?.noticeKey, hasMap: groups.some(({ fields }) => fields.some(({ kind }) => kind === 'location')),
    });
  }

  private async field(ctx: RequestContext, question: Question, language: Language, raw: RawFields, problems: readonly Problem[], draft: Draft | undefined, again: ShownAgain | undefined): Promise<FieldView> {
    const field = fieldView(question, { language, raw, problems, isHeading: false, isDense: true, today: dayOf(this.clock.now()) });
    if (question.type !== 'address' && question.type !== 'location') return field;
    const setting = { raw, found: again?.found?.[question.id], answer: draft?.answers[question.id], examples: await this.examples.of(ctx) };
    if (question.type === 'address') return withPlaces(field, setting);
    const point = parsePoint(one(raw, `${question.id}-point`));
    const view = again?.views?.[question.id] ?? parseMapView(one(raw, `${question.id}-view`));
    const [map, near] = await Promise.all([this.map.picture(ctx, view, point), point ? this.places.nearestTo(ctx, point) : undefined]);
    return withPlaces(field, { ...setting, map, near });
  }
}

/** A question that the panel answers is wrong at the panel's field, and once. */
function atThePanel(installed: InstalledService, problems: readonly Problem[]): readonly Problem[] {
  const moved = problems.map((problem) => { const field = panelFieldOf(installed, problem.question); return field ? { ...problem, question: field, field } : problem; });
  return moved.filter(({ field }, at) => moved.findIndex((other) => other.field === field) === at);
}

/** The words of a question, in the order in which they are read out. */
function wordsOf(question: Question): readonly (Text | undefined)[] {
  return [question.title, question.hint, ...('options' in question ? question.options.map(({ title }) => title) : [])];
}

/** Whether other questions depend on an answer: a change then shows the page afresh. */
function isNamedInConditions({ service }: InstalledService, id: string): boolean {
  return service.pages.some((page) => dependsOn(page.when, id) || (page.questions ?? []).some((question) => dependsOn(question.when, id)));
}
function dependsOn(condition: unknown, id: string): boolean {
  if (typeof condition === 'function') return true;
  return typeof condition === 'object' && condition !== null && (Object.hasOwn(condition, id) || Object.values(condition).some((inner: unknown) => (Array.isArray(inner) ? inner.some((each) => dependsOn(each, id)) : dependsOn(inner, id))));
}
