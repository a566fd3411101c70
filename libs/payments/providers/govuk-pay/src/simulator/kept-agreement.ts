import type { UsedCard } from './kept-payment';

/** The words of the API for where an agreement stands. `inactive`: the bank said that its card may not be used again. */
export type AgreementStatus = 'created' | 'active' | 'cancelled' | 'inactive';
/** What the bank says to the next payments of an agreement. `not-now`: another may be tried; `never`: none may, and the agreement is inactive from then on. @public */
export type BankSays = 'yes' | 'not-now' | 'never' | 'error';
export const BANK_SAYS: readonly BankSays[] = ['yes', 'not-now', 'never', 'error'];

/** @throws RangeError when no bank says such a thing */
export function bankSays(text: string): BankSays {
  const says = BANK_SAYS.find((one) => one === text);
  if (!says) throw new RangeError(`No bank says "${text}" here. Known: ${BANK_SAYS.join(', ')}.`);
  return says;
}

/** What a service asked for, checked. */
export interface AgreementOrder { readonly reference: string; readonly description: string; readonly userIdentifier?: string }

/** An agreement for recurring payments as it is kept. */
export interface KeptAgreement {
  readonly id: string;
  readonly account: string;
  readonly order: AgreementOrder;
  readonly createdAt: Date;
  status: AgreementStatus;
  bankSays: BankSays;
  /** The card that the payment which set it up saved. */
  instrument?: { readonly card: UsedCard; readonly createdAt: Date };
  cancelledAt?: Date;
}
