import { Unavailable } from '@guildhall/kernel-contract';
import { ATTEMPT_STATES } from '../attempt';
import type { Payment } from '../payment';
import { PAYMENT_STATES, REFUND_STATES } from '../payment';

/** A payment as it goes over the wire: instants are ISO 8601 text, all else is as it is. @public */
export type PaymentJson = OverTheWire<Payment>;
type OverTheWire<Value> = Value extends Date ? string : Value extends string | number | boolean | undefined ? Value : Value extends readonly (infer Item)[] ? readonly OverTheWire<Item>[] : { readonly [Key in keyof Value]: OverTheWire<Value[Key]> };

/** @public */
export function paymentToJson(payment: Payment): PaymentJson {
  const { requestedAt, paidAt, refunds, tries, ...rest } = payment;
  return {
    ...rest, requestedAt: requestedAt.toISOString(), ...(paidAt ? { paidAt: paidAt.toISOString() } : {}),
    tries: tries.map(({ begunAt, finishedAt, ...one }) => ({ ...one, begunAt: begunAt.toISOString(), ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}) })),
    refunds: refunds.map(({ requestedAt: at, finishedAt, ...refund }) => ({ ...refund, requestedAt: at.toISOString(), ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}) })),
  };
}

/** Reads a payment from the wire; fields that this version does not know stay where they are. @public @throws Unavailable when it is not a payment */
export function paymentFromJson(value: unknown): Payment {
  if (!isPaymentJson(value)) throw new Unavailable('The payments service answered with something that is not a payment.');
  const { requestedAt, paidAt, refunds, tries, ...rest } = value;
  return {
    ...rest, requestedAt: new Date(requestedAt), ...(paidAt ? { paidAt: new Date(paidAt) } : {}),
    tries: tries.map(({ begunAt, finishedAt, ...one }) => ({ ...one, begunAt: new Date(begunAt), ...(finishedAt ? { finishedAt: new Date(finishedAt) } : {}) })),
    refunds: refunds.map(({ requestedAt: at, finishedAt, ...refund }) => ({ ...refund, requestedAt: new Date(at), ...(finishedAt ? { finishedAt: new Date(finishedAt) } : {}) })),
  };
}

/** @public */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPaymentJson(value: unknown): value is PaymentJson {
  return isRecord(value) && typeof value.paymentId === 'string' && typeof value.reference === 'string' && typeof value.state === 'string' && value.state in PAYMENT_STATES
    && [value.amountInPence, value.refundedInPence, value.refundableInPence, value.surplusInPence, value.attempts].every(Number.isSafeInteger) && isInstant(value.requestedAt)
    && (value.paidAt === undefined || isInstant(value.paidAt)) && Array.isArray(value.lines) && isRecord(value.subject) && isRecord(value.description)
    && Array.isArray(value.tries) && value.tries.every((one: unknown) => isRecord(one) && Number.isSafeInteger(one.number) && typeof one.state === 'string' && one.state in ATTEMPT_STATES && isInstant(one.begunAt) && (one.finishedAt === undefined || isInstant(one.finishedAt)))
    && Array.isArray(value.refunds) && value.refunds.every((refund: unknown) => isRecord(refund) && typeof refund.state === 'string' && refund.state in REFUND_STATES && isInstant(refund.requestedAt) && (refund.finishedAt === undefined || isInstant(refund.finishedAt)));
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
