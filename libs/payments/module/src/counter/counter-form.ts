import type { FormBody } from '@guildhall/kernel';
import type { CounterMeans } from './means';
import { COUNTER_MEANS } from './means';

/** What an officer filled in at the counter. */
export interface CounterForm {
  readonly receiptId: string;
  readonly amountInPence: number;
  readonly means?: CounterMeans;
  readonly slip: string;
}
/** A mistake, by the key of its message. */
export interface CounterMistake { readonly field: 'means' | 'slip' | 'reason' | 'reference'; readonly key: 'meansMissing' | 'slipWrong' | 'reasonMissing' | 'reasonTooLong' | 'referenceMissing' | 'referenceUnknown' }

/** Reads the form, and says what is wrong with it. */
export function readCounterForm(body: FormBody): { readonly form: CounterForm; readonly mistakes: readonly CounterMistake[] } {
  const means = COUNTER_MEANS.find((one) => one === body['means']);
  const slip = textOf(body, 'slip').trim();
  const amountInPence = Number(textOf(body, 'amountInPence'));
  return {
    form: { receiptId: textOf(body, 'receiptId'), amountInPence: Number.isSafeInteger(amountInPence) ? amountInPence : 0, ...(means ? { means } : {}), slip },
    mistakes: [...(means ? [] : [{ field: 'means' as const, key: 'meansMissing' as const }]), ...(/^[A-Za-z0-9 /-]{0,30}$/.test(slip) ? [] : [{ field: 'slip' as const, key: 'slipWrong' as const }])],
  };
}

/** Why a receipt is reversed. */
export function readReason(body: FormBody): { readonly reason: string; readonly mistakes: readonly CounterMistake[] } {
  const reason = textOf(body, 'reason').trim();
  return { reason, mistakes: reason === '' ? [{ field: 'reason', key: 'reasonMissing' }] : reason.length > 500 ? [{ field: 'reason', key: 'reasonTooLong' }] : [] };
}

function textOf(body: FormBody, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
