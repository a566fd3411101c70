import { defineJob } from '@guildhall/kernel-contract';

/** Looks again at all releases of a publisher whose keys have changed: what was signed by one that somebody else may have had is taken off, unless the log had it before. */
export const LookAgain = defineJob<{ readonly publisherId: string; /** The last that was looked at: package and version. */ readonly after?: readonly [string, string] }>('catalogue.look-again');
