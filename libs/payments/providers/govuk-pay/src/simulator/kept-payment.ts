import type { KeptDispute } from './kept-dispute';

/** The words of the API for where a payment stands. */
export type PayStatus = 'created' | 'started' | 'submitted' | 'capturable' | 'success' | 'failed' | 'cancelled' | 'error';
/** P0010 rejected, P0020 expired, P0030 cancelled by the payer, P0040 cancelled by the service, P0050 an error. */
export type PayCode = 'P0010' | 'P0020' | 'P0030' | 'P0040' | 'P0050';
/** @internal */
export interface UsedCard { readonly brand: string; readonly number: string; readonly holder: string; readonly expiry: string; readonly address?: PayAddress }
/** @internal */
export interface PayAddress { readonly line1?: string; readonly line2?: string; readonly postcode?: string; readonly city?: string; readonly country?: string }

/** How the payments of an agreement relate to each other. */
export type AgreementPaymentType = 'instalment' | 'recurring' | 'unscheduled';

/** What a service asked for, checked. */
export interface PayOrder {
  readonly amount: number;
  readonly reference: string;
  readonly description: string;
  readonly returnUrl?: string;
  readonly language: 'en' | 'cy';
  readonly email?: string;
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  readonly isDelayedCapture: boolean;
  readonly isMoto: boolean;
  readonly mode: 'web' | 'moto_api' | 'agreement';
  /** The agreement that its success sets up. */
  readonly setUpAgreement?: string;
  /** The agreement by which it is taken, without the payer. */
  readonly agreementId?: string;
  /** Of both kinds. */
  readonly agreementPaymentType?: AgreementPaymentType;
  readonly holder?: string;
  readonly address?: PayAddress;
}

/** Money that went, or is going, back. */
export interface KeptRefund { readonly id: string; readonly amount: number; status: 'submitted' | 'success' | 'error'; readonly createdAt: Date; readonly finishesAt: Date; settledDate?: string }

/** What happened to a payment, for its list of events. */
export interface PayEvent { readonly status: PayStatus; readonly code?: PayCode; readonly at: Date }

/** A payment as it is kept. */
export interface KeptPayment {
  readonly id: string;
  readonly account: string;
  readonly order: PayOrder;
  readonly createdAt: Date;
  status: PayStatus;
  code?: PayCode;
  card?: UsedCard;
  capturedAt?: Date;
  settledDate?: string;
  /** When a slow bank makes up its mind, or a payment by agreement is taken. */
  decidesAt?: Date;
  /** Of a failed payment by agreement: whether another may be tried. */
  canRetry?: boolean;
  dispute?: KeptDispute;
  readonly events: PayEvent[];
  readonly refunds: KeptRefund[];
  /** Each lets one browser in, once. */
  readonly tokens: Map<string, { isUsed: boolean }>;
  /** What a browser that was let in carries as its cookie. */
  readonly browserSeal: string;
}

/** Whether the payer may still pay. */
export function isOpen({ status }: KeptPayment): boolean { return status === 'created' || status === 'started'; }
/** Whether the journey is over. */
export function isFinished(status: PayStatus): boolean { return status === 'success' || status === 'failed' || status === 'cancelled' || status === 'error'; }
/** Pence asked back, errors aside. */
export function submittedBack(payment: KeptPayment): number { return payment.refunds.reduce((sum, refund) => (refund.status === 'error' ? sum : sum + refund.amount), 0); }
/** Pence that may still go back; the API says the whole amount of what is not paid yet. */
export function leftToRefund(payment: KeptPayment): number { return payment.order.amount - submittedBack(payment); }
/** The API's word for whether a payment can be refunded. */
export function refundStatus(payment: KeptPayment): 'available' | 'full' | 'pending' | 'unavailable' {
  // A dispute takes the money back by itself, unless the council wins it.
  if (payment.dispute && payment.dispute.status !== 'won') return 'unavailable';
  if (payment.status === 'success') return leftToRefund(payment) > 0 ? 'available' : 'full';
  return isFinished(payment.status) ? 'unavailable' : 'pending';
}
