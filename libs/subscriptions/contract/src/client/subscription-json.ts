import { JsonReader } from '@guildhall/kernel-contract';
import type { DeliveryFailure, DeliveryState, DeliveryView, OfferedEvent, SubscriptionState, SubscriptionView } from '../subscription';
import type { DeliveryPage, SubscriptionPage, SubscriptionWithSecret } from '../subscriptions-api';

const SUBSCRIPTION_STATES: readonly SubscriptionState[] = ['active', 'paused', 'disabled'];
const DELIVERY_STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead'];
const FAILURES: readonly DeliveryFailure[] = ['status', 'timeout', 'unreachable', 'certificate', 'not-public', 'disabled'];

/** Reads a subscription that came over the wire; unknown properties are left out. @throws Unavailable */
export function subscriptionFromJson(json: unknown): SubscriptionView {
  const from = new JsonReader(json, 'subscription');
  return {
    id: from.text('id'), title: from.text('title'), url: from.text('url'), eventTypes: from.texts('eventTypes'), caseTypes: from.texts('caseTypes'), state: from.oneOf('state', SUBSCRIPTION_STATES), version: from.count('version'), createdAt: from.instant('createdAt'),
    ...from.maybe('disabledBecause', (name) => from.oneOf(name, ['gone', 'failing'] as const)), ...from.maybe('failingSince', (name) => from.instant(name)), ...from.maybe('waitUntil', (name) => from.instant(name)),
    ...from.maybe('lastDeliveredAt', (name) => from.instant(name)), ...from.maybe('formerSecretUntil', (name) => from.instant(name)),
  };
}

/** @throws Unavailable */
export function withSecretFromJson(json: unknown): SubscriptionWithSecret {
  const from = new JsonReader(json, 'subscription with its secret');
  return { subscription: subscriptionFromJson(from.value('subscription')), secret: from.text('secret') };
}

/** @throws Unavailable */
export function subscriptionPageFromJson(json: unknown): SubscriptionPage {
  const from = new JsonReader(json, 'page of subscriptions');
  return { subscriptions: from.list('subscriptions').map(subscriptionFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

/** @throws Unavailable */
export function deliveryFromJson(json: unknown): DeliveryView {
  const from = new JsonReader(json, 'delivery');
  return {
    eventId: from.text('eventId'), eventType: from.text('eventType'), subject: from.text('subject'), at: from.instant('at'), state: from.oneOf('state', DELIVERY_STATES), isTest: from.flag('isTest'), tries: from.count('tries'),
    ...from.maybe('nextTryAt', (name) => from.instant(name)), ...from.maybe('lastTriedAt', (name) => from.instant(name)), ...from.maybe('lastStatus', (name) => from.count(name)),
    ...from.maybe('lastFailure', (name) => from.oneOf(name, FAILURES)), ...from.maybe('settledAt', (name) => from.instant(name)),
  };
}

/** @throws Unavailable */
export function deliveryPageFromJson(json: unknown): DeliveryPage {
  const from = new JsonReader(json, 'page of deliveries');
  return { deliveries: from.list('deliveries').map(deliveryFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

/** @throws Unavailable */
export function eventsFromJson(json: unknown): readonly OfferedEvent[] {
  return new JsonReader({ events: json }, 'catalogue').list('events').map((one) => {
    const from = new JsonReader(one, 'event');
    return { type: from.text('type'), version: from.count('version'), describes: from.text('describes'), fields: from.texts('fields'), subject: from.text('subject') };
  });
}

/** @throws Unavailable */
export function countFromJson(json: unknown): { readonly count: number } {
  return { count: new JsonReader(json, 'answer').count('count') };
}
