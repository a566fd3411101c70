import { Inject, Injectable } from '@nestjs/common';
import { demand, done } from '@guildhall/kernel-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { publish } from '@guildhall/kernel';
import { CaseAnswered, CaseDecided, CaseMoved, CaseRefundDue, WORK_ON_CASES, moved, moverOf, permissionOf, transitionOf } from '@guildhall/cases-contract';
import type { CaseView, ChangeRefusal, MoveCase, MoveRefusal } from '@guildhall/cases-contract';
import { viewOf } from '../finding/finds-cases';
import { ChangesCases } from '../keeping/changes-cases';

/** Moves cases along their table, decisions included. */
@Injectable()
export class MovesCases {
  constructor(@Inject(ChangesCases) private readonly changes: ChangesCases) {}

  async move(ctx: RequestContext, request: MoveCase): Promise<Outcome<CaseView, ChangeRefusal | MoveRefusal>> {
    const outcome = await this.changes.change<MoveRefusal>(ctx, request, {
      action: 'cases.moved',
      statusKey: request.statusKey,
      decide: ({ type, record }, setting) => {
        const transition = transitionOf(type, request.transition);
        if (moverOf(ctx.actor) === 'officer') demand(ctx, transition ? permissionOf(transition) : WORK_ON_CASES);
        return moved(ctx, type, record, request, setting);
      },
      tell: (tx, { type, record }, { record: next, entry }) => {
        const ids = { caseId: record.id, caseType: type.id, entryId: entry.id };
        publish(tx, CaseMoved, { ...ids, caseTypeVersion: type.version, transition: request.transition, from: record.state, to: next.state });
        const transition = transitionOf(type, request.transition);
        if (transition?.decision) publish(tx, CaseDecided, { ...ids, transition: request.transition, outcome: transition.decision.outcome });
        if (transition?.refunds && record.paymentId) publish(tx, CaseRefundDue, { ...ids, transition: transition.id, transitionTitle: transition.title.en, paymentId: record.paymentId });
        if (entry.by.kind === 'resident') publish(tx, CaseAnswered, ids);
      },
    });
    if (!outcome.ok) return outcome;
    return done(viewOf(ctx, outcome.value.seen));
  }
}
