import { Conflict, InvalidInput, NotFound, demand, done, isUuid, refused } from '@guildhall/kernel-contract';
import type { Clock, EventType, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { checkRequest } from '../check-request';
import { MANAGE_SUBSCRIPTIONS } from '../permissions';
import { ChangeSubscription, CreateSubscription, ReplayDeliveries, RollSecret } from '../requests';
import type { DeliveryState, DeliveryView, OfferedEvent, SubscriptionView } from '../subscription';
import type { ChangeRefusal, DeliveryPage, ReplayRefusal, SubscribeRefusal, SubscriptionPage, SubscriptionsApi, SubscriptionWithSecret } from '../subscriptions-api';
import { DeliveriesInMemory, deliveryIn } from './deliveries-in-memory';
import { choicesOf, deliveryViewOf, secretsOf, viewOf, type KeptSubscription } from './kept-subscription';
import type { PostedWebhook, ReceiverDoes } from './trying-in-memory';

const MOST_SUBSCRIPTIONS = 100;
const MOST_AT_ONCE = 100;
const A_PAGE = 25;
const HOUR = 3_600_000;

/** What the fake needs. @public */
export interface InMemorySubscriptionsOptions {
  /** All that happens in the council; of it is offered what other systems may be told. */
  readonly events: readonly EventType<object>[];
  /** Ids of the council's types of case. */
  readonly caseTypes?: readonly string[];
  readonly clock?: Clock;
  readonly ids?: Ids;
}

/**
 * Subscriptions in memory, for the tests of whatever uses SubscriptionsApi: nothing leaves, and all that would have is in `posted`. It passes the same kit as the module.
 * @public
 * @example const subscriptions = inMemorySubscriptions({ events: [BinEmptied] }); … subscriptions.publish(ctx, BinEmptied, { binId }); await subscriptions.work(); expect(subscriptions.posted).toHaveLength(1);
 */
export class InMemorySubscriptions implements SubscriptionsApi {
  readonly #kept = new Map<string, KeptSubscription>();
  readonly #offered: readonly OfferedEvent[];
  readonly #clock: Clock;
  readonly #out: DeliveriesInMemory;

  constructor(private readonly options: InMemorySubscriptionsOptions) {
    this.#offered = options.events.flatMap(({ type, version, outward }) => (outward ? [{ type, version, describes: outward.describes, fields: outward.fields, subject: outward.subject }] : [])).sort((a, b) => (a.type < b.type ? -1 : 1));
    this.#clock = options.clock ?? new FixedClock();
    this.#out = new DeliveriesInMemory(this.#clock, options.ids ?? new SeededIds(11));
  }

  /** What receivers got and answered, the oldest first. */
  get posted(): readonly PostedWebhook[] { return this.#out.posted; }

  /** What receivers do from now on: they answer 204 at first. */
  receiversDo(does: ReceiverDoes): void { this.#out.does = does; }

  /** Something happens in the council. Nobody is told before `work`. */
  publish<Data extends object>(ctx: RequestContext, { type }: EventType<Data>, data: Data): void {
    const offered = this.#offered.find((one) => one.type === type);
    const subscriptions = this.of(ctx);
    if (offered && subscriptions.length > 0) this.#out.take(ctx, offered, data, subscriptions);
  }

  /** Sends what is due. */
  async work(): Promise<void> {
    for (const subscription of this.#kept.values()) this.#out.work(subscription);
  }

  async events(ctx: RequestContext): Promise<readonly OfferedEvent[]> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return this.#offered;
  }

  async list(ctx: RequestContext, page: { readonly after?: string; readonly limit?: number } = {}): Promise<SubscriptionPage> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const limit = limitOf(page.limit);
    const { after } = page;
    if (after !== undefined && !isUuid(after)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not a place in this list' }]);
    const found = this.of(ctx).filter(({ id }) => after === undefined || id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
    return { subscriptions: found.slice(0, limit).map((one) => this.view(one)), ...(found.length > limit && { next: found[limit - 1]?.id }) };
  }

  async find(ctx: RequestContext, id: string): Promise<SubscriptionView> { return this.view(this.one(ctx, id)); }

  async create(ctx: RequestContext, request: CreateSubscription): Promise<Outcome<SubscriptionWithSecret, SubscribeRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(CreateSubscription, request);
    const checked = choicesOf(request, this.#offered, this.options.caseTypes ?? []);
    if (!checked.ok) return checked;
    const id = request.subscriptionId.toLowerCase();
    const before = this.#kept.get(`${ctx.council.id} ${id}`);
    if (before && JSON.stringify(before.choices) !== JSON.stringify(checked.choices)) throw new Conflict('There is another subscription with this id. Make a new id for a new subscription.');
    if (before) return done(this.withSecret(before));
    if (this.of(ctx).length >= MOST_SUBSCRIPTIONS) return refused('too-many', `A council has at most ${MOST_SUBSCRIPTIONS} subscriptions. Remove one that nobody needs.`);
    const made: KeptSubscription = { councilId: ctx.council.id, id, createdAt: this.#clock.now(), deliveries: new Map(), choices: checked.choices, state: 'active', version: 1, secretNumber: 1 };
    this.#kept.set(`${ctx.council.id} ${id}`, made);
    return done(this.withSecret(made));
  }

  async change(ctx: RequestContext, id: string, request: ChangeSubscription): Promise<Outcome<SubscriptionView, ChangeRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(ChangeSubscription, request);
    const checked = choicesOf(request, this.#offered, this.options.caseTypes ?? []);
    if (!checked.ok) return checked;
    const found = this.one(ctx, id);
    if (found.version !== request.version) return refused('changed-meanwhile', 'Somebody else has changed this subscription meanwhile. Look at how it is now, then change it.');
    if (found.choices.url !== checked.choices.url) found.failingSince = undefined;
    Object.assign(found, { choices: checked.choices, version: found.version + 1 });
    return done(this.view(found));
  }

  async pause(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    const found = this.notDisabled(ctx, id);
    if (found.state === 'active') Object.assign(found, { state: 'paused', version: found.version + 1 });
    return this.view(found);
  }

  async resume(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    const found = this.one(ctx, id);
    if (found.state !== 'active') Object.assign(found, { state: 'active', disabledBecause: undefined, failingSince: undefined, version: found.version + 1 });
    return this.view(found);
  }

  async remove(ctx: RequestContext, id: string): Promise<void> { this.#kept.delete(`${ctx.council.id} ${this.one(ctx, id).id}`); }

  async revealSecret(ctx: RequestContext, id: string): Promise<SubscriptionWithSecret> { return this.withSecret(this.one(ctx, id)); }

  async rollSecret(ctx: RequestContext, id: string, request: RollSecret): Promise<SubscriptionWithSecret> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(RollSecret, request);
    const found = this.one(ctx, id);
    const until = new Date(this.#clock.now().getTime() + (request.formerSecretForHours ?? 24) * HOUR);
    Object.assign(found, { secretNumber: found.secretNumber + 1, formerSecretUntil: until, version: found.version + 1 });
    return this.withSecret(found);
  }

  async test(ctx: RequestContext, id: string): Promise<DeliveryView> { return this.#out.test(ctx, this.one(ctx, id)); }

  async deliveries(ctx: RequestContext, id: string, page: { readonly state?: DeliveryState; readonly before?: string; readonly limit?: number } = {}): Promise<DeliveryPage> {
    return this.#out.page(this.one(ctx, id), limitOf(page.limit), page);
  }

  async delivery(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView> { return deliveryViewOf(deliveryIn(this.one(ctx, id), eventId)); }

  async replayOne(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView> { return this.#out.again(this.notDisabled(ctx, id), eventId); }

  async replay(ctx: RequestContext, id: string, request: ReplayDeliveries): Promise<Outcome<{ readonly count: number }, ReplayRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(ReplayDeliveries, request);
    return this.#out.period(this.notDisabled(ctx, id), request);
  }

  async retryDead(ctx: RequestContext, id: string): Promise<{ readonly count: number }> { return this.#out.dead(this.notDisabled(ctx, id)); }

  private of(ctx: RequestContext): KeptSubscription[] { return [...this.#kept.values()].filter(({ councilId }) => councilId === ctx.council.id); }
  private view(subscription: KeptSubscription): SubscriptionView { return viewOf(subscription, this.#clock.now()); }
  private withSecret(subscription: KeptSubscription): SubscriptionWithSecret { return { subscription: this.view(subscription), secret: secretsOf(subscription, this.#clock.now())[0] }; }

  private one(ctx: RequestContext, id: string): KeptSubscription {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const found = this.#kept.get(`${ctx.council.id} ${id.toLowerCase()}`);
    if (!found) throw new NotFound('There is no such subscription. It may have been removed.');
    return found;
  }

  private notDisabled(ctx: RequestContext, id: string): KeptSubscription {
    const found = this.one(ctx, id);
    if (found.state === 'disabled') throw new Conflict('This subscription is disabled: nothing is sent to it. Resume it first.');
    return found;
  }
}

/** Subscriptions in memory. @public */
export function inMemorySubscriptions(options: InMemorySubscriptionsOptions): InMemorySubscriptions {
  return new InMemorySubscriptions(options);
}

function limitOf(given = A_PAGE): number {
  if (!Number.isInteger(given) || given < 1 || given > MOST_AT_ONCE) throw new InvalidInput(`limit must be a whole number from 1 to ${MOST_AT_ONCE}.`, [{ field: 'limit', message: `must be a whole number from 1 to ${MOST_AT_ONCE}` }]);
  return given;
}
