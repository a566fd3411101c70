import { definePermission } from '@guildhall/kernel-contract';

/** Hand a case over once more when the other system did not take it. @public */
export const HAND_OVER_CASES = definePermission('back-office.hand-over', 'Hand cases to other systems again', ['case-officer', 'team-manager']);
