import { deadlineStatus } from '@guildhall/cases-contract';
import type { PlainDate, StateKind, WorkingCalendar } from '@guildhall/cases-contract';

/** A deadline as a page shows it: words by key, and a look that repeats what the words say. */
export interface ShownDeadline { readonly key: string; readonly count?: number; readonly on?: PlainDate; readonly look: 'none' | 'ahead' | 'soon' | 'late' }

/** From how few working days on a deadline is shown as near. */
const SOON = 2;

/** "Due in 2 working days", "3 working days late". */
export function shownDeadline(kind: StateKind, due: PlainDate | undefined, today: PlainDate, calendar: WorkingCalendar): ShownDeadline {
  if (kind === 'closed') return { key: 'closed', look: 'none' };
  const status = deadlineStatus(due, today, calendar);
  if (kind === 'waiting' && (status.kind === 'none' || status.kind === 'ahead')) return due ? { key: 'paused-until', on: due, look: 'none' } : { key: 'paused', look: 'none' };
  switch (status.kind) {
    case 'none': return { key: 'none', look: 'none' };
    case 'today': return { key: 'today', on: due, look: 'soon' };
    case 'ahead': return { key: 'ahead', count: status.workingDays, on: due, look: status.workingDays <= SOON ? 'soon' : 'ahead' };
    case 'late': return { key: 'late', count: status.workingDays, on: due, look: 'late' };
  }
}
