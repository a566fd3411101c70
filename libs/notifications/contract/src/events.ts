import { defineEvent } from '@guildhall/kernel-contract';
import type { DeliveryFailure, MessageChannel, MessageSubject } from './message';

/** A provider took it. @public */
export const MessageSent = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly about?: MessageSubject }>('notifications.message-sent');
/** A provider says that it arrived. @public */
export const MessageDelivered = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly about?: MessageSubject }>('notifications.message-delivered');
/** It did not arrive and will not be tried again by itself. @public */
export const MessageFailed = defineEvent<{ readonly messageId: string; readonly templateId: string; readonly channel: MessageChannel; readonly failure: DeliveryFailure; readonly about?: MessageSubject }>('notifications.message-failed');
