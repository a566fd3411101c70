import { Inject, Injectable } from '@nestjs/common';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AssignCase } from '@guildhall/cases-contract';
import { AssignsCases } from './assigns-cases';

/** A case that was chosen in a list, as it was shown there. */
export interface ChosenCase { readonly caseId: string; readonly version: number }
/** What came of it, by number of cases. */
export interface AssignedMany { readonly given: number; readonly changed: number; readonly notAllowed: number }

/** Gives many cases at once: each is a change of its own, so that one that somebody else just changed does not hold up the rest. */
@Injectable()
export class AssignsMany {
  constructor(@Inject(AssignsCases) private readonly one: AssignsCases) {}

  /** @param batchKey made with the page: sending it again does nothing twice */
  async assign(ctx: RequestContext, chosen: readonly ChosenCase[], assignee: AssignCase['assignee'], batchKey: string): Promise<AssignedMany> {
    const result = { given: 0, changed: 0, notAllowed: 0 };
    for (const { caseId, version } of chosen) {
      try {
        const outcome = await this.one.assign(ctx, { caseId, expectedVersion: version, idempotencyKey: `${batchKey}:${caseId}`, ...(assignee && { assignee }) });
        if (outcome.ok) result.given++;
        else result.changed++;
      } catch (error) {
        if (!isGuildhallError(error) || error.code !== 'not-allowed') throw error;
        result.notAllowed++;
      }
    }
    return result;
  }
}
