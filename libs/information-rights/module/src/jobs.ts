import { defineJob } from '@guildhall/kernel-contract';

/** Puts together a copy of what is held about somebody. */
export const PrepareCopy = defineJob<{ readonly requestId: string }>('information-rights.prepare-copy');
/** Lists what is held about somebody, with what its modules propose. */
export const ListForErasure = defineJob<{ readonly requestId: string }>('information-rights.list-for-erasure');
/** Erases what was decided to be erased. */
export const CarryOutErasure = defineJob<{ readonly requestId: string }>('information-rights.carry-out-erasure');
/** Tells somebody how their request stands. */
export const TellOfRequest = defineJob<{ readonly requestId: string; readonly step: string }>('information-rights.tell-of-request');
/** Removes copies that have had their time, and requests that were answered long ago. */
export const ForgetOld = defineJob<Record<never, never>>('information-rights.forget-old');
