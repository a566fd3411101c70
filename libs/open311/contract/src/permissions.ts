import { definePermission } from '@guildhall/kernel-contract';

/** Read reports with their words, and what happened to them; of private reports those that the same machine sent. For machines; managers have it so that they can give it. @public */
export const READ_REPORTS = definePermission('open311.read', 'Read reports through Open311', ['team-manager']);
/** Read private reports that other machines sent, and write about them. @public */
export const READ_PRIVATE_REPORTS = definePermission('open311.read-private', 'Read private reports of others through Open311', ['team-manager']);
/** Send reports. @public */
export const SEND_REPORTS = definePermission('open311.report', 'Send reports through Open311', ['team-manager']);
/** Write about reports, and open them again. @public */
export const SEND_UPDATES = definePermission('open311.update', 'Write about reports through Open311', ['team-manager']);

/** Every permission of this capability. @public */
export const OPEN311_PERMISSIONS = [READ_REPORTS, READ_PRIVATE_REPORTS, SEND_REPORTS, SEND_UPDATES] as const;
