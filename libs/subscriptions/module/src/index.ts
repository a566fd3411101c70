export { subscriptions } from './subscriptions.module';
export type { SubscriptionsOptions } from './subscriptions.options';
