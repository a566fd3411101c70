import { defineJob } from '@guildhall/kernel-contract';

/** Which end is told to whom. */
export interface EndToTell {
  readonly agreementId: string;
  readonly version: number;
  readonly peerId: string;
  /** How often it was tried in vain. */
  readonly tries: number;
}

/** Tells another party that an agreement was ended. */
export const TellEnded = defineJob<EndToTell>('sharing.tell-ended');
