import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, enqueue, onBehalfOf, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, IDS, isGuildhallError, type Clock, type Ids, type JobAmongOthers, type JobHandler, type Log, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, type AcceptedMessage, type DeliveryRefusal, type MessageProvider, type OutgoingMessage } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { recordFailure, recordTaken } from '../following/record-news';
import { SPREAD_SECONDS, nextTryAt } from './back-off';
import { ClosedChannels } from './closed-channels';
import { SendWaiting } from './jobs';
import { SendTimes } from './send-times';
import { toOutgoing } from './to-outgoing';

/** A worker that has claimed a message has this long to send it; then another may. Longer than any provider's time-out. */
const CLAIM_SECONDS = 50;
/** What is answered so soon after another is recorded with it; the slowest keeps nobody waiting longer. */
const RECORD_AFTER_MS = 50;

type Answer = Outcome<AcceptedMessage, DeliveryRefusal> | { readonly ok: 'unknown'; readonly code: string; readonly retryAfterInSeconds?: number };
type Job = JobAmongOthers<{ readonly messageId: string }>;
/** A message that is ours to try, with the context of its job. */
interface Claimed { readonly ctx: RequestContext; readonly row: MessageRow; readonly message: OutgoingMessage; readonly provider: MessageProvider; readonly providerId: string }
/** A message whose provider takes nothing for the moment, and when it is to be offered instead. */
interface PutOff { readonly row: MessageRow; readonly next: Date; readonly code: string }
interface Answered extends Claimed { readonly answer: Answer }

/**
 * Tries messages: claims them, hands them to a provider outside any transaction, and records what the provider said.
 * A crash between the two leaves the claims to run out; the next try has the same reference, by which the provider knows it again.
 */
@Injectable()
export class SendWaitingMessage implements JobHandler<{ readonly messageId: string }> {
  /** As many as every provider of the council takes at once: which of them a message is for is known when it is read. */
  readonly together = {
    most: (ctx: RequestContext): number => Math.min(...providersOf(ctx, MESSAGE_PROVIDER).map(({ mostAtOnce = 1 }) => mostAtOnce)),
    run: (jobs: readonly Job[]): Promise<void> => this.tryAll(jobs),
  };

  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log, @Inject(SendTimes) private readonly times: SendTimes, @Inject(ClosedChannels) private readonly closed: ClosedChannels) {}

  run(ctx: RequestContext, data: { readonly messageId: string }): Promise<void> {
    return this.tryAll([{ ctx, data }]);
  }

  private async tryAll(jobs: readonly Job[]): Promise<void> {
    const [first] = jobs;
    if (!first) return;
    const claimed = await this.db.run(first.ctx, (tx) => this.claim(tx, jobs));
    const answered: Answered[] = [];
    let areAnswered = false;
    const handed = Promise.all(claimed.map(async (each) => void answered.push({ ...each, answer: await this.hand(each) }))).then(() => { areAnswered = true; });
    const failed: unknown[] = [];
    for (let isLast = claimed.length === 0; !isLast; ) {
      await Promise.race([handed, wait(RECORD_AFTER_MS, undefined, { ref: false })]);
      isLast = areAnswered;
      const all = answered.splice(0);
      if (all.length) await this.db.run(first.ctx, (tx) => this.record(tx, all)).catch((error: unknown) => failed.push(error));
    }
    if (failed.length) throw failed[0];
  }

  private async claim(tx: TransactionContext, jobs: readonly Job[]): Promise<readonly Claimed[]> {
    const now = this.clock.now();
    const rows = await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = any($2) order by message_id for update`, [tx.council.id, jobs.map(({ data }) => data.messageId)]);
    const contexts = new Map(jobs.map(({ ctx, data }) => [data.messageId, ctx]));
    const claimed: Claimed[] = [];
    const putOff: PutOff[] = [];
    for (const row of rows) {
      const ctx = contexts.get(row.message_id) ?? tx;
      const found = await this.claimOne(onBehalfOf(tx, ctx), row, now);
      if (found && 'next' in found) putOff.push(found);
      else if (found) claimed.push({ ...found, ctx });
    }
    if (putOff.length) {
      await sql(tx, `
        update notifications.message m set next_try_at = given.next, claimed_until = null, failure_code = given.code, last_failure = 'temporary' from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as given (message_id, next, code)
        where m.council_id = $1 and m.message_id = given.message_id`, [tx.council.id, putOff.map(({ row }) => row.message_id), putOff.map(({ next }) => next), putOff.map(({ code }) => code)]);
    }
    if (claimed.length) {
      await sql(tx, `
        update notifications.message m set tries = tries + 1, claimed_until = $3, provider_id = given.provider_id from unnest($2::uuid[], $4::text[]) as given (message_id, provider_id)
        where m.council_id = $1 and m.message_id = given.message_id`, [tx.council.id, claimed.map(({ row }) => row.message_id), new Date(now.getTime() + CLAIM_SECONDS * 1000), claimed.map(({ providerId }) => providerId)]);
    }
    return claimed;
  }

  /** Whether this message, which is held in this transaction, is to be tried now. */
  private async claimOne(tx: TransactionContext, row: MessageRow, now: Date): Promise<Omit<Claimed, 'ctx'> | PutOff | undefined> {
    if (row.state !== 'created' || row.next_try_at > now) return undefined;
    if (row.claimed_until && row.claimed_until > now) {
      // Another worker has it, or had it and died: look again when its time is up.
      enqueue(tx, SendWaiting, { messageId: row.message_id }, { runAt: row.claimed_until, key: `claimed:${row.message_id}` });
      return undefined;
    }
    if (row.give_up_at <= now) {
      // The last reason says more than that time is up; without any it was never tried in time.
      await recordFailure(tx, row, { failure: row.last_failure ?? 'technical', code: row.last_failure ? (row.failure_code ?? 'expired') : 'expired' }, now);
      return undefined;
    }
    const at = providersOf(tx, MESSAGE_PROVIDER).findIndex((provider) => provider.channels.includes(row.channel));
    const provider = providersOf(tx, MESSAGE_PROVIDER)[at];
    const providerId = providerIdsOf(tx, MESSAGE_PROVIDER)[at];
    const message = toOutgoing(tx, row);
    if (!provider || providerId === undefined || !message) {
      await recordFailure(tx, row, { failure: 'technical', code: provider ? 'words-wiped' : 'no-provider' }, now);
      return undefined;
    }
    const closed = this.closed.find(tx, providerId, row.channel, now);
    return closed ? this.putOff(tx, row, closed, now) : { row: { ...row, tries: row.tries + 1, provider_id: providerId }, message, provider, providerId };
  }

  /** No try of the message's: it has not been offered. */
  private async putOff(tx: TransactionContext, row: MessageRow, { until, code }: { readonly until: Date; readonly code: string }, now: Date): Promise<PutOff | undefined> {
    const next = this.times.from(tx, new Date(until.getTime() + this.chance() * SPREAD_SECONDS * 1000), { channel: row.channel, isSecret: row.is_secret });
    if (next >= row.give_up_at) {
      await recordFailure(tx, row, { failure: 'temporary', code }, now);
      return undefined;
    }
    enqueue(tx, SendWaiting, { messageId: row.message_id }, { runAt: next });
    return { row, next, code };
  }

  private async hand({ ctx, provider, providerId, message, row }: Claimed): Promise<Answer> {
    try {
      const answer = await provider.send(message);
      if (!answer.ok && answer.refusal.closedForInSeconds) this.closed.close(ctx, providerId, message.channel, { until: new Date(this.clock.now().getTime() + answer.refusal.closedForInSeconds * 1000), code: answer.refusal.code });
      return answer;
    } catch (error) {
      const isKnown = isGuildhallError(error);
      this.log.warn('notifications.send-failed', { message: row.message_id, channel: message.channel, error: isKnown ? error.code : (error as Error).name });
      return { ok: 'unknown', code: isKnown ? `provider-${error.code}` : 'provider-fault', retryAfterInSeconds: (error as { retryAfterInSeconds?: number }).retryAfterInSeconds };
    }
  }

  private async record(tx: TransactionContext, all: readonly Answered[]): Promise<void> {
    const now = this.clock.now();
    await recordTaken(tx, all.flatMap(({ ctx, row, answer }) => (answer.ok === true ? [{ ctx, row, taken: answer.value }] : [])), now);
    for (const { ctx, row, answer } of all) if (answer.ok !== true) await this.recordRefusal(onBehalfOf(tx, ctx), row, answer, now);
  }

  private async recordRefusal(tx: TransactionContext, row: MessageRow, answer: Exclude<Answer, { readonly ok: true }>, now: Date): Promise<void> {
    const refusal = answer.ok === false ? { failure: answer.refusal.reason, code: answer.refusal.code, wait: answer.refusal.retryAfterInSeconds } : { failure: 'technical' as const, code: answer.code, wait: answer.retryAfterInSeconds };
    const next = this.times.from(tx, nextTryAt(now, row.tries, this.chance(), refusal.wait), { channel: row.channel, isSecret: row.is_secret });
    if (refusal.failure === 'permanent' || next >= row.give_up_at) return recordFailure(tx, row, refusal, now);
    // Only when nobody else has taken it over since: their try counts now.
    const later = await sql(tx, `update notifications.message set next_try_at = $4, claimed_until = null, failure_code = $5, last_failure = $6 where council_id = $1 and message_id = $2 and state = 'created' and tries = $3 returning 1 as kept`, [tx.council.id, row.message_id, row.tries, next, refusal.code, refusal.failure]);
    if (later.length) enqueue(tx, SendWaiting, { messageId: row.message_id }, { runAt: next });
  }
  /** From 0 to 1. */
  private chance(): number {
    return (this.ids.bytes(1)[0] ?? 128) / 255;
  }
}
