import { Inject, Injectable } from '@nestjs/common';
import { dayOf, type AnswerOrigin } from '@guildhall/cases-contract';
import type { FormBody } from '@guildhall/kernel';
import { CLOCK, type Clock } from '@guildhall/kernel-contract';
import { answerTold, isStillAnswer, toldOf, wantedBy, type AddressAnswer, type AnswerValue, type Answers, type Origins, type Question, type RawFields, type TypedBecause } from '@guildhall/services-contract';
import { one } from '../asking/field-view';
import { PageActions } from '../asking/page-actions';
import { pathOf, type PageVisit } from '../asking/page-request';
import type { ShownAgain } from '../asking/show-page';
import { SearchPlaces } from '../places/search-places';
import { AnswerSources } from './answer-sources';
import { personOf, typedAfter, typedBecause, typedOrigin } from './sourced-field';

/** What was told and is used. `isGone`: what was shown is not there any more. */
export interface UsedAnswers { readonly answers: Answers; readonly origins: Origins; readonly isGone: boolean }

/** What the buttons at a question do whose answer somebody else may have. Nothing is asked of anybody before one says so. */
@Injectable()
export class TakesPress {
  constructor(@Inject(AnswerSources) private readonly sources: AnswerSources, @Inject(PageActions) private readonly actions: PageActions, @Inject(SearchPlaces) private readonly places: SearchPlaces, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Does what was pressed; the page then comes back with what was typed beside, or they go to sign in elsewhere first. Undefined when nothing was. */
  async take(visit: PageVisit, body: FormBody): Promise<ShownAgain | { readonly goTo: string } | undefined> {
    const { ctx, installed, step: { page, questions }, isChange } = visit;
    if (!this.sources.areThere(ctx)) return undefined;
    const pressed = questions.map((question) => ({ question, press: one(body, `${question.id}-press`) })).find(({ press }) => press !== '');
    if (!pressed) return undefined;
    const { question, press } = pressed;
    const { raw } = await this.actions.read(ctx, questions, body);
    const shown: ShownAgain = { raw, problems: [], found: await this.actions.resultsFor(ctx, questions, raw) };
    const typing = (because: TypedBecause, says?: string): ShownAgain => ({ ...shown, raw: { ...raw, [`${question.id}-typed`]: because }, ...(says !== undefined && { says: { [question.id]: says } }) });
    const wanted = wantedBy(installed, question, personOf(ctx));
    if (!wanted) return shown;
    switch (press) {
      case 'get': {
        const got = await this.sources.get(ctx, wanted, { id: one(body, `${question.id}-offer`), shown: one(body, `${question.id}-shown`), returnTo: pathOf(installed.slug, page, isChange) });
        if (!got || got.ok) return shown;
        if (got.refusal.goTo !== undefined) return { goTo: got.refusal.goTo };
        return got.refusal.reason === 'words-changed' ? { ...shown, noticeKey: 'services.sourced.changed' } : typing(typedAfter(got.refusal), got.refusal.words);
      }
      case 'wrong':
        return typing('wrong', await this.sources.wrong(ctx, wanted));
      default: return typing('chosen');
    }
  }

  /** What was told and shown on this page, where nobody has said otherwise. */
  async used({ ctx, installed, step: { questions } }: PageVisit, body: FormBody): Promise<UsedAnswers> {
    const answers: Record<string, AnswerValue> = {};
    const origins: Record<string, AnswerOrigin> = {};
    let isGone = false;
    if (!this.sources.areThere(ctx)) return { answers, origins, isGone };
    for (const question of questions) {
      const shown = one(body, `${question.id}-told`);
      const wanted = wantedBy(installed, question, personOf(ctx));
      if (shown === '' || !wanted) continue;
      const { told } = await this.sources.look(ctx, wanted);
      const answer = told?.id === shown ? await this.#answer(ctx, question, told.value) : undefined;
      if (!told || answer === undefined || !isStillAnswer(question, answer, dayOf(this.clock.now()))) { isGone = true; continue; }
      answers[question.id] = answer;
      origins[question.id] = told.origin;
    }
    return { answers, origins, isGone };
  }

  /** Where what was typed on a page is from; nothing where nobody tells answers. */
  typed({ ctx, installed, step: { questions } }: PageVisit, answers: Answers, raw: RawFields): Origins {
    if (!this.sources.areThere(ctx)) return {};
    return Object.fromEntries(questions.filter((question) => answers[question.id] !== undefined && wantedBy(installed, question)).map(({ id }) => [id, typedOrigin(typedBecause(raw, id))]));
  }

  /** Lets the sources know what was typed, so that it need not be asked again. */
  async tell({ ctx, installed, step: { questions } }: PageVisit, answers: Answers, raw: RawFields): Promise<void> {
    if (!this.sources.areThere(ctx)) return;
    for (const question of questions) {
      const wanted = wantedBy(installed, question, personOf(ctx));
      const value = toldOf(question, answers[question.id]);
      if (wanted && value !== undefined) await this.sources.typed(ctx, wanted, value, typedBecause(raw, question.id) ?? 'asked');
    }
  }

  /** An address that is told with its number is the one in the gazetteer, with its place on the map. */
  async #answer(ctx: PageVisit['ctx'], question: Question, value: Parameters<typeof answerTold>[1]): Promise<AnswerValue | undefined> {
    const answer = answerTold(question, value);
    if (question.type !== 'address' || answer === undefined) return answer;
    const { uprn, lines, postcode } = answer as AddressAnswer;
    const found = uprn === undefined ? undefined : await this.places.byUprn(ctx, uprn);
    return found ? { way: 'found', uprn: found.uprn, lines: found.lines, postcode: found.postcode, point: found.point, ...(found.ward && { ward: found.ward }) } : { way: 'typed', lines, postcode };
  }
}
