import { Inject, Injectable } from '@nestjs/common';
import { hasContract } from '@guildhall/kernel';
import { NotFound, may, type RequestContext } from '@guildhall/kernel-contract';
import { CASES, SEE_CASES, type CasesApi } from '@guildhall/cases-contract';
import type { MessageView } from '@guildhall/notifications-contract';
import { ReadMessages } from '../reading/read-messages';

/** Leads from a message to the case that it is about, where the council has cases. */
@Injectable()
export class CaseOfMessage {
  constructor(@Inject(ReadMessages) private readonly reading: ReadMessages, @Inject(CASES.token) private readonly cases: CasesApi) {}

  /** Whether there may be a way for this officer. */
  mayLead(ctx: RequestContext, message: MessageView): boolean {
    return message.about?.type === 'case' && hasContract(ctx, CASES) && may(ctx, SEE_CASES);
  }

  /** The case's reference. Asked only when somebody goes there: looking at a case is on record. @throws NotFound */
  async referenceOf(ctx: RequestContext, messageId: string): Promise<string> {
    const message = await this.reading.find(ctx, messageId);
    const found = message.about && this.mayLead(ctx, message) ? await this.cases.find(ctx, { caseId: message.about.id }) : undefined;
    if (!found) throw new NotFound(`The message ${messageId} leads to no case.`);
    return found.reference;
  }
}
