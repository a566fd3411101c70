import { defineJob } from '@guildhall/kernel-contract';

/** Looks again at all that a publisher has signed whose keys have changed, or who was put out: what was signed by a key that somebody else may have had is taken off, unless the log had it before. */
export const LookAgain = defineJob<{ readonly publisherId: string; /** The last that was looked at: package and version. */ readonly after?: readonly [string, string] }>('catalogue.look-again');
