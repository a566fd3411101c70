import type { Language, PersonId, Text } from '@guildhall/kernel-contract';
import type { AttemptMoney, AttemptState, Payment, PaymentId, PaymentState, PaymentSubject, ProviderPayer, RefundFacts, RefundId, RefundState, VatRate } from '@guildhall/payments-contract';
import { refundedOf, surplusOf } from '@guildhall/payments-contract';
import type { PayBackMeans } from '../counter/means';
import { meansOf } from '../counter/means';

/** An attempt as it is kept. */
export interface StoredAttempt {
  readonly number: number;
  readonly provider: string;
  readonly state: AttemptState;
  readonly money: AttemptMoney;
  readonly providerPaymentId?: string;
  readonly takenInPence: number;
  readonly cardBrand?: string;
  readonly cardLastDigits?: string;
  readonly failureCode?: string;
  /** Begun by a member of staff during a call, on a page that was made for that. */
  readonly isByTelephone: boolean;
  /** Of money that was taken over the counter. */
  readonly receiptNumber?: number;
  readonly begunAt: Date;
  readonly finishedAt?: Date;
}
/** A refund as it is kept. */
export interface StoredRefund extends RefundFacts {
  readonly reason: string;
  readonly isOfSurplus: boolean;
  readonly failure?: string;
  /** Of money from the counter that went back after its day. */
  readonly paidBackBy?: PayBackMeans;
  readonly requestedAt: Date;
  readonly requestedBy?: string;
  readonly finishedAt?: Date;
}
/** A fee as it is kept. */
export interface StoredLine { readonly number: number; readonly code: string; readonly title: Text; readonly amountInPence: number; readonly vatRate: VatRate; readonly ledgerCode: string }
/** A payment with everything that belongs to it. */
export interface StoredPayment {
  readonly paymentId: PaymentId;
  readonly reference: string;
  readonly description: Text;
  readonly state: PaymentState;
  readonly isWithdrawn: boolean;
  readonly amountInPence: number;
  readonly subject: PaymentSubject;
  readonly personId?: PersonId;
  /** The other system that asked for it. */
  readonly askedBy?: NonNullable<Payment['askedBy']>;
  readonly payerEmail?: string;
  /** Until it is paid or withdrawn. */
  readonly payer?: ProviderPayer;
  readonly language: Language;
  readonly returnPath: string;
  readonly requestedAt: Date;
  readonly paidAt?: Date;
  readonly lines: readonly StoredLine[];
  readonly attempts: readonly StoredAttempt[];
  readonly refunds: readonly StoredRefund[];
}

/** What the database hands over as JSON: instants are text, and what is not there is null. */
interface Row {
  readonly payment_id: string; readonly reference: string; readonly description_en: string; readonly description_cy: string; readonly state: PaymentState; readonly is_withdrawn: boolean; readonly amount_in_pence: number;
  readonly subject_type: string; readonly subject_id: string; readonly person_id: string | null; readonly client_id: string | null; readonly is_elsewhere: boolean; readonly payer_email: string | null; readonly payer_details: ProviderPayer | null; readonly language: Language; readonly return_path: string; readonly requested_at: string; readonly paid_at: string | null;
  readonly lines: readonly { readonly number: number; readonly code: string; readonly title_en: string; readonly title_cy: string; readonly amount_in_pence: number; readonly vat_rate: VatRate; readonly ledger_code: string }[] | null;
  readonly attempts: readonly { readonly number: number; readonly provider: string; readonly state: AttemptState; readonly money: AttemptMoney; readonly provider_payment_id: string | null; readonly taken_in_pence: number; readonly card_brand: string | null; readonly card_last_digits: string | null; readonly failure_code: string | null; readonly is_by_telephone: boolean; readonly receipt_number: number | null; readonly begun_at: string; readonly finished_at: string | null }[] | null;
  readonly refunds: readonly { readonly refund_id: string; readonly attempt: number; readonly amount_in_pence: number; readonly reason: string; readonly is_of_surplus: boolean; readonly state: RefundState; readonly provider_refund_id: string | null; readonly failure: string | null; readonly paid_back_by: PayBackMeans | null; readonly requested_at: string; readonly requested_by: string | null; readonly finished_at: string | null }[] | null;
}

/** Selects payments `p` whole, each as one JSON object. Append a condition on `p`, an order and a limit. */
export const SELECT_PAYMENT = `
  select json_build_object(
    'payment_id', p.payment_id, 'reference', p.reference, 'description_en', p.description_en, 'description_cy', p.description_cy, 'state', p.state, 'is_withdrawn', p.is_withdrawn, 'amount_in_pence', p.amount_in_pence,
    'subject_type', p.subject_type, 'subject_id', p.subject_id, 'person_id', p.person_id, 'client_id', p.client_id, 'is_elsewhere', p.is_elsewhere, 'payer_email', p.payer_email, 'payer_details', p.payer_details, 'language', p.language, 'return_path', p.return_path, 'requested_at', p.requested_at, 'paid_at', p.paid_at,
    'lines', (select json_agg(json_build_object('number', l.number, 'code', l.code, 'title_en', l.title_en, 'title_cy', l.title_cy, 'amount_in_pence', l.amount_in_pence, 'vat_rate', l.vat_rate, 'ledger_code', l.ledger_code) order by l.number)
      from payments.payment_line l where l.council_id = p.council_id and l.payment_id = p.payment_id),
    'attempts', (select json_agg(json_build_object('number', a.number, 'provider', a.provider, 'state', a.state, 'money', a.money, 'provider_payment_id', a.provider_payment_id, 'taken_in_pence', a.taken_in_pence, 'card_brand', a.card_brand, 'card_last_digits', a.card_last_digits, 'failure_code', a.failure_code, 'is_by_telephone', a.is_by_telephone, 'receipt_number', a.receipt_number, 'begun_at', a.begun_at, 'finished_at', a.finished_at) order by a.number)
      from payments.attempt a where a.council_id = p.council_id and a.payment_id = p.payment_id),
    'refunds', (select json_agg(json_build_object('refund_id', r.refund_id, 'attempt', r.attempt, 'amount_in_pence', r.amount_in_pence, 'reason', r.reason, 'is_of_surplus', r.is_of_surplus, 'state', r.state, 'provider_refund_id', r.provider_refund_id, 'failure', r.failure, 'paid_back_by', r.paid_back_by, 'requested_at', r.requested_at, 'requested_by', r.requested_by, 'finished_at', r.finished_at) order by r.requested_at, r.refund_id)
      from payments.refund r where r.council_id = p.council_id and r.payment_id = p.payment_id)
  ) as payment
  from payments.payment p`;

/** Reads what SELECT_PAYMENT hands over. */
export function storedFrom({ payment: row }: { readonly payment: unknown }): StoredPayment {
  const { payment_id, reference, description_en, description_cy, state, is_withdrawn, amount_in_pence, subject_type, subject_id, person_id, client_id, is_elsewhere, payer_email, payer_details, language, return_path, requested_at, paid_at, lines, attempts, refunds } = row as Row;
  return {
    paymentId: payment_id as PaymentId, reference, description: { en: description_en, cy: description_cy }, state, isWithdrawn: is_withdrawn, amountInPence: amount_in_pence, subject: { type: subject_type, id: subject_id },
    ...(person_id ? { personId: person_id as PersonId } : {}), ...(client_id ? { askedBy: { clientId: client_id, isElsewhere: is_elsewhere } } : {}), ...(payer_email ? { payerEmail: payer_email } : {}), ...(payer_details ? { payer: payer_details } : {}), language, returnPath: return_path, requestedAt: new Date(requested_at), ...(paid_at ? { paidAt: new Date(paid_at) } : {}),
    lines: (lines ?? []).map((line) => ({ number: line.number, code: line.code, title: { en: line.title_en, cy: line.title_cy }, amountInPence: line.amount_in_pence, vatRate: line.vat_rate, ledgerCode: line.ledger_code })),
    attempts: (attempts ?? []).map((attempt) => ({
      number: attempt.number, provider: attempt.provider, state: attempt.state, money: attempt.money, takenInPence: attempt.taken_in_pence, isByTelephone: attempt.is_by_telephone, begunAt: new Date(attempt.begun_at),
      ...(attempt.provider_payment_id ? { providerPaymentId: attempt.provider_payment_id } : {}), ...(attempt.card_brand ? { cardBrand: attempt.card_brand } : {}), ...(attempt.card_last_digits ? { cardLastDigits: attempt.card_last_digits } : {}),
      ...(attempt.failure_code ? { failureCode: attempt.failure_code } : {}), ...(attempt.receipt_number === null ? {} : { receiptNumber: attempt.receipt_number }), ...(attempt.finished_at ? { finishedAt: new Date(attempt.finished_at) } : {}),
    })),
    refunds: (refunds ?? []).map((refund) => ({
      refundId: refund.refund_id as RefundId, attempt: refund.attempt, amountInPence: refund.amount_in_pence, reason: refund.reason, isOfSurplus: refund.is_of_surplus, state: refund.state, requestedAt: new Date(refund.requested_at),
      ...(refund.provider_refund_id ? { providerRefundId: refund.provider_refund_id } : {}), ...(refund.failure ? { failure: refund.failure } : {}), ...(refund.paid_back_by ? { paidBackBy: refund.paid_back_by } : {}), ...(refund.requested_by ? { requestedBy: refund.requested_by } : {}), ...(refund.finished_at ? { finishedAt: new Date(refund.finished_at) } : {}),
    })),
  };
}

/** The only bridge from what is kept to what others see. */
export function toView(stored: StoredPayment): Payment {
  const { paymentId, reference, description, state, amountInPence, subject, personId, askedBy, language, returnPath, requestedAt, paidAt } = stored;
  const booked = stored.attempts.find((attempt) => attempt.money === 'booked');
  const refundedInPence = booked ? refundedOf(booked.number, stored.refunds) : 0;
  return {
    paymentId, reference, description, state, amountInPence, currency: 'GBP', subject, ...(personId ? { personId } : {}), ...(askedBy ? { askedBy } : {}), language, returnPath,
    lines: stored.lines.map(({ code, title, amountInPence: amount, ledgerCode, vatRate }) => ({ code, title, amountInPence: amount, ledgerCode, vatRate })),
    payPath: `/payments/${paymentId}`, ...(booked ? { receiptPath: `/payments/${paymentId}/receipt` } : {}), requestedAt, ...(paidAt ? { paidAt } : {}), attempts: stored.attempts.length,
    tries: stored.attempts.map(({ number, state: tryState, provider, begunAt, finishedAt, failureCode, money }) => ({ number, state: tryState, provider, begunAt, isSurplus: money === 'surplus', ...(finishedAt ? { finishedAt } : {}), ...(failureCode ? { failureCode } : {}) })),
    ...(booked?.cardLastDigits ? { method: { brand: booked.cardBrand ?? '', lastDigits: booked.cardLastDigits } } : {}),
    refunds: stored.refunds.map(({ refundId, amountInPence: amount, reason, state: refundState, isOfSurplus, requestedAt: at, finishedAt, requestedBy, failure }) => ({ refundId, amountInPence: amount, reason, state: refundState, isOfSurplus, requestedAt: at, ...(finishedAt ? { finishedAt } : {}), ...(requestedBy ? { requestedBy } : {}), ...(failure ? { failure } : {}) })),
    refundedInPence, refundableInPence: booked && !meansOf(booked.provider) ? amountInPence - refundedInPence : 0, surplusInPence: surplusOf(stored.attempts, stored.refunds),
  };
}
