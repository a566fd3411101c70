import type { ProviderInstallation, RequestContext } from '@guildhall/kernel-contract';
import type { PaymentProvider } from '@guildhall/payments-contract';
import type { LedgerExportOptions } from './exporting/export-columns';
import type { Neighbour } from './neighbours';

/** How a council collects money. @public */
export interface PaymentsOptions {
  /** New payments go to the first, and those by telephone to the first that takes them; keep the others as long as payments that they took may change. */
  readonly providers: readonly ProviderInstallation<PaymentProvider>[];
  /** The council's VAT registration number, for receipts: `GB 999 9999 73`. */
  readonly vatNumber?: string;
  /** Days after which what a provider took should have reached the bank account: what has not is shown to finance. 5 unless told; more for a provider that pays out more slowly. */
  readonly unsettledAfterDays?: number;
  /** How the finance system wants the ledger, which officers and programs get by the day. */
  readonly ledgerExport?: LedgerExportOptions;
  /** Other councils whose apps take their payments here. They need a machine credential each besides. */
  readonly neighbours?: readonly Neighbour[];
}

/** The council's choices, by the context of each call. */
export class PaymentsSettings {
  constructor(private readonly optionsOf: (ctx: RequestContext) => PaymentsOptions) {}
  ledgerExport(ctx: RequestContext): LedgerExportOptions { return this.optionsOf(ctx).ledgerExport ?? {}; }
  unsettledAfterDays(ctx: RequestContext): number { return this.optionsOf(ctx).unsettledAfterDays ?? 5; }
  neighbour(ctx: RequestContext, clientId: string): Neighbour | undefined { return this.optionsOf(ctx).neighbours?.find((one) => one.clientId === clientId); }
  vatNumber(ctx: RequestContext): string | undefined { return this.optionsOf(ctx).vatNumber; }
}
