export { signedWebhook } from './signed-webhook';
export type { SignedWebhookOptions } from './signed-webhook.options';
