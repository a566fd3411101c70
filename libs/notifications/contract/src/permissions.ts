import { definePermission } from '@guildhall/kernel-contract';

/** Send messages through the API: for other systems. Modules of the same app need none: they answer for whom they write to. @public */
export const SEND_MESSAGES = definePermission('notifications.send', 'Send messages in the council\'s name');
/** @public */
export const READ_MESSAGES = definePermission('notifications.read', 'Read messages that were sent', ['adviser', 'case-officer', 'team-manager']);
/** @public */
export const RETRY_MESSAGES = definePermission('notifications.retry', 'Send failed messages again', ['case-officer', 'team-manager']);
