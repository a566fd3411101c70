import type { ProviderInstallation, Secret } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { checkConnection } from './check-connection';
import { GovUkPayClient } from './govuk-pay.client';
import { GovUkPayProvider } from './govuk-pay.provider';

/** Where the API is, for test and live keys alike: the key decides whether money moves. @public */
export const GOVUK_PAY_API = 'https://publicapi.payments.service.gov.uk';

/** Where GOV.UK Pay's own pages are, to which payers are sent: `next_url` names either. */
const PAGES: readonly string[] = ['https://www.payments.service.gov.uk', 'https://card.payments.service.gov.uk'];

/** What a council sets. @public */
export interface GovUkPayOptions {
  /** `api_live_…` takes money. `api_test_…` takes none, and is refused in production unless the council accepts `payments.govuk-pay` as a sandbox by name. */
  readonly apiKey: Secret;
  /** The signing secret of each webhook that leads here. Without one, payments are only asked about: nothing is lost, news comes later. */
  readonly webhookSecrets?: readonly Secret[];
  /** The account may take telephone payments (MOTO), and they use the same key. */
  readonly takesTelephonePayments?: boolean;
  /** Another far end, such as the simulator of this package: `http://localhost:4110`. GOV.UK Pay unless told. */
  readonly origin?: string;
  /** Where another far end's pages are, when they are neither there nor on this machine. */
  readonly pageOrigins?: readonly string[];
}

/**
 * Payments by GOV.UK Pay.
 * @public
 * @example payments({ providers: [govUkPay({ apiKey: env.secret('GOVUK_PAY_API_KEY'), webhookSecrets: [env.secret('GOVUK_PAY_WEBHOOK_SECRET')] })] })
 */
export function govUkPay(options: GovUkPayOptions): ProviderInstallation<PaymentProvider> {
  const { apiKey, webhookSecrets = [], takesTelephonePayments = false } = options;
  const origin = (options.origin ?? GOVUK_PAY_API).replace(/\/+$/, '');
  const isReal = origin === GOVUK_PAY_API;
  const pageOrigins = isReal ? PAGES : [...new Set([...(URL.canParse(origin) ? [new URL(origin).origin] : []), ...(options.pageOrigins ?? []), ...PAGES])];
  return defineProvider<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: 'payments.govuk-pay', title: { en: 'GOV.UK Pay', cy: 'GOV.UK Pay' },
    // With a test key everything looks paid and nothing is: a council in production must have said that it knows.
    isSandbox: !isReal || !apiKey.reveal().startsWith('api_live_'),
    formOrigins: () => pageOrigins,
    create: ({ outbound, clock, ids, log, council }) =>
      new GovUkPayProvider(new GovUkPayClient({ outbound, clock, ids, log, origin, apiKey }), { pageOrigins, webhookSecrets, takesTelephonePayments, clock, log, councilOrigin: council.origin, isTestKey: !apiKey.reveal().startsWith('api_live_') }),
    check: async (provider) => (provider instanceof GovUkPayProvider ? checkConnection(provider.client, provider.settings) : { ok: false, message: 'This is not GOV.UK Pay.' }),
  });
}
