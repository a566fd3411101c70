import { Secret, defineSimulated, type Companion, type ProviderInstallation } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER, type PaymentProvider } from '@guildhall/payments-contract';
import { payByBank } from '../pay-by-bank';
import { startPayByBankSimulator } from './simulator';

const ID = 'payments.pay-by-bank';
/** Both ends of it know this, and nobody else. */
const apiKeyFrom = (secret: (name: string) => Uint8Array): string => Buffer.from(secret('simulator key')).toString('hex');

const simulator: Companion = Object.freeze<Companion>({
  id: 'payments.pay-by-bank-simulator', title: 'Pay by bank, simulated',
  start: ({ port, councils, secret }) => startPayByBankSimulator({ port, apiKeys: councils.map((council) => apiKeyFrom((name) => secret(council, ID, name))) }),
});

/**
 * Pay by bank as a council will have it, at a simulator that starts beside the council's server: no money moves.
 * @public
 * @example payments({ providers: [simulatedPayByBank()] })
 */
export function simulatedPayByBank(): ProviderInstallation<PaymentProvider> {
  return defineSimulated<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: ID, title: { en: 'Pay by bank (simulated)', cy: 'Talu o’r banc (efelychiad)' }, simulator,
    at: (origin, { secret }) => payByBank({ origin, apiKey: new Secret(apiKeyFrom(secret)) }),
  });
}
