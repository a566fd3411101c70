import { defineJob } from '@guildhall/kernel-contract';

/** Holds what other bodies have said of their logs against the logs. */
export const WatchLogs = defineJob<Record<never, never>>('sharing.watch-logs');
/** Removes what has had its time. */
export const ForgetOld = defineJob<Record<never, never>>('sharing.forget-old');
/** Tells the other parties of an agreement what somebody has chosen. */
export const TellChoice = defineJob<{ readonly choiceId: string; /** How often it was tried in vain. */ readonly tries: number }>('sharing.tell-choice');
/** Asks again what has had no answer. */
export const AskAgain = defineJob<Record<never, never>>('sharing.ask-again');
/** Asks other bodies whether they have what stands in this log. */
export const CompareTwins = defineJob<Record<never, never>>('sharing.compare-twins');
