import { defineJob } from '@guildhall/kernel-contract';

/** Brings a change to one of those who are to have it. */
export const BringChange = defineJob<{ readonly changeId: string; /** `taker:identity.home-address`, `body:aldermoor`. */ readonly recipient: string; /** How often it was tried in vain. */ readonly tries: number }>('sharing.bring-change');
