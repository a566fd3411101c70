import { defineJob } from '@guildhall/kernel-contract';

/** Tells another body that somebody has removed their link with it. */
export const TellLinkEnded = defineJob<{ readonly endId: string; /** How often it was tried in vain. */ readonly tries: number }>('sharing.tell-link-ended');
