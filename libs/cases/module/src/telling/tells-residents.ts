import { Inject, Injectable } from '@nestjs/common';
import { demand, done } from '@guildhall/kernel-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { publish } from '@guildhall/kernel';
import { CaseAnswered, CaseUpdatedPublicly, WORK_ON_CASES, demandStaff, entryFor, said } from '@guildhall/cases-contract';
import type { ChangeRefusal, TellResident, TimelineEntry, WriteToCouncil } from '@guildhall/cases-contract';
import { ChangesCases } from '../keeping/changes-cases';

/** What the council and the resident write to one another about a case. */
@Injectable()
export class TellsResidents {
  constructor(@Inject(ChangesCases) private readonly changes: ChangesCases) {}

  /** The council writes. */
  async tell(ctx: RequestContext, request: TellResident): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    demandStaff(ctx);
    demand(ctx, WORK_ON_CASES);
    const outcome = await this.changes.change<never>(ctx, request, {
      action: 'cases.told',
      decide: ({ record }, setting) => done(said(ctx, record, 'update', request, setting)),
      tell: (tx, { record, type }, { entry }) => publish(tx, CaseUpdatedPublicly, { caseId: record.id, caseType: type.id, entryId: entry.id }),
    });
    return outcome.ok ? done(outcome.value.entry) : outcome;
  }

  /** The resident writes. */
  async write(ctx: RequestContext, request: WriteToCouncil): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    const outcome = await this.changes.change<never>(ctx, request, {
      action: 'cases.answered',
      statusKey: request.statusKey,
      decide: ({ record }, setting) => done(said(ctx, record, 'answer', request, setting)),
      tell: (tx, { record, type }, { entry }) => publish(tx, CaseAnswered, { caseId: record.id, caseType: type.id, entryId: entry.id }),
    });
    if (!outcome.ok) return outcome;
    const { seen: { type, audience }, entry } = outcome.value;
    return done(entryFor(audience, type, entry) ?? entry);
  }
}
