import { definePermission } from '@guildhall/kernel-contract';

/** See which outside systems are connected, and have them looked at again. @public */
export const SEE_CONNECTIONS = definePermission('connections.see', 'See which outside systems are connected', ['team-manager']);
