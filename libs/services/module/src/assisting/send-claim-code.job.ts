import { createHash } from 'node:crypto';
import { defineJob } from '@guildhall/kernel-contract';

/** Sends a caller the code with which they make the case theirs. */
export const SendClaimCode = defineJob<{ readonly draftId: string }>('services.send-claim-code');
/** Sends a caller the address at which they pay. */
export const SendPaymentLink = defineJob<{ readonly draftId: string }>('services.send-payment-link');

/** The same message has the same id, however often it is asked for. */
export function messageIdOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
