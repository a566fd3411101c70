import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { govUkPay } from '../govuk-pay';
import type { GovUkPayOptions } from '../govuk-pay';
import { startGovUkPaySimulator } from './simulator';

const ID = 'payments.govuk-pay';

/** Both ends of it know these, and nobody else. */
const apiKeyFrom = (secret: (name: string) => Uint8Array): string => `api_test_${Buffer.from(secret('simulator key')).toString('hex')}`;
const webhookSecretFrom = (secret: (name: string) => Uint8Array): string => Buffer.from(secret('simulator webhooks')).toString('hex');

const simulator: Companion = Object.freeze<Companion>({
  id: 'payments.govuk-pay-simulator', title: 'GOV.UK Pay, simulated: see and drive its payments',
  start: async ({ port, councils, secret }) => {
    const { origin, stop } = await startGovUkPaySimulator({
      port, accounts: councils.map((council) => {
        const ofPay = (name: string): Uint8Array => secret(council, ID, name);
        return { apiKey: apiKeyFrom(ofPay), name: council.name, webhooks: [{ url: `${council.origin}/payments/webhooks/govuk-pay`, secret: webhookSecretFrom(ofPay) }] };
      }),
    });
    return { origin, page: `${origin}/simulator`, stop };
  },
});

/**
 * GOV.UK Pay as a council will have it, at a simulator that starts beside the council's server: no money moves.
 * @public
 * @example payments({ providers: [simulatedGovUkPay()] })
 */
export function simulatedGovUkPay(options: Pick<GovUkPayOptions, 'takesTelephonePayments'> = {}): ProviderInstallation<PaymentProvider> {
  return defineSimulated<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: ID, title: { en: 'GOV.UK Pay (simulated)', cy: 'GOV.UK Pay (efelychiad)' }, simulator,
    at: (origin, { secret }) => govUkPay({ ...options, origin, apiKey: new Secret(apiKeyFrom(secret)), webhookSecrets: [new Secret(webhookSecretFrom(secret))] }),
  });
}
