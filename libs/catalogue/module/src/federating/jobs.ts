import { defineJob } from '@guildhall/kernel-contract';

/** Reads on in each feed that is followed. */
export const MirrorFeeds = defineJob<Record<never, never>>('catalogue.mirror-feeds');
/** Reads on in one. */
export const MirrorFeed = defineJob<{ readonly feed: string }>('catalogue.mirror-feed');
/** Judges again what a feed lists and this catalogue does not: of those entries that come after one. */
export const JudgeAgain = defineJob<{ readonly feed: string; readonly after?: number }>('catalogue.judge-again');
