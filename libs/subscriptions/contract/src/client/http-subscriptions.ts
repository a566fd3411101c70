import { NotFound, RemoteApi, demand, isUuid } from '@guildhall/kernel-contract';
import type { Outcome, RemoteApiOptions, RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS } from '../permissions';
import type { ChangeSubscription, CreateSubscription, ReplayDeliveries, RollSecret } from '../requests';
import type { DeliveryState, DeliveryView, OfferedEvent, SubscriptionView } from '../subscription';
import type { ChangeRefusal, DeliveryPage, ReplayRefusal, SubscribeRefusal, SubscriptionPage, SubscriptionsApi, SubscriptionWithSecret } from '../subscriptions-api';
import { countFromJson, deliveryFromJson, deliveryPageFromJson, eventsFromJson, subscriptionFromJson, subscriptionPageFromJson, withSecretFromJson } from './subscription-json';

const BASE = '/api/subscriptions/v1';
/** Behind a test stands the receiver, which has thirty seconds of its own at most. */
const LONGEST_IN_SECONDS = 40;

/**
 * Subscriptions at another address, over the REST API. Whoever acts here needs MANAGE_SUBSCRIPTIONS here; the machine credential needs it on the other side, which knows this app and not who acts in it.
 * Throws what the contract says, and Unavailable when the other side does not answer or answers in a form that is not known.
 * @public
 * @example new HttpSubscriptions({ origin: 'https://apps.riverbourne.example', outbound, credential: env.secret('SUBSCRIPTIONS_CREDENTIAL') })
 */
export class HttpSubscriptions implements SubscriptionsApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi({ ...options, timeoutInSeconds: options.timeoutInSeconds ?? LONGEST_IN_SECONDS }); }

  async events(ctx: RequestContext): Promise<readonly OfferedEvent[]> {
    return eventsFromJson(await this.for(ctx).call(`${BASE}/events`));
  }
  async list(ctx: RequestContext, page: { readonly after?: string; readonly limit?: number } = {}): Promise<SubscriptionPage> {
    return subscriptionPageFromJson(await this.for(ctx).call(`${BASE}/subscriptions`, { query: { after: page.after, limit: page.limit?.toString() } }));
  }
  async find(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    return subscriptionFromJson(await this.for(ctx).call(pathOf(id)));
  }
  async create(ctx: RequestContext, request: CreateSubscription): Promise<Outcome<SubscriptionWithSecret, SubscribeRefusal>> {
    return this.for(ctx).outcome<SubscriptionWithSecret, SubscribeRefusal>(withSecretFromJson, `${BASE}/subscriptions`, { method: 'POST', body: request });
  }
  async change(ctx: RequestContext, id: string, request: ChangeSubscription): Promise<Outcome<SubscriptionView, ChangeRefusal>> {
    return this.for(ctx).outcome<SubscriptionView, ChangeRefusal>(subscriptionFromJson, pathOf(id), { method: 'PUT', body: request });
  }
  async pause(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    return subscriptionFromJson(await this.for(ctx).call(pathOf(id, '/pause'), { method: 'POST' }));
  }
  async resume(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    return subscriptionFromJson(await this.for(ctx).call(pathOf(id, '/resume'), { method: 'POST' }));
  }
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.for(ctx).call(pathOf(id), { method: 'DELETE' });
  }
  async revealSecret(ctx: RequestContext, id: string): Promise<SubscriptionWithSecret> {
    return withSecretFromJson(await this.for(ctx).call(pathOf(id, '/reveal-secret'), { method: 'POST' }));
  }
  async rollSecret(ctx: RequestContext, id: string, request: RollSecret): Promise<SubscriptionWithSecret> {
    return withSecretFromJson(await this.for(ctx).call(pathOf(id, '/secrets'), { method: 'POST', body: request }));
  }
  async test(ctx: RequestContext, id: string): Promise<DeliveryView> {
    return deliveryFromJson(await this.for(ctx).call(pathOf(id, '/tests'), { method: 'POST' }));
  }
  async deliveries(ctx: RequestContext, id: string, page: { readonly state?: DeliveryState; readonly before?: string; readonly limit?: number } = {}): Promise<DeliveryPage> {
    return deliveryPageFromJson(await this.for(ctx).call(pathOf(id, '/deliveries'), { query: { state: page.state, before: page.before, limit: page.limit?.toString() } }));
  }
  async delivery(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView> {
    return deliveryFromJson(await this.for(ctx).call(eventPathOf(id, eventId)));
  }
  async replayOne(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView> {
    return deliveryFromJson(await this.for(ctx).call(eventPathOf(id, eventId, '/replays'), { method: 'POST' }));
  }
  async replay(ctx: RequestContext, id: string, request: ReplayDeliveries): Promise<Outcome<{ readonly count: number }, ReplayRefusal>> {
    return this.for(ctx).outcome<{ readonly count: number }, ReplayRefusal>(countFromJson, pathOf(id, '/replays'), { method: 'POST', body: request });
  }
  async retryDead(ctx: RequestContext, id: string): Promise<{ readonly count: number }> {
    return countFromJson(await this.for(ctx).call(pathOf(id, '/dead-letters/retries'), { method: 'POST' }));
  }

  /** The other side, for those who may. */
  private for(ctx: RequestContext): RemoteApi {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return this.#remote;
  }
}

/** Nothing but an id becomes a part of an address: `..` and nothing at all would lead to another of the routes. */
function pathOf(id: string, rest = ''): string {
  if (!isUuid(id)) throw new NotFound('There is no such subscription. It may have been removed.');
  return `${BASE}/subscriptions/${id}${rest}`;
}

function eventPathOf(id: string, eventId: string, rest = ''): string {
  const path = pathOf(id);
  if (!isUuid(eventId)) throw new NotFound('There is no such event here. It may have been so long ago that it is no longer kept.');
  return `${path}/deliveries/${eventId}${rest}`;
}
