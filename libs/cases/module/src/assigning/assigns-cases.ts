import { Inject, Injectable } from '@nestjs/common';
import { done } from '@guildhall/kernel-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { publish } from '@guildhall/kernel';
import { CaseAssigned, assigned, demandAssigning, demandStaff } from '@guildhall/cases-contract';
import type { AssignCase, CaseView, ChangeRefusal } from '@guildhall/cases-contract';
import { viewOf } from '../finding/finds-cases';
import { ChangesCases } from '../keeping/changes-cases';

/** Gives cases to people and teams. */
@Injectable()
export class AssignsCases {
  constructor(@Inject(ChangesCases) private readonly changes: ChangesCases) {}

  async assign(ctx: RequestContext, request: AssignCase): Promise<Outcome<CaseView, ChangeRefusal>> {
    demandStaff(ctx);
    const outcome = await this.changes.change<never>(ctx, request, {
      action: 'cases.assigned',
      decide: ({ record }, setting) => {
        demandAssigning(ctx, request, record);
        return done(assigned(ctx, record, request, setting));
      },
      tell: (tx, { record, type }, { record: next }) => publish(tx, CaseAssigned, { caseId: record.id, caseType: type.id, ...(next.assignee && { officerId: next.assignee.officerId }), ...(next.team && { team: next.team }) }),
    });
    return outcome.ok ? done(viewOf(ctx, outcome.value.seen)) : outcome;
  }
}
