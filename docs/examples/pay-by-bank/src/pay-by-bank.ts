import { defineProvider, type ProviderInstallation, type Secret } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER, type PaymentProvider } from '@guildhall/payments-contract';
import { PayByBankProvider } from './pay-by-bank.provider';

/** What a council sets. @public */
export interface PayByBankOptions {
  readonly apiKey: Secret;
  /** Where its API and its payment page are. */
  readonly origin?: string;
}

const ORIGIN = 'https://api.pay-by-bank.example';

/**
 * Takes payments as transfers from the payer’s bank account.
 * @public
 * @example payments({ providers: [payByBank({ apiKey: env.secret('PAY_BY_BANK_KEY') })] })
 */
export function payByBank({ apiKey, origin = ORIGIN }: PayByBankOptions): ProviderInstallation<PaymentProvider> {
  return defineProvider<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: 'payments.pay-by-bank', title: { en: 'Pay by bank', cy: 'Talu o’r banc' }, isSandbox: false,
    formOrigins: () => [origin],
    create: ({ outbound }) => new PayByBankProvider({ outbound, origin, apiKey }),
    check: async (provider) => (provider instanceof PayByBankProvider ? provider.check() : { ok: false, message: 'This is not Pay by bank.' }),
  });
}
