import { Inject, Injectable } from '@nestjs/common';
import { IDS } from '@guildhall/kernel-contract';
import type { FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { hasContract } from '@guildhall/kernel';
import { ADDRESSES, mapAround, mapImagePath } from '@guildhall/addresses-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { dueOn, isFor, placeWords, transitionsFrom, weekdayInWords, wordsIn } from '@guildhall/cases-contract';
import type { CaseView } from '@guildhall/cases-contract';
import { CaseDocuments } from '../desk/case-documents';
import type { FoundCase } from '../desk/shows-case';
import { shownEvents } from './shown-events';

/** What somebody was writing when the page is shown again. */
export interface UnfinishedWords { readonly form: string; readonly words: string; readonly errors: readonly FieldError[]; readonly hasChanged?: boolean }

/** Makes the resident's page of one case: first a plain sentence, then what they can do, then what happened. */
@Injectable()
export class ShowsStatus {
  constructor(@Inject(CaseDocuments) private readonly documents: CaseDocuments, @Inject(IDS) private readonly ids: Ids) {}

  async show(ctx: RequestContext, { seen: { record, type }, view, timeline }: FoundCase, key: string | undefined, unfinished?: UnfinishedWords): Promise<object> {
    const { language } = ctx;
    const due = dueOn(type, view.state, record.clock);
    const address = (path: string): string => statusAddress(view.reference, key, path);
    const moves = transitionsFrom(type, view.state).filter((transition) => isFor(transition, 'resident'));
    return {
      reference: view.reference, caption: captionOf(view.typeTitle[language], wordsIn(view.summary, language)), stateTitle: view.stateTitle[language], stateColour: view.stateColour, stateKind: view.stateKind,
      sentence: view.publicText[language], next: view.nextText?.[language], openedAt: view.openedAt, isLate: view.isLate, dueOn: view.stateKind === 'open' && due && !view.publicText[language].includes(weekdayInWords(due)[language]) ? due : undefined,
      asked: view.stateKind === 'waiting' ? linesOf(timeline.items.find((entry) => entry.to === view.state && entry.reasons)?.reasons ?? '') : [], answerBy: view.stateKind === 'waiting' ? due : undefined,
      decision: view.decision && { title: view.decision.title[language], reasons: linesOf(view.decision.reasons) }, where: view.location && placeWords(view.location).map((line) => wordsIn(line, language)), map: markedOnMap(ctx, view), answers: answersOf(ctx, view), documents: await this.documents.of(ctx, view.id, view.documents),
      moves: moves.map((transition) => ({ id: transition.id, action: address(`/moves/${transition.id}`), title: transition.title[language], question: transition.reasons?.question[language], asksForAnswer: !transition.reasons && view.stateKind === 'waiting', hint: transition.reasons?.hint?.[language], isOpen: view.stateKind === 'waiting' || unfinished?.form === transition.id, words: unfinished?.form === transition.id ? unfinished.words : '' })),
      write: { action: address('/words'), words: unfinished?.form === 'words' ? unfinished.words : '', isOpen: unfinished?.form === 'words' }, takesPhotos: type.takesDocumentsLater === true && hasContract(ctx, DOCUMENTS),
      key: this.ids.uuid(), version: view.version, hasKey: key !== undefined, events: shownEvents(language, type, timeline.items), errors: unfinished?.errors ?? [], hasChanged: unfinished?.hasChanged,
    };
  }
}

/** Where the page of a case is, and what belongs to it. */
export function statusAddress(reference: string, key: string | undefined, path = ''): string {
  return `/status/${reference}${path}${key ? `?key=${encodeURIComponent(key)}` : ''}`;
}

/** "Garden waste: 2 bins", and "Pothole in Mill Lane" without "Pothole" before it. */
export function captionOf(type: string, summary: string): string {
  return summary.toLowerCase().startsWith(type.toLowerCase()) ? summary : `${type}: ${summary}`;
}

/** Only a point that somebody marked: where they live is shown to nobody who draws maps. */
function markedOnMap(ctx: RequestContext, { location }: CaseView): string | undefined {
  return location?.isMarked && location.point && hasContract(ctx, ADDRESSES) ? mapImagePath(mapAround(location.point, 17), { language: ctx.language, at: location.point }) : undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim());
}

function answersOf({ language }: RequestContext, view: CaseView): readonly { readonly question: string; readonly lines: readonly string[] }[] {
  return view.answers.map(({ question, answer }) => ({ question: wordsIn(question, language), lines: linesOf(wordsIn(answer, language)) }));
}
