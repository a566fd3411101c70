import { Database, write } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal, unseal } from '../data/sealed';
import type { Question } from './asks-exchange';

/** Whoever answers has done so by then. */
const ANSWERED_WITHIN_MS = 30_000;
/** For so long the same question is asked again: an agreement's bound on how fresh a choice must be is a quarter of an hour, unless it sets a shorter one, which then counts. */
const ASKED_AGAIN_FOR_MS = 10 * 60_000;
const MOST_AT_ONCE = 200;

/** A question that has had no answer, as it was sent. */
export interface OpenQuestion { readonly exchange: string; readonly question: Question; readonly body: string }

/** Questions of this body's that are on their way, sealed, for some minutes: so that one whose answer was lost, or that was lost with the process, can be asked again as it was. Only those whose answer is kept: whoever waits for any other, an officer who looked among them, asks again themselves, and nothing is told for nobody. */
@Injectable()
export class OpenQuestions {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Leaves it to the transaction in which it is written down that it is asked. */
  keep(tx: TransactionContext, { exchange, question, body }: OpenQuestion): void {
    if (question.by.officer !== null || !question.isKept) return;
    const now = this.clock.now();
    const sealed = seal(tx, boundTo(exchange), JSON.stringify({ question, body })).toString('base64');
    write(tx, `insert into sharing.question (council_id, exchange_id, local_id, sealed, at, until) values ($1, $2, $3, decode($4, 'base64'), $5, $6)`, [tx.council.id, exchange, question.localId, sealed, now, new Date(now.getTime() + ASKED_AGAIN_FOR_MS)]);
  }

  /** Those without an answer, the oldest first; the others are forgotten, and those whose time is over. */
  async unanswered(ctx: RequestContext): Promise<readonly OpenQuestion[]> {
    const now = this.clock.now();
    await this.db.query(ctx, `
      delete from sharing.question q where q.council_id = $1 and (q.until <= $2 or exists (select from sharing.entry r where r.council_id = q.council_id and r.exchange_id = q.exchange_id and r.kind = 'received')) returning 1 as gone`, [ctx.council.id, now]);
    const rows = await this.db.query<{ exchange_id: string; sealed: Buffer }>(ctx, `select exchange_id, sealed from sharing.question where council_id = $1 and at <= $2 order by at, exchange_id limit ${MOST_AT_ONCE}`, [ctx.council.id, new Date(now.getTime() - ANSWERED_WITHIN_MS)]);
    return rows.map(({ exchange_id: exchange, sealed }) => ({ exchange, ...(JSON.parse(unseal(ctx, boundTo(exchange), sealed)) as Omit<OpenQuestion, 'exchange'>) }));
  }

  /** One that may not be asked any more. */
  async letBe(ctx: RequestContext, exchange: string): Promise<void> {
    await this.db.query(ctx, 'delete from sharing.question where council_id = $1 and exchange_id = $2 returning 1 as gone', [ctx.council.id, exchange]);
  }
}

function boundTo(exchange: string): string { return `question ${exchange}`; }
