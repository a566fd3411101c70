import type { HandedCase } from '@guildhall/back-office-contract';
import type { CloudEvent } from '@guildhall/subscriptions-contract';

/** Types of what is sent. A receiver answers 2xx to the second and does nothing. */
export const CASE_HANDED_OVER = 'back-office.case-handed-over';
export const CONNECTION_CHECKED = 'back-office.connection-checked';

/** A case as it leaves, in the envelope of CloudEvents 1.0: the same bytes at each try. */
export function caseEvent({ attempt: _attempt, openedAt, ...handed }: HandedCase, source: string): CloudEvent {
  return { specversion: '1.0', id: handed.caseId, source, type: CASE_HANDED_OVER, subject: handed.caseId, time: openedAt.toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { ...handed, openedAt: openedAt.toISOString() } };
}
