import { defineJob, type Text } from '@guildhall/kernel-contract';

/** Asks whoever could not be reached, when somebody had to type an answer for that, once they can be. */
export const ConfirmTyped = defineJob<{ readonly evidenceId: string; /** What the service is called. */ readonly because: Text; /** How often it was tried in vain. */ readonly tries: number }>('sharing.confirm-typed');
