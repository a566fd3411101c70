import { CASES, type CasesApi } from '@guildhall/cases-contract';
import type { Event, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CasesAsking } from './cases-asking';

/** Another body has put right what it told of somebody: on each open case that was answered with it an officer reads so, and is to look. */
@Injectable()
export class NotesCorrection {
  constructor(@Inject(CasesAsking) private readonly asking: CasesAsking, @Inject(CASES.token) private readonly cases: CasesApi) {}

  /** The same event again notes nothing again. */
  async run(ctx: RequestContext, { id, data: { personId, attribute, by } }: Event<{ readonly personId: PersonId; readonly attribute: string; readonly by: string }>): Promise<void> {
    for (const { item: { id: caseId }, questions } of await this.asking.of(ctx, personId, attribute)) {
      const answers = (await this.cases.find(ctx, { caseId }))?.answers ?? [];
      const told = answers.find(({ code, origin }) => code !== undefined && questions.has(code) && origin?.how === 'told' && (origin.bodyId === undefined || origin.bodyId === by));
      if (!told) continue;
      const question = typeof told.question === 'string' ? told.question : told.question.en;
      await this.cases.note(ctx, { caseId, needsAttention: true, idempotencyKey: `corrected:${id}:${caseId}`, text: `${told.origin?.bodyId === by ? (told.origin.by?.en ?? by) : 'Another body'} has put right what it told us for “${question}”. The answer on this case is from before. Ask for it again, and look whether what was decided still holds.` });
    }
  }
}
