import { Unavailable } from '@guildhall/kernel-contract';
import type { DeliveryFailure, DeliveryState, DeliveryView, OfferedEvent, SubscriptionState, SubscriptionView } from '../subscription';
import type { DeliveryPage, SubscriptionPage, SubscriptionWithSecret } from '../subscriptions-api';

const SUBSCRIPTION_STATES: readonly SubscriptionState[] = ['active', 'paused', 'disabled'];
const DELIVERY_STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'dead'];
const FAILURES: readonly DeliveryFailure[] = ['status', 'timeout', 'unreachable', 'certificate', 'not-public', 'disabled'];

/** Reads a subscription that came over the wire; unknown properties are left out. @throws Unavailable */
export function subscriptionFromJson(json: unknown): SubscriptionView {
  const from = new Reader(json, 'subscription');
  return {
    id: from.text('id'), title: from.text('title'), url: from.text('url'), eventTypes: from.texts('eventTypes'), caseTypes: from.texts('caseTypes'), state: from.oneOf('state', SUBSCRIPTION_STATES), version: from.count('version'), createdAt: from.instant('createdAt'),
    ...from.maybe('disabledBecause', (name) => from.oneOf(name, ['gone', 'failing'] as const)), ...from.maybe('failingSince', (name) => from.instant(name)), ...from.maybe('waitUntil', (name) => from.instant(name)),
    ...from.maybe('lastDeliveredAt', (name) => from.instant(name)), ...from.maybe('formerSecretUntil', (name) => from.instant(name)),
  };
}

/** @throws Unavailable */
export function withSecretFromJson(json: unknown): SubscriptionWithSecret {
  const from = new Reader(json, 'subscription with its secret');
  return { subscription: subscriptionFromJson(from.value('subscription')), secret: from.text('secret') };
}

/** @throws Unavailable */
export function subscriptionPageFromJson(json: unknown): SubscriptionPage {
  const from = new Reader(json, 'page of subscriptions');
  return { subscriptions: from.list('subscriptions').map(subscriptionFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

/** @throws Unavailable */
export function deliveryFromJson(json: unknown): DeliveryView {
  const from = new Reader(json, 'delivery');
  return {
    eventId: from.text('eventId'), eventType: from.text('eventType'), subject: from.text('subject'), at: from.instant('at'), state: from.oneOf('state', DELIVERY_STATES), isTest: from.flag('isTest'), tries: from.count('tries'),
    ...from.maybe('nextTryAt', (name) => from.instant(name)), ...from.maybe('lastTriedAt', (name) => from.instant(name)), ...from.maybe('lastStatus', (name) => from.count(name)),
    ...from.maybe('lastFailure', (name) => from.oneOf(name, FAILURES)), ...from.maybe('settledAt', (name) => from.instant(name)),
  };
}

/** @throws Unavailable */
export function deliveryPageFromJson(json: unknown): DeliveryPage {
  const from = new Reader(json, 'page of deliveries');
  return { deliveries: from.list('deliveries').map(deliveryFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

/** @throws Unavailable */
export function eventsFromJson(json: unknown): readonly OfferedEvent[] {
  return new Reader({ events: json }, 'catalogue').list('events').map((one) => {
    const from = new Reader(one, 'event');
    return { type: from.text('type'), version: from.count('version'), describes: from.text('describes'), fields: from.texts('fields'), subject: from.text('subject') };
  });
}

/** @throws Unavailable */
export function countFromJson(json: unknown): { readonly count: number } {
  return { count: new Reader(json, 'answer').count('count') };
}

/** Takes typed values out of JSON that came from outside. */
class Reader {
  readonly #json: Readonly<Record<string, unknown>>;
  constructor(json: unknown, private readonly what: string) {
    if (typeof json !== 'object' || json === null) throw unknownForm(what);
    this.#json = json as Readonly<Record<string, unknown>>;
  }
  value(name: string): unknown { return this.#json[name]; }
  /** The value under its name, or nothing where there is none. */
  maybe<Name extends string, Value>(name: Name, read: (name: Name) => Value): { readonly [Key in Name]?: Value } {
    const value = this.#json[name];
    return value === undefined || value === null ? {} : ({ [name]: read(name) } as { readonly [Key in Name]?: Value });
  }
  text(name: string): string { return this.checked(name, (value) => typeof value === 'string'); }
  texts(name: string): readonly string[] { return this.checked(name, (value) => Array.isArray(value) && value.every((one) => typeof one === 'string')); }
  list(name: string): readonly unknown[] { return this.checked(name, Array.isArray); }
  flag(name: string): boolean { return this.checked(name, (value) => typeof value === 'boolean'); }
  count(name: string): number { return this.checked(name, (value) => Number.isSafeInteger(value) && (value as number) >= 0); }
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value { return this.checked(name, (value) => values.some((one) => one === value)); }
  instant(name: string): Date {
    const date = new Date(this.text(name));
    if (Number.isNaN(date.getTime())) throw unknownForm(`${this.what}.${name}`);
    return date;
  }
  private checked<Value>(name: string, isRight: (value: unknown) => boolean): Value {
    const value = this.#json[name];
    if (!isRight(value)) throw unknownForm(`${this.what}.${name}`);
    return value as Value;
  }
}

function unknownForm(what: string): Unavailable {
  return new Unavailable(`The other side's ${what} is in a form that is not known here. Compare the versions of subscriptions-contract on both sides.`);
}
