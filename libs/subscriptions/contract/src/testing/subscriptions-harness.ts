import { strict as assert } from 'node:assert';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { Actor, EventType, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { parseCloudEvent, type CloudEvent } from '../cloud-event';
import { MANAGE_SUBSCRIPTIONS } from '../permissions';
import type { CreateSubscription } from '../requests';
import { webhookFault, type WebhookFault } from '../signed-webhook';
import type { DeliveryView } from '../subscription';
import type { SubscriptionsApi, SubscriptionWithSecret } from '../subscriptions-api';
import { kitBinEmptied } from './kit-events';

/** A try as it came to the receiver. @public */
export interface ReceivedWebhook {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As they came. */
  readonly body: string | Uint8Array;
}

/**
 * An implementation of SubscriptionsApi at one council, where `kitEvents` happen, beginning without subscriptions; and a system that is told.
 * Abilities: `two-councils`.
 * @public
 */
export interface SubscriptionsHarness {
  readonly api: SubscriptionsApi;
  /** A context of the council with this actor. */
  as(actor: Actor): RequestContext;
  /** Needs `two-councils`: a context of another council with this actor. */
  elsewhere?(actor: Actor): RequestContext;
  /** UUIDv7, greater than the one before. */
  newId(): string;
  now(): Date;
  /** One of the council's types of case. */
  readonly caseType: string;
  /** Something happens in the council. Nobody is told before `work`. */
  happens<Data extends object>(event: EventType<Data>, data: Data): Promise<void>;
  /** Does everything that is due. */
  work(): Promise<void>;
  /** Lets time pass, then does everything that is due. */
  pass(seconds: number): Promise<void>;
  readonly receiver: {
    /** Where events may be posted to. */
    readonly url: string;
    /** Has a secret from now on, besides those that it was handed before. */
    knows(secret: string): void;
    /** What it does from now on: answers with a status, or is not there. At first it answers 204. */
    answers(does: number | 'unreachable'): void;
    /** What came to it and was answered, the oldest first. */
    received(): readonly ReceivedWebhook[];
  };
}

const manager: Actor = { kind: 'system', job: 'kit', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) };

/** Whoever may do everything here. @internal */
export function managing(harness: SubscriptionsHarness): RequestContext { return harness.as(manager); }
/** The same at the other council. @internal */
export function managingElsewhere(harness: SubscriptionsHarness): RequestContext {
  assert.ok(harness.elsewhere, 'a harness with two councils has a context of the other');
  return harness.elsewhere(manager);
}

/** @internal */
export function request(harness: SubscriptionsHarness, changes: Partial<CreateSubscription> = {}): CreateSubscription {
  return { subscriptionId: harness.newId(), title: 'Bin lorries', url: harness.receiver.url, eventTypes: ['kit.*'], ...changes };
}
/** Subscribes the receiver and hands it its secret. @internal */
export async function subscribed(harness: SubscriptionsHarness, changes: Partial<CreateSubscription> = {}): Promise<SubscriptionWithSecret & { readonly id: string }> {
  const made = accepted(await harness.api.create(managing(harness), request(harness, changes)));
  harness.receiver.knows(made.secret);
  return { ...made, id: made.subscription.id };
}
/** A bin is emptied, and who wants to know is told as far as they can be. @internal */
export async function emptied(harness: SubscriptionsHarness, binId: string): Promise<void> {
  await harness.happens(kitBinEmptied, { binId, crew: 'Sam and Alex' });
  await harness.work();
}
/** The newest first. @internal */
export async function deliveriesOf(harness: SubscriptionsHarness, id: string): Promise<readonly DeliveryView[]> {
  return (await harness.api.deliveries(managing(harness), id, { limit: 100 })).deliveries;
}

/** What came, read as a receiver reads it. @internal */
export function cameTo(harness: SubscriptionsHarness): readonly CloudEvent[] {
  return harness.receiver.received().map(({ body }) => {
    const event = parseCloudEvent(Buffer.from(body).toString('utf8'));
    assert.ok(event, 'what came is no CloudEvent');
    return event;
  });
}
/** Why a receiver that has this secret alone does not believe what came last; undefined when it does. @internal */
export function faultOfLast(harness: SubscriptionsHarness, secret: string): WebhookFault | undefined {
  const last = harness.receiver.received().at(-1);
  assert.ok(last, 'nothing came');
  return webhookFault([secret], { headers: last.headers, body: last.body, now: new Date(Number(last.headers['webhook-timestamp']) * 1000) });
}

/** @internal */
export function accepted<Value>(outcome: Outcome<Value, Refusal>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `it was refused: ${outcome.refusal.reason}: ${outcome.refusal.message}`);
  return outcome.value;
}
/** @internal */
export function assertRefused(outcome: Outcome<unknown, Refusal>, reason: string, what = ''): void {
  assert.equal(outcome.ok ? 'accepted' : outcome.refusal.reason, reason, what || undefined);
  assert.ok(!outcome.ok && outcome.refusal.message.length > 0, 'a refusal says why in words');
}
/** @internal */
export async function assertThrows(action: Promise<unknown>, code: string, field?: string): Promise<void> {
  let thrown: unknown;
  try { await action; } catch (error) { thrown = error; }
  assert.ok(isGuildhallError(thrown), `expected ${code}, but none of the six errors was thrown: ${String(thrown)}`);
  assert.equal(thrown.code, code, thrown.message);
  if (field) assert.ok(thrown.fields.some((mistake) => mistake.field === field), `expected a mistake at ${field}, found: ${thrown.fields.map((mistake) => mistake.field).join(', ')}`);
}
