import { defineJob } from '@guildhall/kernel-contract';

/** Looks at every connection of the council. */
export const LookAtConnections = defineJob<Record<never, never>>('connections.look');
