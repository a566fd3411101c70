import type { CaseMovedData, CasesApi } from '@guildhall/cases-contract';
import { CASES } from '@guildhall/cases-contract';
import type { Clock, Event, EventHandler, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, isGuildhallError } from '@guildhall/kernel-contract';
import { Database, hasContract, sql } from '@guildhall/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { settlementDifference } from './difference-case-type';

const AT_ONCE = 500;
/** A job has a minute. */
const ONE_ROUND_IN_MS = 30_000;
/** No id comes after it. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface ToldRow { difference_id: string; state: 'open' | 'cleared-up'; version: number }

/** Whoever closes the case of a difference has explained it: it is open no longer, until it comes to something else or the case is opened again. */
@Injectable()
export class HeedFinance implements EventHandler<CaseMovedData> {
  /** Where each council's round of those that are closed goes on. */
  readonly #closed = new Map<string, string>();

  constructor(@Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(CLOCK) private readonly clock: Clock) {}

  async handle(tx: TransactionContext, { data: { caseId, caseType, from, to } }: Event<CaseMovedData>): Promise<void> {
    if (caseType !== settlementDifference.id || (from !== 'cleared-up' && to !== 'cleared-up')) return;
    const [before, after] = to === 'cleared-up' ? ['open', 'cleared-up'] : ['cleared-up', 'open'];
    await sql(tx, 'update payments.settlement_difference set state = $3 where council_id = $1 and difference_id = $2 and state = $4', [tx.council.id, caseId, after, before]);
  }

  /**
   * Looks how the cases stand of differences of which finance has been told all: some were closed before anybody heeded it, and what is heard of one may come in another order. All that are open, and of those that are closed,
   * which only grow in number, some in each round.
   */
  async lookAgain(ctx: RequestContext): Promise<void> {
    if (!hasContract(ctx, CASES)) return;
    const until = this.clock.now().getTime() + ONE_ROUND_IN_MS;
    try {
      for (let before: string | undefined = LAST; before !== undefined && this.clock.now().getTime() < until;) before = await this.#lookAt(ctx, 'open', before);
      this.#closed.set(ctx.council.id, (await this.#lookAt(ctx, 'cleared-up', this.#closed.get(ctx.council.id) ?? LAST)) ?? LAST);
    } catch (error) {
      // The cases do not answer: the next hour will do.
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
    }
  }

  /** Some of them, the newest first. @returns where to go on; undefined after the last */
  async #lookAt(ctx: RequestContext, state: ToldRow['state'], before: string): Promise<string | undefined> {
    const rows = await this.database.query<ToldRow>(ctx, `select difference_id, state, version from payments.settlement_difference
      where council_id = $1 and state = $2 and case_reference is not null and told_version = version and difference_id < $3 order by difference_id desc limit ${AT_ONCE}`, [ctx.council.id, state, before]);
    for (const row of rows) await this.#stand(ctx, row);
    return rows.length < AT_ONCE ? undefined : rows.at(-1)?.difference_id;
  }

  /** Where its case is there no longer it stays as it was. */
  async #stand(ctx: RequestContext, { difference_id: caseId, state, version }: ToldRow): Promise<void> {
    const found = await this.cases.find(ctx, { caseId });
    const stands = found?.state === 'cleared-up' ? 'cleared-up' : 'open';
    if (!found || stands === state) return;
    await this.database.query(ctx, 'update payments.settlement_difference set state = $3 where council_id = $1 and difference_id = $2 and state = $4 and version = $5', [ctx.council.id, caseId, stands, state, version]);
  }
}
