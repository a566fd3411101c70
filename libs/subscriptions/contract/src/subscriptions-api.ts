import { defineContract } from '@guildhall/kernel-contract';
import type { Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { ChangeSubscription, CreateSubscription, ReplayDeliveries, RollSecret } from './requests';
import type { DeliveryState, DeliveryView, OfferedEvent, SubscriptionView } from './subscription';

/** A subscription with its secret, which is handed to the receiver. @public */
export interface SubscriptionWithSecret { readonly subscription: SubscriptionView; /** `whsec_…` */ readonly secret: string }
/** @public */
export interface SubscriptionPage { readonly subscriptions: readonly SubscriptionView[]; /** Hand it back as `after`; absent on the last page. */ readonly next?: string }
/** @public */
export interface DeliveryPage { readonly deliveries: readonly DeliveryView[]; /** Hand it back as `before`; absent on the last page. */ readonly next?: string }

/** `address-refused`: nothing is sent to such an address; the message says why. `unknown-event`, `unknown-case-type`: nothing of the council's is called so. `too-many`: a council has at most a hundred. @public */
export type SubscribeRefusal = Refusal<'address-refused' | 'unknown-event' | 'unknown-case-type' | 'too-many'>;
/** `changed-meanwhile`: somebody else was first. @public */
export type ChangeRefusal = SubscribeRefusal | Refusal<'changed-meanwhile'>;
/** `wrong-period`: it ends before it begins, or goes back further than events are kept. @public */
export type ReplayRefusal = Refusal<'wrong-period'>;

/**
 * Other systems that are told what happens. All of it needs MANAGE_SUBSCRIPTIONS (NotAllowed otherwise, NotAuthenticated for nobody); NotFound where there is no such subscription or event;
 * InvalidInput names the fields of a request or page that are wrong. The rules are in `subscriptionsKit` under `/testing`.
 * @public
 */
export interface SubscriptionsApi {
  /** What can be subscribed to, by type. */
  events(ctx: RequestContext): Promise<readonly OfferedEvent[]>;
  /** The oldest first; 25 at once unless told, at most 100. */
  list(ctx: RequestContext, page?: { readonly after?: string; readonly limit?: number }): Promise<SubscriptionPage>;
  find(ctx: RequestContext, id: string): Promise<SubscriptionView>;
  /** The same id and choices again give the same subscription and its secret, on record; the same id with others is a Conflict. */
  create(ctx: RequestContext, request: CreateSubscription): Promise<Outcome<SubscriptionWithSecret, SubscribeRefusal>>;
  /** What waits already goes to the new address. */
  change(ctx: RequestContext, id: string, request: ChangeSubscription): Promise<Outcome<SubscriptionView, ChangeRefusal>>;
  /** What happens from now on waits. Conflict when it is disabled. */
  pause(ctx: RequestContext, id: string): Promise<SubscriptionView>;
  /** Sends what has waited. Of a disabled one, what was given up stays so until it is replayed. */
  resume(ctx: RequestContext, id: string): Promise<SubscriptionView>;
  /** For good, with all that waits. */
  remove(ctx: RequestContext, id: string): Promise<void>;
  /** The secret again. On record. */
  revealSecret(ctx: RequestContext, id: string): Promise<SubscriptionWithSecret>;
  /** A new secret; for a while both sign. */
  rollSecret(ctx: RequestContext, id: string, request: RollSecret): Promise<SubscriptionWithSecret>;
  /** Sends an invented event at once, once, whatever the subscription's state, and says what came of it. */
  test(ctx: RequestContext, id: string): Promise<DeliveryView>;
  /** The newest first; 25 at once unless told, at most 100. */
  deliveries(ctx: RequestContext, id: string, page?: { readonly state?: DeliveryState; readonly before?: string; readonly limit?: number }): Promise<DeliveryPage>;
  delivery(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView>;
  /** Sends one event again, as if for the first time, under the same id. Conflict for a test, and when the subscription is disabled. */
  replayOne(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView>;
  /** Sends again what the subscription wants of a period, the oldest first, also what happened before there was the subscription; at most 10,000 at once. Conflict when it is disabled. */
  replay(ctx: RequestContext, id: string, request: ReplayDeliveries): Promise<Outcome<{ readonly count: number }, ReplayRefusal>>;
  /** Sends again all that was given up, at most 10,000 at once. Conflict when it is disabled. */
  retryDead(ctx: RequestContext, id: string): Promise<{ readonly count: number }>;
}

class SubscriptionsDispatcher implements SubscriptionsApi {
  constructor(private readonly pick: (ctx: RequestContext) => SubscriptionsApi) {}
  events(...given: Parameters<SubscriptionsApi['events']>) { return this.pick(given[0]).events(...given); }
  list(...given: Parameters<SubscriptionsApi['list']>) { return this.pick(given[0]).list(...given); }
  find(...given: Parameters<SubscriptionsApi['find']>) { return this.pick(given[0]).find(...given); }
  create(...given: Parameters<SubscriptionsApi['create']>) { return this.pick(given[0]).create(...given); }
  change(...given: Parameters<SubscriptionsApi['change']>) { return this.pick(given[0]).change(...given); }
  pause(...given: Parameters<SubscriptionsApi['pause']>) { return this.pick(given[0]).pause(...given); }
  resume(...given: Parameters<SubscriptionsApi['resume']>) { return this.pick(given[0]).resume(...given); }
  remove(...given: Parameters<SubscriptionsApi['remove']>) { return this.pick(given[0]).remove(...given); }
  revealSecret(...given: Parameters<SubscriptionsApi['revealSecret']>) { return this.pick(given[0]).revealSecret(...given); }
  rollSecret(...given: Parameters<SubscriptionsApi['rollSecret']>) { return this.pick(given[0]).rollSecret(...given); }
  test(...given: Parameters<SubscriptionsApi['test']>) { return this.pick(given[0]).test(...given); }
  deliveries(...given: Parameters<SubscriptionsApi['deliveries']>) { return this.pick(given[0]).deliveries(...given); }
  delivery(...given: Parameters<SubscriptionsApi['delivery']>) { return this.pick(given[0]).delivery(...given); }
  replayOne(...given: Parameters<SubscriptionsApi['replayOne']>) { return this.pick(given[0]).replayOne(...given); }
  replay(...given: Parameters<SubscriptionsApi['replay']>) { return this.pick(given[0]).replay(...given); }
  retryDead(...given: Parameters<SubscriptionsApi['retryDead']>) { return this.pick(given[0]).retryDead(...given); }
}

/** Inject `@Inject(SUBSCRIPTIONS.token) subscriptions: SubscriptionsApi`. @public */
export const SUBSCRIPTIONS = defineContract<SubscriptionsApi>({ id: 'subscriptions', version: '0.1.0', dispatch: (pick) => new SubscriptionsDispatcher(pick) });
