import { defineJob } from '@guildhall/kernel-contract';
import type { AnswerTimeStep } from '@guildhall/sharing-contract';

/** Tells another body of a dispute, an answer to one, or a correction. */
export const TellCorrection = defineJob<{ readonly messageId: string; /** How often it was tried in vain. */ readonly tries: number }>('sharing.tell-correction');
/** Tells somebody what was asked of them, or how the time stands, of what they say is wrong. */
export const TellOfDispute = defineJob<{ readonly disputeId: string; readonly messageId: string; readonly step: AnswerTimeStep; /** When it was said. */ readonly at: string; /** By whom; not in jobs of the version before. */ readonly body?: string }>('sharing.tell-of-dispute');
