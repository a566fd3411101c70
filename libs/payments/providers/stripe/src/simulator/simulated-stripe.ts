import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { WEBHOOK_EVENTS } from '../check-connection';
import type { StripeOptions } from '../stripe';
import { stripe } from '../stripe';
import { startStripeSimulator } from './simulator';

const ID = 'payments.stripe';

/** Both ends of it know these, and nobody else. */
const apiKeyFrom = (secret: (name: string) => Uint8Array): string => `sk_test_${Buffer.from(secret('simulator key')).toString('hex')}`;
const webhookSecretFrom = (secret: (name: string) => Uint8Array): string => `whsec_${Buffer.from(secret('simulator webhooks')).toString('hex')}`;

const simulator: Companion = Object.freeze<Companion>({
  id: 'payments.stripe-simulator', title: 'Stripe, simulated: see and drive its payments',
  start: async ({ port, councils, secret }) => {
    const { origin, stop } = await startStripeSimulator({
      port, accounts: councils.map((council) => {
        const ofStripe = (name: string): Uint8Array => secret(council, ID, name);
        return { apiKey: apiKeyFrom(ofStripe), name: council.name, webhooks: [{ url: `${council.origin}/payments/webhooks/stripe`, secrets: [webhookSecretFrom(ofStripe)], events: WEBHOOK_EVENTS }] };
      }),
    });
    return { origin, page: `${origin}/simulator`, stop };
  },
});

/**
 * Stripe as a council will have it, at a simulator that starts beside the council's server: no money moves.
 * @public
 * @example payments({ providers: [simulatedStripe()] })
 */
export function simulatedStripe(options: Pick<StripeOptions, 'paymentMethods'> = {}): ProviderInstallation<PaymentProvider> {
  return defineSimulated<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: ID, title: { en: 'Stripe (simulated)', cy: 'Stripe (efelychiad)' }, simulator,
    at: (origin, { secret }) => stripe({ ...options, origin, apiKey: new Secret(apiKeyFrom(secret)), webhookSecrets: [new Secret(webhookSecretFrom(secret))] }),
  });
}
