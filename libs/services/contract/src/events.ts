import { defineEvent } from '@guildhall/kernel-contract';

/** Somebody finished a journey: their case is open. @public */
export const DraftSubmitted = defineEvent<{ readonly draftId: string; readonly service: string; readonly caseId: string; readonly paymentId?: string }>('services.draft-submitted', 1, { describes: 'Somebody has finished a service: their case is open.', subject: 'caseId', fields: ['service', 'caseId', 'paymentId'] });
