import type { ProviderInstallation, Secret } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { checkConnection } from './check-connection';
import { StripeClient } from './stripe.client';
import { StripeProvider } from './stripe.provider';

/** Where the API is, for test and live keys alike: the key decides whether money moves. @public */
export const STRIPE_API = 'https://api.stripe.com';

/** Where Stripe's hosted page is, to which payers are sent. */
const PAGES: readonly string[] = ['https://checkout.stripe.com'];

/** What a council sets. @public */
export interface StripeOptions {
  /** `sk_live_…` or a restricted `rk_live_…` takes money. A test key takes none, and is refused in production unless the council accepts `payments.stripe` as a sandbox by name. */
  readonly apiKey: Secret;
  /** The signing secret (`whsec_…`) of each webhook that leads here. Without one, payments are only asked about: nothing is lost, news comes later. */
  readonly webhookSecrets?: readonly Secret[];
  /** By what residents may pay, in Stripe's words (`card`, `pay_by_bank`, `bacs_debit`): cards, and with them Apple Pay and Google Pay, unless told. Never whatever the dashboard has switched on: that includes credit. */
  readonly paymentMethods?: readonly string[];
  /** Another far end, such as the simulator of this package: `http://localhost:4120`. Stripe unless told. */
  readonly origin?: string;
  /** Where else the page to pay on may be: the council's own domain at Stripe, such as `https://pay.testham.example`. */
  readonly pageOrigins?: readonly string[];
}

/**
 * Payments by Stripe Checkout.
 * @public
 * @example payments({ providers: [stripe({ apiKey: env.secret('STRIPE_API_KEY'), webhookSecrets: [env.secret('STRIPE_WEBHOOK_SECRET')] })] })
 */
export function stripe(options: StripeOptions): ProviderInstallation<PaymentProvider> {
  const { apiKey, webhookSecrets = [], paymentMethods = ['card'] } = options;
  const origin = (options.origin ?? STRIPE_API).replace(/\/+$/, '');
  const isReal = origin === STRIPE_API;
  const pageOrigins = [...new Set([...(!isReal && URL.canParse(origin) ? [new URL(origin).origin] : []), ...(options.pageOrigins ?? []), ...PAGES])];
  const isTestKey = !/^(sk|rk)_live_/.test(apiKey.reveal().trim());
  return defineProvider<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: 'payments.stripe', title: { en: 'Stripe', cy: 'Stripe' },
    // With a test key everything looks paid and nothing is: a council in production must have said that it knows.
    isSandbox: !isReal || isTestKey,
    formOrigins: () => pageOrigins,
    create: ({ outbound, clock, ids, log, council }) =>
      new StripeProvider(new StripeClient({ outbound, clock, ids, log, origin, apiKey }), { pageOrigins, webhookSecrets, paymentMethods, clock, log, councilOrigin: council.origin, isTestKey }),
    check: async (provider) => (provider instanceof StripeProvider ? checkConnection(provider.client, provider.settings) : { ok: false, message: 'This is not Stripe.' }),
  });
}
