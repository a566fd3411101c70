import type { ConnectionCheck } from '@guildhall/kernel-contract';
import type { StripeClient } from './stripe.client';
import { NotPermitted, refusalIn } from './stripe.client';
import type { StripeSettings } from './stripe.provider';

/** More than this and Stripe's webhooks look like replays, and sessions end at the wrong time. */
const MOST_SKEW_IN_SECONDS = 120;
/** What must be told for payments and refunds to be known at once. */
export const WEBHOOK_EVENTS: readonly string[] = ['checkout.session.completed', 'checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed', 'checkout.session.expired', 'charge.refunded', 'refund.updated', 'refund.failed'];

/** Whether Stripe answers, takes the key, may take money, and has what this council's settings need; in words that say what to do. Makes nothing. */
export async function checkConnection(client: StripeClient, { clock, webhookSecrets, councilOrigin, isTestKey }: StripeSettings): Promise<ConnectionCheck> {
  const wrong = (message: string): ConnectionCheck => ({ ok: false, message });
  const webhookAt = `${councilOrigin}/payments/webhooks/stripe`;
  const notes: string[] = [];
  try {
    const sessions = await client.call('check', (stripe) => stripe.checkout.sessions.list({ limit: 1 }));
    const skew = Math.round((Date.parse(sessions.lastResponse.headers.date ?? '') - clock.now().getTime()) / 1000);
    if (Math.abs(skew) > MOST_SKEW_IN_SECONDS) return wrong(`Stripe answers, but this server's clock is ${Math.abs(skew)} seconds ${skew > 0 ? 'slow' : 'fast'}. Set it by a time server (NTP).`);
    const account = await ifAllowed(client.call('check', (stripe) => stripe.accounts.retrieveCurrent()));
    if (account && !isTestKey && !account.charges_enabled) return wrong('Stripe takes the key, but the account may not take payments yet. Finish what the dashboard asks for under Settings, Business.');
    if (account && !isTestKey && !account.payouts_enabled) notes.push('Payouts are not enabled: no money reaches the bank account until they are.');
    const endpoints = webhookSecrets.length === 0 ? undefined : await ifAllowed(client.call('check', (stripe) => stripe.webhookEndpoints.list({ limit: 100 })));
    const endpoint = endpoints?.data.find(({ url }) => url === webhookAt);
    if (endpoint && endpoint.status !== 'enabled') return wrong(`Stripe has switched its webhook to ${webhookAt} off. Switch it on again in the dashboard under Developers, Webhooks.`);
    const untold = WEBHOOK_EVENTS.filter((event) => endpoint && !endpoint.enabled_events.includes(event) && !endpoint.enabled_events.includes('*'));
    if (untold.length > 0) return wrong(`The webhook to ${webhookAt} does not tell of ${untold.join(', ')}. Add them in Stripe's dashboard under Developers, Webhooks.`);
    if (endpoints && !endpoint) return wrong(`There is a signing secret, but Stripe has no webhook to ${webhookAt}. Make one in the dashboard under Developers, Webhooks, and set STRIPE_WEBHOOK_SECRET to its secret.`);
  } catch (error) { return wrong(refusalIn(error) ? 'Stripe refused a question that only reads. Is the origin in the configuration Stripe\'s?' : error instanceof Error ? error.message : String(error)); }
  if (!isTestKey && !councilOrigin.startsWith('https://')) return wrong(`A live key needs a return address with https, and PUBLIC_ORIGIN is ${councilOrigin}.`);
  if (webhookSecrets.some((secret) => !secret.reveal().trim().startsWith('whsec_'))) return wrong('A signing secret of the webhooks is empty, or does not begin with whsec_. Copy it from Stripe\'s dashboard under Developers, Webhooks.');
  return { ok: true, message: [
    isTestKey ? 'Stripe answers and accepts the test key: no money moves.' : 'Stripe answers and accepts the live key.',
    webhookSecrets.length > 0 ? `Its webhooks lead to ${webhookAt}.` : 'No webhooks are set up: payments are asked about instead.', ...notes,
  ].join(' ') };
}

/** Restricted keys need not be allowed to read the account or the webhooks: then nothing is said about them. */
async function ifAllowed<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try { return await asking; } catch (error) {
    if (error instanceof NotPermitted) return undefined;
    throw error;
  }
}
