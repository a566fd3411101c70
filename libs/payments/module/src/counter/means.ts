import type { RequestContext } from '@guildhall/kernel-contract';
import type { LedgerAccount } from '../exporting/export-columns';

/** How money comes over a counter. */
export const COUNTER_MEANS = ['cash', 'cheque', 'card-terminal'] as const;
export type CounterMeans = (typeof COUNTER_MEANS)[number];

/** What stands in the place of a provider for money that came so. No provider's id begins like this: those have the capability's name before the dot. */
export function counterOf(means: CounterMeans): string { return `counter.${means}`; }

/** How an attempt's money came over the counter; nothing when a provider took it. */
export function meansOf(provider: string): CounterMeans | undefined {
  return COUNTER_MEANS.find((means) => counterOf(means) === provider);
}

/** How money from a counter goes back after its day: the finance team sends it, or the terminal puts it back on the card. */
export const PAY_BACK_MEANS = ['bank-transfer', 'cheque', 'card-terminal'] as const;
export type PayBackMeans = (typeof PAY_BACK_MEANS)[number];

const ACCOUNTS: Readonly<Record<CounterMeans, LedgerAccount>> = { cash: 'cash-at-counter', cheque: 'cheques-at-counter', 'card-terminal': 'card-terminal' };

/** The account in which money is that came so, and whose it is. */
export function accountOf(provider: string): { readonly account: LedgerAccount; readonly detail: string } {
  const means = meansOf(provider);
  return means ? { account: ACCOUNTS[means], detail: 'counter' } : { account: 'at-provider', detail: provider };
}

/** The account out of which money goes back after its day. The till is closed and the cheque is banked: the finance system pays it and clears the account; only a terminal takes it off what it still has for us. */
export function accountOfPayBack(means: PayBackMeans): { readonly account: LedgerAccount; readonly detail: string } {
  return means === 'card-terminal' ? accountOf(counterOf(means)) : { account: 'paid-by-finance', detail: means };
}

/** Every account in which money is until the bank has it, and that out of which the finance system pays. */
export const MONEY_ACCOUNTS: readonly LedgerAccount[] = ['at-provider', ...Object.values(ACCOUNTS), 'paid-by-finance'];

/** A receipt's number as it is printed and read aloud: `RB-C000017`. */
export function receiptNumberText(prefix: string, number: number): string { return `${prefix}-C${String(number).padStart(6, '0')}`; }

/** The number on the receipt of a payment that was paid at the counter. */
export function receiptNumberOf(ctx: RequestContext, { attempts }: { readonly attempts: readonly { readonly money: string; readonly receiptNumber?: number }[] }): string | undefined {
  const number = attempts.find(({ money }) => money === 'booked')?.receiptNumber;
  return number === undefined ? undefined : receiptNumberText(ctx.council.referencePrefix, number);
}
