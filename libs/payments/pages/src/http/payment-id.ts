import { NotFound, isGuildhallError } from '@guildhall/kernel-contract';
import type { PaymentId } from '@guildhall/payments-contract';
import { paymentId } from '@guildhall/payments-contract';

/** The id in an address. @public @throws NotFound when it cannot be one: nothing is there */
export function paymentIdIn(text: string): PaymentId {
  try { return paymentId(text); } catch (error) {
    if (isGuildhallError(error)) throw new NotFound('There is no such payment.');
    throw error;
  }
}
