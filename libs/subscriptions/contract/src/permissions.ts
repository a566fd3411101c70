import { definePermission } from '@guildhall/kernel-contract';

/** Say which other systems are told what happens, and look after it. For a team manager, and for a machine that sets up its own. @public */
export const MANAGE_SUBSCRIPTIONS = definePermission('subscriptions.manage', 'Choose which other systems are told what happens', ['team-manager']);
