import type { DeliveryReport } from '@guildhall/notifications-contract';
import { reportOf } from './map-status';

/** A notification as a program may believe it: looked at field by field. */
export interface ReadNotification {
  readonly id: string;
  readonly reference?: string;
  readonly status: string;
  readonly at?: Date;
}

/** Reads what a callback or an answer says of a notification; undefined when it has no id or status. Unknown fields are left. */
export function readNotification(json: unknown): ReadNotification | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { id, reference, status, completed_at: completedAt } = json as { id?: unknown; reference?: unknown; status?: unknown; completed_at?: unknown };
  if (typeof id !== 'string' || !id || id.length > 200 || typeof status !== 'string') return undefined;
  const at = typeof completedAt === 'string' ? new Date(completedAt) : undefined;
  return { id, status, reference: typeof reference === 'string' && reference ? reference : undefined, at: at && !Number.isNaN(at.getTime()) ? at : undefined };
}

/** The notifications in a list; undefined when it is no list. */
export function readNotifications(json: unknown): readonly ReadNotification[] | undefined {
  const list: unknown = typeof json === 'object' && json !== null ? (json as { notifications?: unknown }).notifications : undefined;
  return Array.isArray(list) ? list.flatMap((each) => readNotification(each) ?? []) : undefined;
}

/** Of several notifications with our reference the one that still counts: not those that failed, which an officer has told us to send again. */
export function stillCounting(notifications: readonly ReadNotification[]): (DeliveryReport & { readonly state: 'sending' | 'sent' | 'delivered' }) | undefined {
  for (const each of notifications) {
    const report = reportOf(each) ?? { providerReference: each.id, state: 'sending' as const };
    if (report.state !== 'failed') return { ...report, state: report.state };
  }
  return undefined;
}
