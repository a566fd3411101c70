import { Conflict, InvalidInput, NotFound, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { isWanted } from '../filter';
import type { ReplayDeliveries } from '../requests';
import type { DeliveryState, DeliveryView, OfferedEvent } from '../subscription';
import type { DeliveryPage, ReplayRefusal } from '../subscriptions-api';
import { deliveryViewOf, type KeptDelivery, type KeptEvent, type KeptSubscription } from './kept-subscription';
import { deliver, settle, tryOnce, waitAgain, type PostedWebhook, type ReceiverDoes } from './trying-in-memory';

const DAY = 86_400_000;
const KEPT_FOR_DAYS = 30;
const TEST: Pick<OfferedEvent, 'type' | 'version' | 'subject'> = { type: 'subscriptions.test-sent', version: 1, subject: 'subscriptionId' };

/** What happened in councils of the fake, and what became of it on its way out. */
export class DeliveriesInMemory {
  readonly posted: PostedWebhook[] = [];
  does: ReceiverDoes = 204;
  readonly #events: KeptEvent[] = [];
  #places = 0;

  constructor(private readonly clock: Clock, private readonly ids: Ids) {}

  /** Keeps what may be told of an event, and has it wait for who wants it. */
  take(ctx: RequestContext, offered: OfferedEvent, data: object, subscriptions: readonly KeptSubscription[]): void {
    const told = Object.fromEntries(Object.entries(data).filter(([field]) => offered.fields.includes(field)));
    const happened = this.event(ctx, offered, told);
    this.#events.push(happened);
    for (const one of subscriptions) if (one.state !== 'disabled' && isWanted(one.choices, { type: offered.type, caseType: happened.caseType })) this.wait(one, happened);
  }

  /** Tries what is due. */
  work(subscription: KeptSubscription): void {
    const now = this.clock.now();
    const due = [...subscription.deliveries.values()].filter(({ state, nextTryAt }) => state === 'waiting' && nextTryAt <= now).sort((a, b) => a.nextTryAt.getTime() - b.nextTryAt.getTime());
    for (const delivery of due) if (subscription.state === 'active') this.post(deliver(subscription, delivery, this.does, now));
  }

  test(ctx: RequestContext, subscription: KeptSubscription): DeliveryView {
    const delivery = this.wait(subscription, { ...this.event(ctx, TEST, { subscriptionId: subscription.id, isTest: true }), isTest: true });
    this.post(tryOnce(subscription, delivery, this.does, this.clock.now()));
    if (delivery.state === 'waiting') settle(delivery, 'dead', this.clock.now());
    return deliveryViewOf(delivery);
  }

  page(subscription: KeptSubscription, limit: number, { state, before }: { readonly state?: DeliveryState; readonly before?: string }): DeliveryPage {
    if (state !== undefined && !['waiting', 'delivered', 'dead'].includes(state)) throw new InvalidInput('There is no such state of a delivery.', [{ field: 'state', message: 'is no state of a delivery' }]);
    if (before !== undefined && !/^\d{1,15}$/.test(before)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'before', message: 'is not a place in this list' }]);
    const matching = [...subscription.deliveries.values()].filter((one) => (state === undefined || one.state === state) && (before === undefined || one.place < Number(before))).sort((a, b) => b.place - a.place);
    return { deliveries: matching.slice(0, limit).map(deliveryViewOf), ...(matching.length > limit && { next: String(matching[limit - 1]?.place) }) };
  }

  again(subscription: KeptSubscription, eventId: string): DeliveryView {
    const delivery = deliveryIn(subscription, eventId);
    if (delivery.of.isTest) throw new Conflict('A test is not sent again. Send a new one.');
    waitAgain(delivery, this.clock.now());
    return deliveryViewOf(delivery);
  }

  period(subscription: KeptSubscription, request: ReplayDeliveries): Outcome<{ readonly count: number }, ReplayRefusal> {
    const [from, to, now] = [new Date(request.from), new Date(request.to), this.clock.now()];
    if (!(from < to)) return refused('wrong-period', 'The period must end after it begins.');
    if (from.getTime() < now.getTime() - (KEPT_FOR_DAYS + 1) * DAY) return refused('wrong-period', `What happened is kept for ${KEPT_FOR_DAYS} days. Begin later.`);
    const isLeft = ({ event: { id } }: KeptEvent): boolean => { const state = subscription.deliveries.get(id)?.state; return state === 'waiting' || (state === 'delivered' && request.which !== 'all'); };
    const found = this.#events.filter((one) => one.councilId === subscription.councilId && new Date(one.event.time) >= from && new Date(one.event.time) < to && isWanted(subscription.choices, { type: one.event.type, caseType: one.caseType }) && !isLeft(one));
    for (const one of found) waitAgain(subscription.deliveries.get(one.event.id) ?? this.wait(subscription, one), now);
    return done({ count: found.length });
  }

  dead(subscription: KeptSubscription): { readonly count: number } {
    const dead = [...subscription.deliveries.values()].filter(({ state, of }) => state === 'dead' && !of.isTest);
    for (const delivery of dead) waitAgain(delivery, this.clock.now());
    return { count: dead.length };
  }

  private event(ctx: RequestContext, { type, version, subject }: typeof TEST, data: Readonly<Record<string, unknown>>): KeptEvent {
    const { caseType } = data;
    return {
      councilId: ctx.council.id, isTest: false, ...(typeof caseType === 'string' && { caseType }),
      event: { specversion: '1.0', id: this.ids.uuid(), source: ctx.council.origin, type, subject: String(data[subject]), time: this.clock.now().toISOString(), datacontenttype: 'application/json', eventversion: version, data },
    };
  }

  private wait(subscription: KeptSubscription, of: KeptEvent): KeptDelivery {
    const delivery: KeptDelivery = { of, place: ++this.#places, state: 'waiting', tries: 0, nextTryAt: this.clock.now() };
    subscription.deliveries.set(of.event.id, delivery);
    return delivery;
  }

  private post(webhook: PostedWebhook | undefined): void { if (webhook) this.posted.push(webhook); }
}

/** @throws NotFound */
export function deliveryIn(subscription: KeptSubscription, eventId: string): KeptDelivery {
  const found = subscription.deliveries.get(eventId.toLowerCase());
  if (!found) throw new NotFound('There is no such event here. It may have been so long ago that it is no longer kept.');
  return found;
}
