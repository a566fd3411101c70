import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, enqueue, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, IDS, isGuildhallError, type Clock, type Ids, type JobHandler, type Log, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, type AcceptedMessage, type DeliveryRefusal, type MessageProvider, type OutgoingMessage } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { recordFailure, recordTaken } from '../following/record-news';
import { nextTryAt } from './back-off';
import { SendWaiting } from './jobs';
import { SendTimes } from './send-times';
import { toOutgoing } from './to-outgoing';

/** A worker that has claimed a message has this long to send it; then another may. Longer than any provider's time-out. */
const CLAIM_SECONDS = 50;

type Answer = Outcome<AcceptedMessage, DeliveryRefusal> | { readonly ok: 'unknown'; readonly code: string; readonly retryAfterInSeconds?: number };

/**
 * Tries one message: claims it, hands it to a provider outside any transaction, and records what the provider said.
 * A crash between the two leaves the claim to run out; the next try has the same reference, by which the provider knows it again.
 */
@Injectable()
export class SendWaitingMessage implements JobHandler<{ readonly messageId: string }> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log, @Inject(SendTimes) private readonly times: SendTimes) {}

  async run(ctx: RequestContext, { messageId }: { readonly messageId: string }): Promise<void> {
    const claimed = await this.db.run(ctx, (tx) => this.claim(tx, messageId));
    if (!claimed) return;
    const answer = await this.hand(claimed.provider, claimed.message, messageId);
    await this.db.run(ctx, (tx) => this.record(tx, claimed.row, answer));
  }

  private async claim(tx: TransactionContext, messageId: string): Promise<{ row: MessageRow; message: OutgoingMessage; provider: MessageProvider } | undefined> {
    const now = this.clock.now();
    const [row] = await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2 for update`, [tx.council.id, messageId]);
    if (row?.state !== 'created' || row.next_try_at > now) return undefined;
    if (row.claimed_until && row.claimed_until > now) {
      // Another worker has it, or had it and died: look again when its time is up.
      enqueue(tx, SendWaiting, { messageId }, { runAt: row.claimed_until, key: `claimed:${messageId}` });
      return undefined;
    }
    if (row.give_up_at <= now) {
      // The last reason says more than that time is up; without any it was never tried in time.
      await recordFailure(tx, row, { failure: row.last_failure ?? 'technical', code: row.last_failure ? (row.failure_code ?? 'expired') : 'expired' }, now);
      return undefined;
    }
    const at = providersOf(tx, MESSAGE_PROVIDER).findIndex((provider) => provider.channels.includes(row.channel));
    const provider = providersOf(tx, MESSAGE_PROVIDER)[at];
    const message = toOutgoing(tx, row);
    if (!provider || !message) {
      await recordFailure(tx, row, { failure: 'technical', code: provider ? 'words-wiped' : 'no-provider' }, now);
      return undefined;
    }
    await sql(tx, 'update notifications.message set tries = tries + 1, claimed_until = $3, provider_id = $4 where council_id = $1 and message_id = $2', [tx.council.id, messageId, new Date(now.getTime() + CLAIM_SECONDS * 1000), providerIdsOf(tx, MESSAGE_PROVIDER)[at]]);
    return { row: { ...row, tries: row.tries + 1, provider_id: providerIdsOf(tx, MESSAGE_PROVIDER)[at] ?? null }, message, provider };
  }

  private async hand(provider: MessageProvider, message: OutgoingMessage, messageId: string): Promise<Answer> {
    try {
      return await provider.send(message);
    } catch (error) {
      const isKnown = isGuildhallError(error);
      this.log.warn('notifications.send-failed', { message: messageId, channel: message.channel, error: isKnown ? error.code : (error as Error).name });
      return { ok: 'unknown', code: isKnown ? `provider-${error.code}` : 'provider-fault', retryAfterInSeconds: (error as { retryAfterInSeconds?: number }).retryAfterInSeconds };
    }
  }

  private async record(tx: TransactionContext, row: MessageRow, answer: Answer): Promise<void> {
    const now = this.clock.now();
    if (answer.ok === true) return recordTaken(tx, row, answer.value, now);
    const refusal = answer.ok === false ? { failure: answer.refusal.reason, code: answer.refusal.code, wait: answer.refusal.retryAfterInSeconds } : { failure: 'technical' as const, code: answer.code, wait: answer.retryAfterInSeconds };
    const next = this.times.from(tx, nextTryAt(now, row.tries, (this.ids.bytes(1)[0] ?? 128) / 255, refusal.wait), { channel: row.channel, isSecret: row.is_secret });
    if (refusal.failure === 'permanent' || next >= row.give_up_at) return recordFailure(tx, row, refusal, now);
    // Only when nobody else has taken it over since: their try counts now.
    const later = await sql(tx, `update notifications.message set next_try_at = $4, claimed_until = null, failure_code = $5, last_failure = $6 where council_id = $1 and message_id = $2 and state = 'created' and tries = $3 returning 1 as kept`, [tx.council.id, row.message_id, row.tries, next, refusal.code, refusal.failure]);
    if (later.length) enqueue(tx, SendWaiting, { messageId: row.message_id }, { runAt: next });
  }
}
