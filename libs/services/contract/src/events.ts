import { defineEvent } from '@guildhall/kernel-contract';

/** Somebody finished a journey: their case is open. @public */
export const DraftSubmitted = defineEvent<{ readonly draftId: string; readonly service: string; readonly caseId: string; readonly paymentId?: string }>('services.draft-submitted');
