import type { Clock, JobHandler, Log, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, NotFound, done } from '@guildhall/kernel-contract';
import { Database, LOG, enqueue, sql } from '@guildhall/kernel';
import type { WebhookDelivery, WebhookRefusal } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerCallingAs } from '../keeping/council-providers';
import { attemptOf, attemptUnder } from '../keeping/payment-book';
import { AskAboutAttemptJob } from '../reconciling/jobs';

/** Longer than any provider goes on telling the same event. */
const REMEMBERED_FOR = 90 * 24 * 60 * 60_000;

/**
 * Takes what a provider calls back with: checks who sent it, remembers the event, and has the payment fetched by a job. Nothing that the webhook says about the
 * payment is believed, and the provider has its answer before any work is done.
 */
@Injectable()
export class TakeWebhook {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  /** @param name the last part of the provider's id @throws NotFound when no provider of the council calls back under this name */
  async take(ctx: RequestContext, name: string, delivery: WebhookDelivery): Promise<Outcome<{ readonly isNew: boolean }, WebhookRefusal>> {
    const named = providerCallingAs(ctx, name);
    const read = await named?.provider.readWebhook?.(ctx, delivery);
    if (!named || !read) throw new NotFound(`No payment provider of ${ctx.council.slug} calls back here.`);
    if (!read.ok) {
      this.log.warn('payments.webhook-refused', { council: ctx.council.slug, provider: named.id, reason: read.refusal.reason, correlationId: ctx.correlationId });
      return read;
    }
    const { eventId, providerPaymentId, key } = read.value;
    const { isNew, isKnown } = await this.database.run(ctx, async (tx) => {
      // Both are sent at once, down one connection: whoever tells it a second time waits at the first, and then there is nothing left to do.
      const [fresh, attempt] = await Promise.all([
        sql(tx, 'insert into payments.provider_event (council_id, provider, event_id, received_at) values ($1, $2, $3, $4) on conflict do nothing returning 1 as fresh', [tx.council.id, named.id, eventId.slice(0, 200), this.clock.now()]),
        providerPaymentId !== undefined ? attemptOf(tx, named.id, providerPaymentId) : key === undefined ? undefined : attemptUnder(tx, named.id, key),
      ]);
      // An attempt that we do not know by its provider's id is one that nobody was sent to yet: there is nothing to hear of it.
      if (fresh.length > 0 && attempt) enqueue(tx, AskAboutAttemptJob, attempt, { key: `${attempt.paymentId}-${attempt.attempt}` });
      return { isNew: fresh.length > 0, isKnown: attempt !== undefined };
    });
    this.log.info('payments.webhook', { council: ctx.council.slug, provider: named.id, isNew, isKnown });
    return done({ isNew });
  }
}

/** Forgets events that can no longer be told again. */
@Injectable()
export class ForgetEvents implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    await this.database.query(ctx, 'delete from payments.provider_event where council_id = $1 and received_at < $2', [ctx.council.id, new Date(this.clock.now().getTime() - REMEMBERED_FOR)]);
  }
}
