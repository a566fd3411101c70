import type { Language, PersonId, Text } from '@guildhall/kernel-contract';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { AttemptState } from './attempt';
import type { Currency, FeeLine } from './money';

/** Our id of a payment: UUIDv7, made by whoever asks for it. It leads the provider's idempotency key. @public */
export type PaymentId = string & { readonly __brand: 'PaymentId' };
/** Our id of a refund: UUIDv7, made by whoever asks for it. @public */
export type RefundId = string & { readonly __brand: 'RefundId' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** @public @throws InvalidInput when it is not a UUID */
export function paymentId(text: string): PaymentId {
  if (!UUID.test(text)) throw new InvalidInput('A payment id is a UUID in lower case.', [{ field: 'paymentId', message: 'must be a UUID' }]);
  return text as PaymentId;
}
/** @public @throws InvalidInput when it is not a UUID */
export function refundId(text: string): RefundId {
  if (!UUID.test(text)) throw new InvalidInput('A refund id is a UUID in lower case.', [{ field: 'refundId', message: 'must be a UUID' }]);
  return text as RefundId;
}

/**
 * Where a payment stands. `cancelled` is the payer's doing at the provider's page and may be tried again; `withdrawn` is ours, and money that arrives after it goes back.
 * @public
 */
export type PaymentState = 'requested' | 'started' | 'submitted' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'error' | 'withdrawn';

/** What each state of a payment means, and which may follow it. @public */
export interface PaymentStateRule {
  /** The money is the council's. */
  readonly isPaid: boolean;
  /** The payer may (again) be sent to the provider's page. */
  readonly canBeTried: boolean;
  /** The provider must be asked again before anybody knows the end of it. */
  readonly isOpen: boolean;
  /** The council may still withdraw it. */
  readonly canBeWithdrawn: boolean;
  readonly next: readonly PaymentState[];
}

/**
 * The payment's state machine. The way back from `failed`, `cancelled`, `expired` and `error` to `started` is a new attempt: at a provider, failure is final.
 * The way from them to `succeeded` is a late success, which is booked and never dropped.
 * @public
 */
export const PAYMENT_STATES: Readonly<Record<PaymentState, PaymentStateRule>> = {
  requested: { isPaid: false, canBeTried: true, isOpen: false, canBeWithdrawn: true, next: ['started', 'withdrawn'] },
  started: { isPaid: false, canBeTried: true, isOpen: true, canBeWithdrawn: true, next: ['submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'withdrawn'] },
  submitted: { isPaid: false, canBeTried: false, isOpen: true, canBeWithdrawn: false, next: ['succeeded', 'failed', 'cancelled', 'expired', 'error'] },
  succeeded: { isPaid: true, canBeTried: false, isOpen: false, canBeWithdrawn: false, next: [] },
  failed: { isPaid: false, canBeTried: true, isOpen: false, canBeWithdrawn: true, next: ['started', 'succeeded', 'withdrawn'] },
  cancelled: { isPaid: false, canBeTried: true, isOpen: false, canBeWithdrawn: true, next: ['started', 'succeeded', 'withdrawn'] },
  expired: { isPaid: false, canBeTried: true, isOpen: false, canBeWithdrawn: true, next: ['started', 'succeeded', 'withdrawn'] },
  error: { isPaid: false, canBeTried: true, isOpen: false, canBeWithdrawn: true, next: ['started', 'succeeded', 'withdrawn'] },
  withdrawn: { isPaid: false, canBeTried: false, isOpen: false, canBeWithdrawn: false, next: [] },
};

/** Every state, in the order of the table. @public */
export const EVERY_PAYMENT_STATE = Object.keys(PAYMENT_STATES) as readonly PaymentState[];

/** Where a refund stands: `requested` is written down but not yet known to the provider. @public */
export type RefundState = 'requested' | 'submitted' | 'succeeded' | 'failed';

/** The refund's state machine. A failed refund leaves its amount available again. @public */
export const REFUND_STATES: Readonly<Record<RefundState, { readonly isOpen: boolean; readonly holdsMoney: boolean; readonly next: readonly RefundState[] }>> = {
  requested: { isOpen: true, holdsMoney: true, next: ['submitted', 'succeeded', 'failed'] },
  submitted: { isOpen: true, holdsMoney: true, next: ['succeeded', 'failed'] },
  succeeded: { isOpen: false, holdsMoney: true, next: [] },
  failed: { isOpen: false, holdsMoney: false, next: [] },
};

/** What a payment is for: a thing in another module, by its type and id. `{ type: 'draft', id: '0199…' }` @public */
export interface PaymentSubject { readonly type: string; readonly id: string }

/** The card as the provider lets us know it: never more than this. @public */
export interface PaymentMethod { readonly brand: string; readonly lastDigits: string }

/** Money paid back, or on its way back. @public */
export interface Refund {
  readonly refundId: RefundId;
  readonly amountInPence: number;
  /** Why, in the officer's words; shown to officers only. */
  readonly reason: string;
  readonly state: RefundState;
  /** Money that came on top, or too late, and went back by itself: no part of what was paid. */
  readonly isOfSurplus: boolean;
  readonly requestedAt: Date;
  readonly finishedAt?: Date;
  /** Who wanted it, for officers only: an officer's name, or what it was. Nothing for what went back by itself or was made at the provider. */
  readonly requestedBy?: string;
  /** Why it failed, as a code, for officers only. */
  readonly failure?: string;
}

/** One time that the payer was sent to a provider, and what became of it; for officers only. @public */
export interface PaymentTry {
  /** From 1. */
  readonly number: number;
  readonly state: AttemptState;
  /** Id of the provider: `payments.govuk-pay`. */
  readonly provider: string;
  readonly begunAt: Date;
  readonly finishedAt?: Date;
  /** The provider's own code. */
  readonly failureCode?: string;
  /** Its money came on top or too late. */
  readonly isSurplus: boolean;
}

/** A payment as everybody but its module sees it. @public */
export interface Payment {
  readonly paymentId: PaymentId;
  /** For people to read aloud: the payer's receipt and bank search by it. */
  readonly reference: string;
  readonly description: Text;
  readonly state: PaymentState;
  readonly amountInPence: number;
  readonly currency: Currency;
  readonly lines: readonly FeeLine[];
  readonly subject: PaymentSubject;
  /** Whose it is, when somebody had signed in; nobody else's account shows it. */
  readonly personId?: PersonId;
  readonly language: Language;
  /** Path in the council's app to which the payer returns: `/services/garden-waste/paid`. */
  readonly returnPath: string;
  /** Path of the page that tells what will be paid and leads on to the provider: `/payments/<id>`. */
  readonly payPath: string;
  /** Path of the printable receipt, once paid. */
  readonly receiptPath?: string;
  readonly requestedAt: Date;
  readonly paidAt?: Date;
  /** How many times the payer has been sent to the provider. */
  readonly attempts: number;
  /** Those times, the first one first. */
  readonly tries: readonly PaymentTry[];
  readonly method?: PaymentMethod;
  readonly refunds: readonly Refund[];
  /** Paid back or on its way back. */
  readonly refundedInPence: number;
  /** What may still be paid back the way it came: nothing of what was paid at a counter, which is given back there. */
  readonly refundableInPence: number;
  /** Money that came on top or too late, has not gone back, and of which no refund is on its way: somebody has to pay it back by hand. */
  readonly surplusInPence: number;
  /** The other system that asked for it, by its client id; nothing when it was this council's own app. What `isElsewhere` says is another council's, whose residents these are. */
  readonly askedBy?: { readonly clientId: string; readonly isElsewhere: boolean };
}
