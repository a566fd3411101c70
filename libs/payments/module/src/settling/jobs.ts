import { defineJob } from '@guildhall/kernel-contract';

/** Begin whichever days' settled lists are due to be read: every hour, and each day once. */
export const PlanSettlementsJob = defineJob<Record<never, never>>('payments.plan-settlements');
/** Go on reading a day's settled list. */
export const ReadSettlementsJob = defineJob<{ readonly provider: string; readonly day: string; readonly reading: number }>('payments.read-settlements');
/** Tell finance of a difference, or of what has become of it. */
export const TellOfDifferenceJob = defineJob<{ readonly differenceId: string }>('payments.tell-of-difference');
