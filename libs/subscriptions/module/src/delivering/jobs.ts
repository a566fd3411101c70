import { defineJob } from '@guildhall/kernel-contract';

/** Sends to one subscription what is due. */
export const DeliverDue = defineJob<{ readonly subscriptionId: string }>('subscriptions.deliver');
/** Finds what should have been sent by now, whatever became of its job. */
export const FindWaiting = defineJob<Record<never, never>>('subscriptions.find-waiting');
/** Removes what has had its time. */
export const WipeOld = defineJob<Record<never, never>>('subscriptions.wipe-old');
