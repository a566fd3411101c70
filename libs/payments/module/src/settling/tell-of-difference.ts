import type { JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import { Database, LOG, hasContract } from '@guildhall/kernel';
import type { CasesApi } from '@guildhall/cases-contract';
import { CASES } from '@guildhall/cases-contract';
import { Inject, Injectable } from '@nestjs/common';
import { caseOf, noteOf } from './difference-words';
import type { DifferenceRow, StoredDifference } from './stored-difference';
import { SELECT_DIFFERENCE, differenceFrom } from './stored-difference';

/**
 * Opens the case of a difference, and carries on to it what becomes of the difference later. The case has the difference's own id and every step a key of its own, so that done again nothing is done
 * twice. A council without cases has the differences on the desk's page of reconciliation.
 */
@Injectable()
export class TellOfDifference implements JobHandler<{ readonly differenceId: string }> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext, { differenceId }: { readonly differenceId: string }): Promise<void> {
    if (!hasContract(ctx, CASES)) return;
    const [row] = await this.database.query<DifferenceRow>(ctx, `${SELECT_DIFFERENCE} where d.council_id = $1 and d.difference_id = $2`, [ctx.council.id, differenceId]);
    const difference = row && differenceFrom(row);
    if (!difference || difference.toldVersion >= difference.version) return;
    if (difference.caseReference !== undefined) await this.#carryOn(ctx, difference);
    const reference = difference.caseReference ?? (await this.#open(ctx, difference));
    await this.database.query(ctx, 'update payments.settlement_difference set case_reference = coalesce(case_reference, $3), told_version = greatest(told_version, $4) where council_id = $1 and difference_id = $2', [ctx.council.id, differenceId, reference ?? null, difference.version]);
  }

  /** @returns the case's reference; none when the difference was gone before anybody was told of it */
  async #open(ctx: RequestContext, difference: StoredDifference): Promise<string | undefined> {
    const { differenceId, state } = difference;
    if (state === 'agreed') {
      const opened = await this.cases.find(ctx, { caseId: differenceId });
      if (opened) await this.#carryOn(ctx, difference);
      return opened?.reference;
    }
    try {
      const opened = await this.cases.open(ctx, caseOf(difference));
      if (!opened.ok) throw new Error(`The case of the difference ${differenceId} was not opened: ${opened.refusal.message}`);
      return opened.value.reference;
    } catch (error) {
      // Opened before, when the amounts were others, and then nobody could write it down: the key is this difference's own.
      if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
      const opened = await this.cases.find(ctx, { caseId: differenceId });
      if (!opened) throw error;
      await this.#carryOn(ctx, difference);
      return opened.reference;
    }
  }

  async #carryOn(ctx: RequestContext, difference: StoredDifference): Promise<void> {
    const { differenceId: caseId, version, state } = difference;
    const moved = await this.cases.move(ctx, { caseId, transition: state === 'agreed' ? 'agree' : 'differ-again', idempotencyKey: `payments.settlement-difference:${caseId}:${version}:move` });
    if (moved.ok) return;
    // Somebody closed it already, or it is open still: then it is noted.
    const noted = await this.cases.note(ctx, { caseId, text: noteOf(difference), idempotencyKey: `payments.settlement-difference:${caseId}:${version}:note` });
    if (!noted.ok) this.log.warn('payments.difference-untold', { council: ctx.council.slug, difference: caseId, reason: noted.refusal.reason });
  }
}
