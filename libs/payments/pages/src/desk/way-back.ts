import type { Payment } from '@guildhall/payments-contract';
import { REFUND_STATES } from '@guildhall/payments-contract';

/** How money of a payment goes back, for whoever looks at the case. */
export interface WayBack {
  /** Written down or sent, and not there yet. */
  readonly comingInPence: number;
  /** There. */
  readonly doneInPence: number;
  readonly isAllDone: boolean;
  /** The newest refund failed, and nothing has made up for it since: somebody has to do something. */
  readonly failedInPence: number;
}

export function wayBackOf({ amountInPence, refunds }: Pick<Payment, 'amountInPence' | 'refunds'>): WayBack {
  const own = refunds.filter((refund) => !refund.isOfSurplus);
  const sum = (list: typeof own): number => list.reduce((total, refund) => total + refund.amountInPence, 0);
  const newest = own.at(-1);
  const doneInPence = sum(own.filter(({ state }) => state === 'succeeded'));
  return { comingInPence: sum(own.filter(({ state }) => REFUND_STATES[state].isOpen)), doneInPence, isAllDone: doneInPence === amountInPence, failedInPence: newest?.state === 'failed' ? newest.amountInPence : 0 };
}
