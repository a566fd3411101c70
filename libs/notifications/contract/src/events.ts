import { defineEvent } from '@guildhall/kernel-contract';
import type { DeliveryFailure, MessageChannel, MessageSubject } from './message';

/** A provider took it. @public */
export const MessageSent = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly about?: MessageSubject }>('notifications.message-sent', 1, { describes: 'A message to a resident has left.', subject: 'messageId', fields: ['messageId', 'templateId', 'channel', 'about'] });
/** A provider says that it arrived. @public */
export const MessageDelivered = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly about?: MessageSubject }>('notifications.message-delivered', 1, { describes: 'A message to a resident has arrived.', subject: 'messageId', fields: ['messageId', 'templateId', 'channel', 'about'] });
/** It did not arrive and will not be tried again by itself. @public */
export const MessageFailed = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly failure: DeliveryFailure; readonly about?: MessageSubject }>('notifications.message-failed', 1, { describes: 'A message to a resident did not arrive and will not be tried again by itself.', subject: 'messageId', fields: ['messageId', 'templateId', 'channel', 'failure', 'about'] });
