export { ReceivingEnd } from './receiving-end';
export type { ReceivedTry, ReceiverAnswer } from './receiving-end';
export { webhookReceiverKit } from './webhook-receiver-kit';
export type { WebhookReceiverHarness } from './webhook-receiver-kit';
