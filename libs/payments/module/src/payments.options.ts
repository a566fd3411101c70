import type { ProviderInstallation, RequestContext } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';

/** How a council collects money. @public */
export interface PaymentsOptions {
  /** New payments go to the first; keep the others as long as payments that they took may change. */
  readonly providers: readonly ProviderInstallation<PaymentProvider>[];
  /** The council's VAT registration number, for receipts: `GB 999 9999 73`. */
  readonly vatNumber?: string;
}

/** The council's choices, by the context of each call. */
export class PaymentsSettings {
  constructor(private readonly optionsOf: (ctx: RequestContext) => PaymentsOptions) {}
  vatNumber(ctx: RequestContext): string | undefined { return this.optionsOf(ctx).vatNumber; }
}
