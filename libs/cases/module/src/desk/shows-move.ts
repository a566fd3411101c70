import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { areReasonsPublic, dayOf, decisionLetter, moveRecord, publicTextOf } from '@guildhall/cases-contract';
import type { CaseTransition, ChangedMeanwhile } from '@guildhall/cases-contract';
import { Calendars } from '../working-days/calendars';
import { CaseHead } from './case-head';
import { shownEntries } from './shown-timeline';
import { asksForWords, isClosing, waysTo, type FoundCase } from './shows-case';
import { standardTextsFor } from './standard-texts';

/** What was typed so far. */
export interface MoveTyped { readonly reasons: string; readonly showsPreview: boolean; readonly errors?: readonly FieldError[]; readonly changed?: ChangedMeanwhile }

/** Makes the page on which a move is explained, and a decision's letter is seen before it goes. */
@Injectable()
export class ShowsMove {
  constructor(@Inject(CaseHead) private readonly head: CaseHead, @Inject(Calendars) private readonly calendars: Calendars, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  show(ctx: RequestContext, { seen: { record, type, today }, view }: FoundCase, transition: CaseTransition, typed: MoveTyped): object {
    const at = this.clock.now();
    const language = record.language ?? ctx.language;
    const next = moveRecord(type, record, transition, { at, reasons: typed.reasons, calendar: this.calendars.of(ctx) });
    const isPublic = areReasonsPublic(transition);
    const isRequired = transition.reasons?.required === true || transition.decision !== undefined;
    // Nobody takes back what a resident has read: what ends a case in the officer's own words is seen once before it goes.
    const wantsPreview = transition.decision !== undefined || (isPublic && isClosing(type, transition));
    const isPreviewed = wantsPreview && typed.showsPreview && (typed.reasons !== '' || !isRequired);
    const officer = ctx.actor.kind === 'officer' ? ctx.actor.name : undefined;
    return {
      ...this.head.of(ctx, view), key: this.ids.uuid(), version: view.version, base: `/desk/cases/${view.reference}`,
      action: transition.title[ctx.language], transitionId: transition.id, decision: transition.decision?.title[ctx.language],
      question: transition.reasons?.question[ctx.language], hint: transition.reasons?.hint?.[ctx.language], paysBack: transition.refunds !== undefined && view.paymentId !== undefined, arePublic: isPublic, asksForWords: asksForWords(transition), wantsPreview, isPreviewed,
      isSent: isPublic || (isClosing(type, transition) && transition.message !== 'none'),
      reasons: typed.reasons, texts: standardTextsFor(ctx, type, record, transition, today), told: publicTextOf(ctx.council, type, next, transition)[language],
      letterLanguage: language, ways: waysTo(view), contact: view.contact,
      letter: transition.decision && isPreviewed ? decisionLetter(ctx.council, type, next, transition, { reasons: typed.reasons, officer, today: dayOf(at), language }) : undefined,
      errors: typed.errors ?? [], changed: typed.changed && { by: typed.changed.changes.at(-1)?.by.name, entries: shownEntries(ctx, type, typed.changed.changes) },
    };
  }
}
