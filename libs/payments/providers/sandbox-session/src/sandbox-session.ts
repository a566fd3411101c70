import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';
import { sessionFarEnd } from './far-end/far-end';
import { SandboxSessionProvider } from './sandbox-session.provider';

/** What a council may set. @public */
export interface SandboxSessionOptions {
  /** Where the far end is, when it does not run beside the council's server: `http://localhost:4102`. */
  readonly origin?: string;
}

/**
 * Practice payments at a provider that has sessions and calls back with signed webhooks, as Stripe Checkout does: no money moves.
 * @public
 * @example payments({ providers: [sandboxSession()] })
 */
export function sandboxSession(options: SandboxSessionOptions = {}): ProviderInstallation<PaymentProvider> {
  return defineProvider<PaymentProvider>({
    port: PAYMENT_PROVIDER, id: 'payments.sandbox-session', title: { en: 'Practice payments, which call back', cy: 'Taliadau ymarfer, sy’n galw’n ôl' }, isSandbox: true, companion: sessionFarEnd,
    formOrigins: ({ companionOrigin }) => [options.origin ?? companionOrigin].filter((origin) => origin !== undefined),
    create: ({ outbound, clock, companionOrigin, council, secret }) => new SandboxSessionProvider({
      outbound, clock, origin: options.origin ?? companionOrigin,
      apiKey: `sk_sandbox_${council.slug}_${Buffer.from(secret('payments.sandbox-session')).toString('hex')}`,
      webhookSecret: `whsec_${Buffer.from(secret('payments.sandbox-session.webhooks')).toString('hex')}`,
      webhookUrl: `${council.origin}/payments/webhooks/sandbox-session`,
    }),
    check: async (provider) => (provider instanceof SandboxSessionProvider ? provider.check() : { ok: false, message: 'This is not the sandbox.' }),
  });
}
