import type { DeliveryFailure, DeliveryReport } from '@guildhall/notifications-contract';

type State = { readonly state: 'sending' | 'sent' | 'delivered' } | { readonly state: 'failed'; readonly failure: DeliveryFailure };

const failed = (failure: DeliveryFailure): State => ({ state: 'failed', failure });

/** Every status of Notify's, for e-mails, texts and letters, and what the port calls it. */
const STATES: Readonly<Record<string, State>> = {
  created: { state: 'sending' }, sending: { state: 'sending' }, pending: { state: 'sending' },
  // A text abroad: its network says no more.
  sent: { state: 'sent' },
  delivered: { state: 'delivered' },
  'temporary-failure': failed('temporary'), 'permanent-failure': failed('permanent'), 'technical-failure': failed('technical'), failed: failed('technical'),
  // Letters.
  accepted: { state: 'sending' }, 'pending-virus-check': { state: 'sending' }, received: { state: 'delivered' },
  'validation-failed': failed('technical'), 'virus-scan-failed': failed('technical'), cancelled: failed('technical'), 'returned-letter': failed('permanent'),
};

/** @returns undefined for a status that Notify did not have when this was written */
export function reportOf(notification: { readonly id: string; readonly reference?: string; readonly status: string; readonly at?: Date }): DeliveryReport | undefined {
  const { id, reference, status, at } = notification;
  const found = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (!found) return undefined;
  const report = { providerReference: id, reference, at };
  return found.state === 'failed' ? { ...report, state: 'failed', failure: found.failure, code: `notify-${status}` } : { ...report, state: found.state };
}
