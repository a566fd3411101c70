import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { dayOf, wordsIn } from '@guildhall/cases-contract';
import type { CaseView } from '@guildhall/cases-contract';
import { Calendars } from '../working-days/calendars';
import { shownDeadline } from './deadline-words';

/** Makes the head of a case's pages, which stays in sight. */
@Injectable()
export class CaseHead {
  constructor(@Inject(Calendars) private readonly calendars: Calendars, @Inject(CLOCK) private readonly clock: Clock) {}

  of(ctx: RequestContext, view: CaseView): object {
    return {
      reference: view.reference, title: wordsIn(view.summary, ctx.language), typeTitle: view.typeTitle[ctx.language], stateTitle: view.stateTitle[ctx.language], stateColour: view.stateColour, needsAttention: view.staff?.needsAttention,
      deadline: shownDeadline(view.stateKind, view.staff?.dueOn, dayOf(this.clock.now()), this.calendars.of(ctx)),
    };
  }
}
