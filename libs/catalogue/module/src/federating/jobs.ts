import { defineJob } from '@guildhall/kernel-contract';

/** Reads on in each feed that is followed. */
export const MirrorFeeds = defineJob<Record<never, never>>('catalogue.mirror-feeds');
/** Reads on in one. */
export const MirrorFeed = defineJob<{ readonly feed: string }>('catalogue.mirror-feed');
