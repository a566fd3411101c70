import { Inject, Injectable } from '@nestjs/common';
import { IDS } from '@guildhall/kernel-contract';
import type { FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { hasContract } from '@guildhall/kernel';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { dueOn, isFor, transitionsFrom, wordsIn } from '@guildhall/cases-contract';
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
    const address = (path = ''): string => `/status/${view.reference}${path}${key ? `?key=${encodeURIComponent(key)}` : ''}`;
    const moves = transitionsFrom(type, view.state).filter((transition) => isFor(transition, 'resident'));
    return {
      reference: view.reference, typeTitle: view.typeTitle[language], summary: wordsIn(view.summary, language), stateTitle: view.stateTitle[language], stateColour: view.stateColour, stateKind: view.stateKind,
      sentence: view.publicText[language], next: view.nextText?.[language], openedAt: view.openedAt, dueOn: view.stateKind === 'open' ? dueOn(type, view.state, record.clock) : undefined,
      decision: view.decision && { title: view.decision.title[language], reasons: linesOf(view.decision.reasons) }, answers: answersOf(ctx, view), documents: await this.documents.of(ctx, view.id, view.documents),
      moves: moves.map((transition) => ({ id: transition.id, action: address(`/moves/${transition.id}`), title: transition.title[language], question: transition.reasons?.question[language], hint: transition.reasons?.hint?.[language], isOpen: view.stateKind === 'waiting' || unfinished?.form === transition.id, words: unfinished?.form === transition.id ? unfinished.words : '' })),
      write: { action: address('/words'), words: unfinished?.form === 'words' ? unfinished.words : '', isOpen: unfinished?.form === 'words' }, takesPhotos: type.takesDocumentsLater === true && hasContract(ctx, DOCUMENTS),
      key: this.ids.uuid(), version: view.version, hasKey: key !== undefined, events: shownEvents(language, type, timeline.items), errors: unfinished?.errors ?? [], hasChanged: unfinished?.hasChanged,
    };
  }
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim());
}

function answersOf({ language }: RequestContext, view: CaseView): readonly { readonly question: string; readonly lines: readonly string[] }[] {
  return view.answers.map(({ question, answer }) => ({ question: wordsIn(question, language), lines: linesOf(wordsIn(answer, language)) }));
}
