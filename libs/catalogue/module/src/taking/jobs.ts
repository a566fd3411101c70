import { defineJob } from '@guildhall/kernel-contract';

/** Fetches a release that was handed in, looks at it, and lists or refuses it. */
export const LookAtRelease = defineJob<{ readonly submissionId: string }>('catalogue.look-at-release');
/** Finds what should have been looked at by now, whatever became of its job. */
export const FindForgotten = defineJob<Record<never, never>>('catalogue.find-forgotten');
