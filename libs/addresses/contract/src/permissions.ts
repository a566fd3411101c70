import { definePermission } from '@guildhall/kernel-contract';

/** Look up addresses over the API: address data are licensed, so the door is not open to everyone. @public */
export const LOOK_UP_ADDRESSES = definePermission('addresses.look-up', 'Look up addresses and streets', ['adviser', 'case-officer', 'team-manager']);
