import { isGuildhallError, type ConnectionCheck } from '@guildhall/kernel-contract';
import type { SignedWebhookProvider } from './signed-webhook.provider';

/** Whether the receiver is there and believes our signature. */
export async function checkConnection(provider: SignedWebhookProvider): Promise<ConnectionCheck> {
  const { title } = provider;
  try {
    const status = await provider.ping();
    if (status >= 200 && status < 300) return { ok: true, message: `${title} answers and believes our signature.${provider.receive ? '' : ' It has no secret to push with: what becomes of cases is not heard.'}` };
    if (status === 401 || status === 403) return { ok: false, message: `${title} does not believe our signature (${status}). Give it the secret once more, and see that its clock is right.` };
    return { ok: false, message: `${title} answers with ${status} to an event of the type back-office.connection-checked. It should answer 204 and do nothing.` };
  } catch (error) {
    if (!isGuildhallError(error)) throw error;
    return { ok: false, message: `${title} does not answer: ${error.message} Check its address.` };
  }
}
