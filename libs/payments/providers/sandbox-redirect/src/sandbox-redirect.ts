import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { redirectFarEnd } from './far-end/far-end';
import { SandboxRedirectProvider } from './sandbox-redirect.provider';

/** What a council may set. @public */
export interface SandboxRedirectOptions {
  /** Where the far end is, when it does not run beside the council's server: `http://localhost:4101`. */
  readonly origin?: string;
}

/**
 * Practice payments at a provider that is asked and fetched, as GOV.UK Pay is: no money moves.
 * @public
 * @example payments({ providers: [sandboxRedirect()] })
 */
export function sandboxRedirect(options: SandboxRedirectOptions = {}): ProviderInstallation<PaymentProvider> {
  return defineProvider<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: 'payments.sandbox-redirect', title: { en: 'Practice payments, asked after', cy: 'Taliadau ymarfer, y gofynnir amdanynt' }, isSandbox: true, companion: redirectFarEnd,
    formOrigins: ({ companionOrigin }) => [options.origin ?? companionOrigin].filter((origin) => origin !== undefined),
    create: ({ outbound, companionOrigin, council, secret }) =>
      new SandboxRedirectProvider(outbound, options.origin ?? companionOrigin, `api_sandbox_${council.slug}_${Buffer.from(secret('payments.sandbox-redirect')).toString('hex')}`),
    check: async (provider) => (provider instanceof SandboxRedirectProvider ? provider.check() : { ok: false, message: 'This is not the sandbox.' }),
  });
}
