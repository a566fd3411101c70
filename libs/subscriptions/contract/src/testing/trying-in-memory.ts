import { CLOUD_EVENT_TYPE } from '../cloud-event';
import { signWebhook } from '../signed-webhook';
import type { DeliveryFailure } from '../subscription';
import { secretsOf, type KeptDelivery, type KeptSubscription } from './kept-subscription';

/** A webhook as a receiver got it from the fake. @public */
export interface PostedWebhook { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }
/** What receivers do: answer with a status, or fail otherwise. @public */
export type ReceiverDoes = number | Exclude<DeliveryFailure, 'status' | 'disabled'>;

const SECOND = 1000;
/** How long after each try the next one is made, as the module does; after the last, none. */
const AFTER_TRIES = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
const GIVEN_UP_AFTER = 5 * 86_400 * SECOND;

/** Makes one try and says what came; nothing where nobody answered. */
export function tryOnce(subscription: KeptSubscription, delivery: KeptDelivery, does: ReceiverDoes, now: Date): PostedWebhook | undefined {
  const { event } = delivery.of;
  const body = JSON.stringify(event);
  const isAnswered = typeof does === 'number';
  const hasArrived = isAnswered && does >= 200 && does < 300;
  delivery.tries++;
  delivery.lastTriedAt = now;
  delivery.lastStatus = isAnswered ? does : undefined;
  delivery.lastFailure = hasArrived ? undefined : isAnswered ? 'status' : does;
  if (hasArrived) settle(delivery, 'delivered', now);
  return isAnswered ? { url: subscription.choices.url, headers: { 'content-type': `${CLOUD_EVENT_TYPE}; charset=utf-8`, ...signWebhook(secretsOf(subscription, now), { id: event.id, at: now, body }) }, body } : undefined;
}

/** Tries, and draws from it what is drawn about the receiver: a test is tried without. */
export function deliver(subscription: KeptSubscription, delivery: KeptDelivery, does: ReceiverDoes, now: Date): PostedWebhook | undefined {
  const posted = tryOnce(subscription, delivery, does, now);
  if (delivery.state === 'delivered') {
    subscription.failingSince = undefined;
    subscription.lastDeliveredAt = now;
    return posted;
  }
  const wait = AFTER_TRIES[delivery.tries - 1];
  if (wait === undefined) settle(delivery, 'dead', now);
  else delivery.nextTryAt = new Date(now.getTime() + wait * SECOND);
  subscription.failingSince ??= now;
  if (does === 410) disable(subscription, 'gone', now);
  else if (now.getTime() - subscription.failingSince.getTime() >= GIVEN_UP_AFTER) disable(subscription, 'failing', now);
  return posted;
}

/** As if for the first time. */
export function waitAgain(delivery: KeptDelivery, now: Date): void {
  Object.assign(delivery, { state: 'waiting', tries: 0, nextTryAt: now, lastStatus: undefined, lastFailure: undefined, settledAt: undefined });
}

/** The end of a delivery. */
export function settle(delivery: KeptDelivery, state: 'delivered' | 'dead', now: Date): void {
  delivery.state = state;
  delivery.settledAt = now;
}

function disable(subscription: KeptSubscription, because: 'gone' | 'failing', now: Date): void {
  subscription.state = 'disabled';
  subscription.disabledBecause = because;
  subscription.version++;
  for (const delivery of subscription.deliveries.values()) if (delivery.state === 'waiting' && !delivery.of.isTest) {
    delivery.lastFailure ??= 'disabled';
    settle(delivery, 'dead', now);
  }
}
