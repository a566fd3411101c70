/** What a service asked for, checked. */
export interface SessionOrder {
  readonly amount: number;
  readonly name: string;
  readonly reference: string | undefined;
  readonly successUrl: string;
  readonly cancelUrl: string | undefined;
  readonly email: string | undefined;
  readonly locale: string;
  readonly methods: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly intentDescription: string | undefined;
}

/** Why a payment did not work. */
export interface PaymentError { readonly type: 'card_error' | 'api_error'; readonly code: string; readonly declineCode?: string }

/** The try to pay, once there was one. */
export interface KeptIntent {
  readonly id: string;
  readonly createdAt: Date;
  status: 'requires_payment_method' | 'processing' | 'succeeded' | 'canceled';
  error?: PaymentError;
  charge?: KeptCharge;
}
/** Money that came. */
export interface KeptCharge { readonly id: string; readonly createdAt: Date; readonly brand: string; readonly last4: string; readonly transaction: KeptTransaction }
/** Money that went, or is going, back. */
export interface KeptRefund { readonly id: string; readonly amount: number; status: 'pending' | 'succeeded' | 'failed'; readonly createdAt: Date; readonly finishesAt: Date; readonly metadata: Readonly<Record<string, string>>; transaction: KeptTransaction }
/** A movement on the account's balance. */
export interface KeptTransaction { readonly id: string; readonly type: 'charge' | 'refund' | 'adjustment' | 'stripe_fee' | 'payout'; readonly category?: 'dispute' | 'dispute_reversal' | 'fee'; readonly amount: number; readonly fee: number; readonly createdAt: Date; readonly source: string; payout?: string }
/** A payer's challenge of a payment at their bank, about all of it: the money goes at once, and comes back when the council wins. */
export interface KeptDispute { readonly id: string; status: 'needs_response' | 'won' | 'lost'; readonly transactions: KeptTransaction[] }
/** What went to the council's bank on a day. */
export interface KeptPayout { readonly id: string; readonly account: string; readonly amount: number; readonly arrivesOn: string; readonly createdAt: Date; readonly transaction: KeptTransaction }

/** A session as it is kept. */
export interface KeptSession {
  readonly id: string;
  readonly account: string;
  readonly isLive: boolean;
  readonly order: SessionOrder;
  readonly createdAt: Date;
  /** In seconds. */
  expiresAt: number;
  status: 'open' | 'complete' | 'expired';
  intent?: KeptIntent;
  /** When a slow bank makes up its mind. */
  decidesAt?: Date;
  readonly refunds: KeptRefund[];
  dispute?: KeptDispute;
}

/** Whether the money is there. */
export function isPaid({ intent }: KeptSession): boolean { return intent?.status === 'succeeded'; }
/** Pence that went back or are on their way. */
export function paidBack({ refunds }: KeptSession): number { return refunds.reduce((sum, { status, amount }) => (status === 'failed' ? sum : sum + amount), 0); }
/** Pence that may still go back. */
export function leftToRefund(session: KeptSession): number { return isPaid(session) ? session.order.amount - paidBack(session) : 0; }
/** Whether the payer's bank has the money back: Stripe refunds nothing then. */
export function isDisputed({ dispute }: KeptSession): boolean { return dispute !== undefined && dispute.status !== 'won'; }
