import { extensionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Payment } from '@guildhall/payments-contract';
import type { MoreOfPayment, PaymentShown } from './page-settings';
import { PAYMENT_PAGES } from './page-settings';

/** What the module behind the pages knows of a payment besides the standard; nothing when it knows no more. */
export async function moreOf(ctx: RequestContext, payment: Payment, shown: PaymentShown): Promise<MoreOfPayment> {
  return (await extensionsOf(ctx, PAYMENT_PAGES)[0]?.moreOf?.(ctx, payment, shown)) ?? {};
}

/** Its facts, as rows of the summary list in which the standard's stand. */
export function factRows({ facts = [] }: MoreOfPayment): readonly object[] {
  return facts.map(({ title, text, isNumber }) => ({ key: { text: title }, value: { text, ...(isNumber ? { classes: 'gh-reference' } : {}) } }));
}
