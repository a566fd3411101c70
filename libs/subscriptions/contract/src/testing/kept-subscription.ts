import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { refused } from '@guildhall/kernel-contract';
import type { CloudEvent } from '../cloud-event';
import type { SubscriptionFields } from '../requests';
import { webhookSecret } from '../signed-webhook';
import type { DeliveryFailure, DeliveryState, DeliveryView, OfferedEvent, SubscriptionState, SubscriptionView } from '../subscription';
import type { SubscribeRefusal } from '../subscriptions-api';

/** An event as it is kept in memory. */
export interface KeptEvent { readonly councilId: string; readonly event: CloudEvent; readonly caseType?: string; readonly isTest: boolean }
/** An event on its way, as it is kept in memory. */
export interface KeptDelivery { readonly of: KeptEvent; readonly place: number; state: DeliveryState; tries: number; nextTryAt: Date; lastTriedAt?: Date; lastStatus?: number; lastFailure?: DeliveryFailure; settledAt?: Date }
/** What is kept of somebody's choices. */
export interface Choices { readonly title: string; readonly url: string; readonly eventTypes: readonly string[]; readonly caseTypes: readonly string[] }
/** A subscription as it is kept in memory. */
export interface KeptSubscription {
  readonly councilId: string; readonly id: string; readonly createdAt: Date; readonly deliveries: Map<string, KeptDelivery>;
  choices: Choices; state: SubscriptionState; disabledBecause?: 'gone' | 'failing'; version: number; secretNumber: number; formerSecretUntil?: Date; failingSince?: Date; lastDeliveredAt?: Date;
}

/** As others see it. */
export function viewOf({ id, choices, state, version, createdAt, disabledBecause, failingSince, lastDeliveredAt, formerSecretUntil }: KeptSubscription, now: Date): SubscriptionView {
  return {
    id, ...choices, state, version, createdAt, ...(disabledBecause && { disabledBecause }), ...(failingSince && { failingSince }), ...(lastDeliveredAt && { lastDeliveredAt }),
    ...(formerSecretUntil && formerSecretUntil > now && { formerSecretUntil }),
  };
}

/** As others see it. */
export function deliveryViewOf({ of: { event, isTest }, state, tries, nextTryAt, lastTriedAt, lastStatus, lastFailure, settledAt }: KeptDelivery): DeliveryView {
  return {
    eventId: event.id, eventType: event.type, subject: event.subject, at: new Date(event.time), state, isTest, tries, ...(state === 'waiting' && { nextTryAt }), ...(lastTriedAt && { lastTriedAt }),
    ...(lastStatus !== undefined && { lastStatus }), ...(lastFailure && { lastFailure }), ...(settledAt && { settledAt }),
  };
}

/** The secrets that sign now, the newest first. No secret of anybody's: whoever reads this can make them. */
export function secretsOf({ councilId, id, secretNumber, formerSecretUntil }: KeptSubscription, now: Date): readonly [string, ...string[]] {
  const secret = (number: number): string => webhookSecret(createHash('sha256').update(`${councilId} ${id} ${number}`).digest());
  return [secret(secretNumber), ...(formerSecretUntil && formerSecretUntil > now ? [secret(secretNumber - 1)] : [])];
}

/** Checks choices against what the council has, as every implementation does. */
export function choicesOf(fields: SubscriptionFields, events: readonly OfferedEvent[], caseTypes: readonly string[]): { readonly ok: true; readonly choices: Choices } | { readonly ok: false; readonly refusal: SubscribeRefusal } {
  const url = publicAddress(fields.url);
  if (url === undefined) return refused('address-refused', 'Only web addresses on the public internet that begin with https:// are called.');
  const unknownEvent = fields.eventTypes.find((wanted) => wanted !== '*' && !events.some(({ type }) => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted)));
  if (unknownEvent !== undefined) return refused('unknown-event', `No event of this council is called ${unknownEvent}.`);
  const unknownCaseType = fields.caseTypes?.find((id) => !caseTypes.includes(id));
  if (unknownCaseType !== undefined) return refused('unknown-case-type', `This council has no type of case that is called ${unknownCaseType}.`);
  return { ok: true, choices: { title: fields.title.trim(), url, eventTypes: [...fields.eventTypes].sort(), caseTypes: [...(fields.caseTypes ?? [])].sort() } };
}

/** Names only: which numbers are on the public internet, the module knows. */
function publicAddress(typed: string): string | undefined {
  if (!URL.canParse(typed.trim())) return undefined;
  const target = new URL(typed.trim());
  target.hash = '';
  const host = target.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isPublic = target.protocol === 'https:' && !target.username && !target.password && host.includes('.') && !isIP(host) && !/\.(localhost|local|internal|lan|home|test|invalid)$/.test(host);
  return isPublic ? target.href : undefined;
}
