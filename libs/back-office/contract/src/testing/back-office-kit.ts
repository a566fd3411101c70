import { defineKit } from '@guildhall/kernel-contract';
import { HANDING_OVER } from './handing-over';
import type { BackOfficeHarness } from './harness';
import { HEARING_BACK } from './hearing-back';

/** What every provider of a back office does. @public */
export const backOfficeKit = defineKit<BackOfficeHarness>({ id: 'back-office.provider', contract: 'back-office', version: '0.1.0', cases: [...HANDING_OVER, ...HEARING_BACK] });
