export { InMemoryNotifications, inMemoryNotifications } from './in-memory-notifications';
export type { ArrivedMessage } from './in-memory-notifications';
export { kitNews, kitOrdinary, kitSecret, kitTemplates } from './kit-templates';
export { notificationsKit } from './notifications-api-kit';
export type { ArrivedAtFarEnd, NotificationsHarness } from './notifications-api-kit';
export { aLetter, aText, anEmail, messageProviderKit } from './message-provider-kit';
export type { FarEndBehaviour, MessageProviderHarness, ReceivedMessage } from './message-provider-kit';
