import { defineJob } from '@guildhall/kernel-contract';

/** Counts what has come into the log since it was last counted. */
export const CountShared = defineJob<Record<never, never>>('sharing.count-shared');
