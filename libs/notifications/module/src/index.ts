export { notifications } from './notifications.module';
export type { NotificationsOptions } from './notifications.options';
export type { QuietHours } from './sending/quiet-hours';
