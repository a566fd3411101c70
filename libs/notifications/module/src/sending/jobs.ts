import { defineJob } from '@guildhall/kernel-contract';

/** Tries one message. */
export const SendWaiting = defineJob<{ readonly messageId: string }>('notifications.send');
/** Finds messages whose job was lost. */
export const FindForgotten = defineJob<Record<never, never>>('notifications.find-forgotten');
/** Asks providers what became of what they took. */
export const AskProviders = defineJob<Record<never, never>>('notifications.ask-providers');
/** Wipes words and rows whose time is over. */
export const WipeOld = defineJob<Record<never, never>>('notifications.wipe-old');
