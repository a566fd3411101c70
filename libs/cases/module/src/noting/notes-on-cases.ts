import { Inject, Injectable } from '@nestjs/common';
import { demand, done } from '@guildhall/kernel-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { NOTE_ON_CASES, demandStaff, said } from '@guildhall/cases-contract';
import type { ChangeRefusal, NoteOnCase, TimelineEntry } from '@guildhall/cases-contract';
import { ChangesCases } from '../keeping/changes-cases';

/** Writes what only staff read. */
@Injectable()
export class NotesOnCases {
  constructor(@Inject(ChangesCases) private readonly changes: ChangesCases) {}

  async note(ctx: RequestContext, request: NoteOnCase): Promise<Outcome<TimelineEntry, ChangeRefusal>> {
    demandStaff(ctx);
    demand(ctx, NOTE_ON_CASES);
    const outcome = await this.changes.change<never>(ctx, request, { action: 'cases.noted', decide: ({ record }, setting) => done(said(ctx, record, 'note', request, setting)) });
    return outcome.ok ? done(outcome.value.entry) : outcome;
  }
}
