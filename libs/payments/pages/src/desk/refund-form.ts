import type { FormBody } from '@guildhall/kernel';
import type { FieldError } from '@guildhall/kernel-contract';

/** What an officer typed about money to pay back. */
export interface RefundForm {
  readonly amount: string;
  readonly reason: string;
  /** Pence, when the amount is one. */
  readonly amountInPence?: number;
  /** Made with the form: pressing twice pays back once. */
  readonly refundId: string;
  readonly availableInPence: number;
}
/** A mistake, by the key of its message. */
export interface RefundMistake { readonly field: FieldError['field']; readonly key: 'amountMissing' | 'amountTooMuch' | 'reasonMissing' | 'reasonTooLong' }

/** `£1,234.50`, `12.5` or `12` as pence; nothing when it is no amount of money. @public */
export function penceIn(typed: string): number | undefined {
  const [, pounds, pence = ''] = /^£?\s*((?:\d{1,3}(?:,\d{3})+)|\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim()) ?? [];
  if (pounds === undefined) return undefined;
  const amount = Number(pounds.replaceAll(',', '')) * 100 + Number(pence.padEnd(2, '0'));
  return amount > 0 ? amount : undefined;
}

/** Reads the form, and says what is wrong with it. */
export function readRefundForm(body: FormBody): { readonly form: RefundForm; readonly mistakes: readonly RefundMistake[] } {
  const text = (name: string): string => { const value = body[name]; return typeof value === 'string' ? value : ''; };
  const amount = text('amount');
  const reason = text('reason').trim();
  const amountInPence = penceIn(amount);
  const availableInPence = Number(text('availableInPence'));
  const form: RefundForm = { amount, reason, ...(amountInPence === undefined ? {} : { amountInPence }), refundId: text('refundId'), availableInPence: Number.isSafeInteger(availableInPence) ? availableInPence : 0 };
  return {
    form,
    mistakes: [
      ...(amountInPence === undefined ? [{ field: 'amount', key: 'amountMissing' as const }] : amountInPence > form.availableInPence ? [{ field: 'amount', key: 'amountTooMuch' as const }] : []),
      ...(reason === '' ? [{ field: 'reason', key: 'reasonMissing' as const }] : reason.length > 500 ? [{ field: 'reason', key: 'reasonTooLong' as const }] : []),
    ],
  };
}

/** Where an officer came from: a page of the desk, and nowhere else. @public */
export function deskPath(from: unknown): string | undefined {
  return typeof from === 'string' && /^\/desk\/[A-Za-z0-9/?=&.-]{0,200}$/.test(from) && !from.includes('//') ? from : undefined;
}
