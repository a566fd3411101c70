import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Payment } from '@guildhall/payments-contract';

/** Where a payment is shown. @public */
export interface PaymentShown {
  /** On the payer's receipt, on the panel beside a case, or on the desk's page of the payment. */
  readonly on: 'receipt' | 'case' | 'desk';
  /** Path of the desk's page to which the officer goes back afterwards. */
  readonly from?: string;
  /** What the officer has just done on a page of the module's own, which led back here with `?news=…`. Anybody can write that into an address: say only what is so. */
  readonly news?: string;
}
/** How money came that was not paid through a provider. The pages then neither ask a provider about it nor offer to pay it back through one. @public */
export interface PaidByHand {
  /** How it was paid: `Cash at our counter`. */
  readonly paidBy: string;
  /** What became of money that is back with the payer: `Given back at our counter`. */
  readonly givenBack: string;
  /** What an officer does when a case should have paid it back and could not. */
  readonly toPayBack: string;
}
/** What is known of a payment where it is kept, beyond what the standard says of every payment; all words in the language of the context. @public */
export interface MoreOfPayment {
  readonly byHand?: PaidByHand;
  /** Number of the receipt, where receipts have numbers of their own. */
  readonly receiptNumber?: string;
  /** Further lines among an officer's facts. */
  readonly facts?: readonly { readonly title: string; readonly text: string; /** Set like other numbers that people compare by eye. */ readonly isNumber?: boolean }[];
  /** What else this officer may do about it, each on a page of its own. */
  readonly actions?: readonly { readonly text: string; readonly href: string; /** What the officer most likely came for. */ readonly isMain?: boolean }[];
  /** What the officer has just done. */
  readonly news?: string;
  /** What to call that which stands in a provider's place among the tries: `{ 'counter.cash': 'Cash' }`. */
  readonly providerNames?: Readonly<Record<string, string>>;
}

/** What the council has chosen that its payment pages say, and what the module behind them knows besides the standard. @public */
export interface PaymentPageSettings {
  /** The VAT registration number of whoever charges the fee, for receipts. */
  vatNumber(ctx: RequestContext): string | undefined;
  /** What more is known of a payment that whoever asks may see. Asked once for a page; answer in one round trip at most. Absent where the standard says all there is. */
  moreOf?(ctx: RequestContext, payment: Payment, shown: PaymentShown): Promise<MoreOfPayment>;
}
/** Where the module behind the pages says so. @public */
export const PAYMENT_PAGES = defineExtensionPoint<PaymentPageSettings>('payments.pages');
