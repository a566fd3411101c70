import { defineJob } from '@guildhall/kernel-contract';

/** Finds whom to remind today. */
export const FindToRemind = defineJob<Record<never, never>>('sharing.find-to-remind');
/** Reminds one person, whom only the reminder's own row names. */
export const Remind = defineJob<{ readonly reminderId: string }>('sharing.remind');
