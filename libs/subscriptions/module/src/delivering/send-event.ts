import { Inject, Injectable } from '@nestjs/common';
import { LOG, OUTBOUND, originOf } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, retryAfterOf, type Clock, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { CLOUD_EVENT_TYPE, signWebhook, type CloudEvent, type DeliveryFailure } from '@guildhall/subscriptions-contract';
import type { DeliveryRow } from '../data/delivery-row';
import type { SubscriptionRow } from '../data/subscription-row';
import { Limits } from '../subscriptions.limits';
import { secretsInForce } from './secrets';

/** What came of one try. */
export type TryOutcome = { readonly ok: true; readonly status: number } | { readonly ok: false; readonly failure: DeliveryFailure; readonly status?: number; readonly retryAfterInSeconds?: number };

const CERTIFICATE = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Posts one event to one receiver, once. Redirections are failures, as Standard Webhooks says; of the answer only its status and headers are looked at. */
@Injectable()
export class SendEvent {
  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log, @Inject(Limits) private readonly limits: Limits) {}

  async send(ctx: RequestContext, subscription: Pick<SubscriptionRow, 'subscription_id' | 'url' | 'secret_number' | 'former_secret_until'>, event: DeliveryRow): Promise<TryOutcome> {
    const now = this.clock.now();
    const body = JSON.stringify(cloudEventOf(ctx, event));
    const outcome = await this.post(ctx, subscription.url, { 'content-type': `${CLOUD_EVENT_TYPE}; charset=utf-8`, ...signWebhook(secretsInForce(ctx, subscription, now), { id: event.event_id, at: now, body }) }, body);
    if (!outcome.ok) this.log.warn('subscriptions.try-failed', { subscription: subscription.subscription_id, event: event.event_id, failure: outcome.failure, status: outcome.status, council: ctx.council.slug });
    return outcome;
  }

  private async post(ctx: RequestContext, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<TryOutcome> {
    try {
      const { status, headers: answered } = await this.outbound.fetch(url, { method: 'POST', headers, body, timeoutInSeconds: this.limits.answerWithinSeconds(ctx), onlyPublic: { except: this.limits.privateReceivers(ctx) }, ignoresBody: true });
      if (status >= 200 && status < 300) return { ok: true, status };
      return { ok: false, failure: 'status', status, retryAfterInSeconds: retryAfterOf(answered['retry-after'], this.clock.now()) };
    } catch (error) {
      if (isGuildhallError(error)) return { ok: false, failure: error.code === 'not-allowed' ? 'not-public' : failureOf(error.cause) };
      // A fault of ours, or an address that Node's HTTP does not bear: it fails this one event, and does not stand in the way of the others.
      this.log.error('subscriptions.try-broke', { error: (error as Error).name, at: originOf(error) });
      return { ok: false, failure: 'unreachable' };
    }
  }
}

/** An event as it leaves: the same bytes at each try. */
export function cloudEventOf(ctx: RequestContext, event: Pick<DeliveryRow, 'event_id' | 'type' | 'version' | 'subject' | 'data' | 'at'>): CloudEvent {
  return { specversion: '1.0', id: event.event_id, source: ctx.council.origin, type: event.type, subject: event.subject, time: event.at.toISOString(), datacontenttype: 'application/json', eventversion: event.version, data: event.data };
}

function failureOf(cause: unknown): DeliveryFailure {
  const { name, code } = (cause ?? {}) as { name?: string; code?: string };
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout';
  return code !== undefined && CERTIFICATE.test(code) ? 'certificate' : 'unreachable';
}
