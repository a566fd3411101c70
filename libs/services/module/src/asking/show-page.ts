import { Inject, Injectable } from '@nestjs/common';
import { page as pageOf, type PageResult } from '@guildhall/kernel';
import { dayOf } from '@guildhall/cases-contract';
import { CLOCK, type Clock } from '@guildhall/kernel-contract';
import { parseMapView, parsePoint, type MapView } from '@guildhall/addresses-contract';
import { previousPage, sectionOf, typedFields, type AnswerValue, type Answers, type Problem, type Question, type RawFields } from '@guildhall/services-contract';
import { EarlierAddress } from '../places/earlier-address';
import { LocalExamples } from '../places/local-examples';
import { ShowMap } from '../places/show-map';
import { SearchPlaces, type PlacesFound } from '../places/search-places';
import { draftTicket } from '../drafts/draft-ticket';
import { photoList } from '../photos/photo-list';
import { fieldView, one, titleOf, type FieldView } from './field-view';
import { KnownAnswers } from './known-answers';
import { pathOf, type PageVisit } from './page-request';
import { withPlaces } from './place-view';
import { SourcedFields, withSource } from '../sourcing/sourced-field';

/** What a page shows when it is shown again: what was typed, what is wrong with it, what was found. */
export interface ShownAgain {
  readonly raw: RawFields;
  readonly problems: readonly Problem[];
  readonly found?: Readonly<Record<string, PlacesFound>>;
  readonly views?: Readonly<Record<string, MapView>>;
  /** Nothing was sent: the page says again what it said, in the other language. */
  readonly isInAnotherLanguage?: boolean;
  /** A sentence of the texts that stands above everything: `services.page.changed-elsewhere`. */
  readonly noticeKey?: string;
  /** Why a question is asked after all, in the reader's language, by question. */
  readonly says?: Readonly<Record<string, string>>;
}

/** Shows a page of questions. */
@Injectable()
export class ShowPage {
  constructor(@Inject(KnownAnswers) private readonly known: KnownAnswers, @Inject(ShowMap) private readonly map: ShowMap, @Inject(SearchPlaces) private readonly places: SearchPlaces, @Inject(LocalExamples) private readonly examples: LocalExamples, @Inject(EarlierAddress) private readonly earlier: EarlierAddress, @Inject(SourcedFields) private readonly sourced: SourcedFields, @Inject(CLOCK) private readonly clock: Clock) {}

  async show(visit: PageVisit, again?: ShownAgain): Promise<PageResult> {
    const { ctx, installed, draft, progress, step, isChange } = visit;
    const { slug, service } = installed;
    const { page, questions } = step;
    const { language } = ctx;
    const open = again && !again.isInAnotherLanguage ? [] : questions.filter(({ id }) => draft?.answers[id] === undefined);
    const known = open.length ? await this.known.to(ctx, open) : {};
    const answers: Answers = { ...known, ...draft?.answers };
    const raw: RawFields = again?.raw ?? (Object.assign({}, ...questions.map((question) => typedFields(question, answers[question.id]))) as RawFields);
    const problems = again?.problems ?? [];
    const isOnly = questions.length === 1 && !page.title;
    const here = pathOf(slug, page, isChange);
    const fields: FieldView[] = [];
    for (const question of questions) {
      const field = fieldView(question, { language, raw, problems, isHeading: isOnly, today: dayOf(this.clock.now()), source: known[question.id] === undefined ? undefined : FROM_ACCOUNT[language] });
      const sourced = await this.sourced.of(ctx, { installed, question, draft, raw: again?.raw ?? {}, says: again?.says?.[question.id] });
      if (sourced && sourced.state !== 'typing') { fields.push(withSource(field, question, sourced, { ctx, here })); continue; }
      const asked = question.type === 'address' || question.type === 'location' ? await this.placeField(visit, question, field, { raw, answer: answers[question.id] }, again) : question.type === 'photos' ? { ...field, options: { ...field.options, ...photoList(installed, page, question, draft) } } : field;
      fields.push(sourced ? withSource(asked, question, sourced, { ctx, here }) : asked);
    }
    const previous = previousPage(progress, page.slug);
    const section = sectionOf(installed, page);
    return pageOf('services/question', {
      serviceName: service.title, serviceHref: `/services/${slug}`, backHref: isChange && progress.isComplete ? pathOf(slug, 'check-answers') : previous ? pathOf(slug, previous, isChange) : `/services/${slug}`,
      title: page.title?.[language] ?? (questions[0] && titleOf(questions[0], language)), heading: isOnly ? undefined : page.title?.[language], guidance: page.guidance?.[language],
      ...(section && { section: section.number, sections: section.of }), fields, ...pressesOf(fields), hasFiles: fields.some(({ kind }) => kind === 'photos'), hasMap: fields.some(({ kind }) => kind === 'location'),
      errors: problems.map(({ question, field, message }) => ({ field: fields.some(({ id, kind }) => id === question && kind === 'sourced') ? question : field, message: message[language] })), action: here, formKept: formKept(questions.filter(({ id }) => fields.some((field) => field.id === id && field.kind !== 'sourced'))),
      ticket: draft ? draftTicket(ctx, draft.draftId) : '', version: draft?.version ?? 0, saveHref: draft ? pathOf(slug, 'save') : undefined, noticeKey: again?.noticeKey,
    }, { status: 200 });
  }

  private async placeField({ ctx }: PageVisit, question: Question, field: FieldView, given: { readonly raw: RawFields; readonly answer: AnswerValue | null | undefined }, again: ShownAgain | undefined): Promise<FieldView> {
    const { raw } = given;
    const setting = { ...given, found: again?.found?.[question.id], examples: await this.examples.of(ctx) };
    const isOffered = !given.answer && (!again || (again.isInAnotherLanguage && one(raw, `${question.id}-searched`) === ''));
    if (question.type !== 'location') return withPlaces(field, { ...setting, offered: isOffered ? await this.earlier.for(ctx, question) : undefined });
    const point = parsePoint(one(raw, `${question.id}-point`));
    const view = again?.views?.[question.id] ?? parseMapView(one(raw, `${question.id}-view`));
    const [map, near] = await Promise.all([this.map.picture(ctx, view, point), point ? this.places.nearestTo(ctx, point) : undefined]);
    return withPlaces(field, { ...setting, map, near });
  }
}

/** Which buttons a page has: one that offers nothing but an answer of somebody else's has the offer's own. */
function pressesOf(fields: readonly FieldView[]): { readonly isOffer: boolean; readonly isTold: boolean } {
  const states = fields.map(({ kind, sourced }) => (kind === 'sourced' ? (sourced as { readonly state: string }).state : 'asked'));
  return { isOffer: states.every((state) => state === 'offer'), isTold: states.length === 1 && states[0] === 'told' };
}

/** The form that the language switch sends along. Enter in a field searches where there is something to search, as the form's first button does. */
function formKept(questions: readonly Question[]): { readonly id: string; readonly enter?: { readonly name: string; readonly value: string } } {
  const place = questions.find(({ type }) => type === 'address' || type === 'location');
  return { id: 'answers', ...(place && { enter: { name: `${place.id}-action`, value: 'find' } }) };
}

const FROM_ACCOUNT = { en: 'We have filled this in from your account. Change it if it is wrong.', cy: 'Rydym wedi llenwi hwn o’ch cyfrif. Newidiwch ef os yw’n anghywir.' } as const;
