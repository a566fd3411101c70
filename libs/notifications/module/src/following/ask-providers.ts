import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, enqueue, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, type DeliveryReport } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { ClosedChannels } from '../sending/closed-channels';
import { AskProviders } from '../sending/jobs';
import { FIRST_ASKED_AFTER_MINUTES, isPastNews, nextAskAt, noMoreNewsAt } from './ask-times';
import { recordReport } from './record-news';

const A_TURN = 100;
/** Never more than the provider takes messages. */
const AT_ONCE = 10;
/** A worker that has taken messages to ask about has this long; then another may. */
const TAKEN_FOR_MINUTES = 5;

interface Taken extends MessageRow { readonly sent_at: Date }
/** What came of a question; of one that was not put, until when the provider is to be left alone. */
type Asked = { readonly row: Taken } & ({ readonly report: DeliveryReport | undefined } | { readonly failed: true } | { readonly until: Date } | { readonly hasNoNews: true });

/**
 * Asks providers about messages of which they have not told us: their callbacks may be lost, or a council has none. A turn asks about so many, some at once, and the next follows while more are due,
 * so that a council's flood delays nobody; a provider that asks for quiet, or does not answer, is left alone.
 */
@Injectable()
export class AskProvidersForNews implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log, @Inject(ClosedChannels) private readonly closed: ClosedChannels) {}

  async run(ctx: RequestContext): Promise<void> {
    const rows = await this.#take(ctx);
    const atOnce = Math.min(AT_ONCE, ...providersOf(ctx, MESSAGE_PROVIDER).filter(({ status }) => status).map(({ mostAtOnce = 1 }) => mostAtOnce));
    const quiet = new Map<string, Date>();
    let inVain = 0;
    for (let at = 0; at < rows.length; at += atOnce) {
      const asked = await Promise.all(rows.slice(at, at + atOnce).map((row) => this.#ask(ctx, row, quiet)));
      await this.#record(ctx, asked);
      inVain = asked.every((each) => 'failed' in each) ? inVain + asked.length : 0;
      // Nobody answers: what else was taken is asked about when the next quarter of an hour begins.
      if (inVain >= AT_ONCE) return;
    }
    if (rows.length < A_TURN) return;
    const until = quiet.size > 0 ? { runAt: new Date(Math.min(...[...quiet.values()].map((each) => each.getTime()))) } : {};
    await this.db.run(ctx, async (tx) => { enqueue(tx, AskProviders, {}, { key: 'on', ...until }); });
  }

  /** Two workers at once take different ones. */
  async #take(ctx: RequestContext): Promise<readonly Taken[]> {
    const now = this.clock.now();
    const inMinutes = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
    return this.db.run(ctx, (tx) => sql<Taken>(tx, `
      update notifications.message set ask_at = $4 where council_id = $1 and message_id in (
        select message_id from notifications.message where council_id = $1 and state = 'sending' and sent_at <= $2 and coalesce(ask_at, sent_at) <= $3 order by coalesce(ask_at, sent_at) limit ${A_TURN} for update skip locked)
      returning ${MESSAGE_COLUMNS}`, [ctx.council.id, inMinutes(-FIRST_ASKED_AFTER_MINUTES), now, inMinutes(TAKEN_FOR_MINUTES)]));
  }

  async #ask(ctx: RequestContext, row: Taken, quiet: Map<string, Date>): Promise<Asked> {
    const { provider_id: id, provider_reference: reference } = row;
    const provider = id === null ? undefined : providersOf(ctx, MESSAGE_PROVIDER)[providerIdsOf(ctx, MESSAGE_PROVIDER).indexOf(id)];
    if (!provider?.status || id === null || reference === null) return { row, hasNoNews: true };
    const until = quiet.get(id) ?? this.closed.find(ctx, id, row.channel, this.clock.now())?.until;
    if (until) return { row, until };
    try {
      return { row, report: await provider.status(reference) };
    } catch (error) {
      this.log.warn('notifications.status-failed', { message: row.message_id, error: (error as { code?: string }).code ?? (error as Error).name });
      const { retryAfterInSeconds } = error as { retryAfterInSeconds?: number };
      if (retryAfterInSeconds === undefined) return { row, failed: true };
      const asksForQuietUntil = new Date(this.clock.now().getTime() + retryAfterInSeconds * 1000);
      quiet.set(id, asksForQuietUntil);
      return { row, until: asksForQuietUntil };
    }
  }

  async #record(ctx: RequestContext, all: readonly Asked[]): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      const next = all.map((asked) => ('until' in asked ? asked.until : 'hasNoNews' in asked ? noMoreNewsAt(asked.row.sent_at) : nextAskAt(asked.row.sent_at, now)));
      await sql(tx, `update notifications.message m set ask_at = given.next from unnest($2::uuid[], $3::timestamptz[]) as given (message_id, next) where m.council_id = $1 and m.message_id = given.message_id and m.state = 'sending'`, [tx.council.id, all.map(({ row }) => row.message_id), next]);
      for (const asked of all) {
        const { row } = asked;
        const report = 'report' in asked ? asked.report : undefined;
        if (report && report.state !== 'sending') await recordReport(tx, row, report, now);
        else if (isPastNews(row.sent_at, now, 'report' in asked || 'hasNoNews' in asked)) await recordReport(tx, row, { providerReference: row.provider_reference ?? '', state: 'sent' }, now);
      }
    });
  }
}
