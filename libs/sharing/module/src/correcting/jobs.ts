import { defineJob } from '@guildhall/kernel-contract';

/** Tells another body of a dispute, an answer to one, or a correction. */
export const TellCorrection = defineJob<{ readonly messageId: string; /** How often it was tried in vain. */ readonly tries: number }>('sharing.tell-correction');
