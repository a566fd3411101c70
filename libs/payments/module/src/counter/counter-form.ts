import type { FormBody } from '@guildhall/kernel';
import { penceIn } from '@guildhall/payments-pages';
import type { CounterMeans, PayBackMeans } from './means';
import { COUNTER_MEANS, PAY_BACK_MEANS } from './means';

/** What an officer filled in at the counter. */
export interface CounterForm {
  readonly receiptId: string;
  readonly amountInPence: number;
  readonly means?: CounterMeans;
  readonly slip: string;
}
/** What an officer filled in about money that has gone back after its day. */
export interface PayBackForm {
  readonly refundId: string;
  readonly amount: string;
  /** Pence, when the amount is one. */
  readonly amountInPence?: number;
  readonly availableInPence: number;
  readonly means?: PayBackMeans;
  readonly number: string;
  readonly reason: string;
}
export interface PayBackMistake { readonly field: 'amount' | 'means' | 'number' | 'reason'; readonly key: 'amountMissing' | 'amountTooMuch' | 'meansMissing' | 'numberWrong' | 'reasonMissing' | 'reasonTooLong' }
/** A mistake, by the key of its message. */
export interface CounterMistake { readonly field: 'means' | 'slip' | 'reason' | 'reference'; readonly key: 'meansMissing' | 'slipWrong' | 'reasonMissing' | 'reasonTooLong' | 'referenceMissing' | 'referenceUnknown' }

/** Reads the form, and says what is wrong with it. */
export function readCounterForm(body: FormBody): { readonly form: CounterForm; readonly mistakes: readonly CounterMistake[] } {
  const means = COUNTER_MEANS.find((one) => one === body['means']);
  const slip = textOf(body, 'slip').trim();
  const amountInPence = Number(textOf(body, 'amountInPence'));
  return {
    form: { receiptId: textOf(body, 'receiptId'), amountInPence: Number.isSafeInteger(amountInPence) ? amountInPence : 0, ...(means ? { means } : {}), slip },
    mistakes: [...(means ? [] : [{ field: 'means' as const, key: 'meansMissing' as const }]), ...(isNumber(slip) ? [] : [{ field: 'slip' as const, key: 'slipWrong' as const }])],
  };
}

/** Why a receipt is reversed. */
export function readReason(body: FormBody): { readonly reason: string; readonly mistakes: readonly { readonly field: 'reason'; readonly key: 'reasonMissing' | 'reasonTooLong' }[] } {
  const reason = textOf(body, 'reason').trim();
  return { reason, mistakes: reason === '' ? [{ field: 'reason', key: 'reasonMissing' }] : reason.length > 500 ? [{ field: 'reason', key: 'reasonTooLong' }] : [] };
}

/** Reads the form of what has gone back after its day. @param allowed those by which this money can go back */
export function readPayBackForm(body: FormBody, allowed: readonly PayBackMeans[]): { readonly form: PayBackForm; readonly mistakes: readonly PayBackMistake[] } {
  const amount = textOf(body, 'amount');
  const amountInPence = penceIn(amount);
  const available = Number(textOf(body, 'availableInPence'));
  const availableInPence = Number.isSafeInteger(available) ? available : 0;
  const means = allowed.find((one) => one === body['means']);
  const number = textOf(body, 'number').trim();
  const { reason, mistakes } = readReason(body);
  return {
    form: { refundId: textOf(body, 'refundId'), amount, ...(amountInPence === undefined ? {} : { amountInPence }), availableInPence, ...(means ? { means } : {}), number, reason },
    mistakes: [
      ...(amountInPence === undefined ? [{ field: 'amount' as const, key: 'amountMissing' as const }] : amountInPence > availableInPence ? [{ field: 'amount' as const, key: 'amountTooMuch' as const }] : []),
      ...(means ? [] : [{ field: 'means' as const, key: 'meansMissing' as const }]), ...(isNumber(number) ? [] : [{ field: 'number' as const, key: 'numberWrong' as const }]), ...mistakes,
    ],
  };
}

/** Money that came by a card at the terminal may go back to that card; what came otherwise has none. */
export function payBackMeansFor(means: CounterMeans): readonly PayBackMeans[] { return PAY_BACK_MEANS.filter((one) => one !== 'card-terminal' || means === 'card-terminal'); }

function isNumber(text: string): boolean { return /^[A-Za-z0-9 /-]{0,30}$/.test(text); }
function textOf(body: FormBody, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
