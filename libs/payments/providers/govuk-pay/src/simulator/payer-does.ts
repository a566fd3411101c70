import type { PayCode, PayStatus } from './kept-payment';

/** What a payer, their bank or the clock can do to a payment. `submit`: the card is in and nobody has decided. @public */
export type PayerDoes = 'open' | 'submit' | 'succeed' | 'decline' | 'cancel' | 'expire' | 'error';

/** Where each leads, in the API's words. */
export const PAYER_DOES: Readonly<Record<PayerDoes, { readonly status: PayStatus; readonly code?: PayCode }>> = {
  open: { status: 'started' }, submit: { status: 'submitted' }, succeed: { status: 'success' }, decline: { status: 'failed', code: 'P0010' },
  cancel: { status: 'failed', code: 'P0030' }, expire: { status: 'failed', code: 'P0020' }, error: { status: 'error', code: 'P0050' },
};

/** @throws RangeError when nobody does such a thing */
export function payerDoes(text: string): PayerDoes {
  if (!(text in PAYER_DOES)) throw new RangeError(`Nobody does "${text}" here. Known: ${Object.keys(PAYER_DOES).join(', ')}.`);
  return text as PayerDoes;
}
