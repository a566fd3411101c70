import type { SettledItem, SettlementPage, SettlementPeriod } from '@guildhall/payments-contract';
import type Stripe = require('stripe');
import { idOf, isPence, record } from './read-answers';
import type { StripeClient } from './stripe.client';
import { notTheApi } from './stripe.client';

/** Each of them needs a question of its own to find its session. */
const TO_A_PAGE = 25;

/**
 * What the council's bank statement of some days should show: the charges and refunds in the payouts that arrived on them, with what Stripe kept of each (API reference, "Payouts" and "Balance transactions").
 * A page is part of one payout; payouts come newest first. What else is in a payout (Stripe's own fees, disputes, refunds that came back) is not a payment's and stands in Stripe's payout report.
 * @param period.after `po_….txn_…`, the payout and the last transaction read of it; `po_….` when all of it was read
 */
export async function settlements(client: StripeClient, { from, before, after }: SettlementPeriod): Promise<SettlementPage> {
  const [, payoutRead, transactionRead] = /^(po_[A-Za-z0-9_]{1,100})\.(txn_[A-Za-z0-9_]{1,100})?$/.exec(after ?? '') ?? [];
  const payout = payoutRead && transactionRead ? await client.call('settlements', (stripe) => stripe.payouts.retrieve(payoutRead)) : await nextPayout(client, from, before, payoutRead);
  if (!payout) return { items: [] };
  const settledOn = new Date(payout.arrival_date * 1000).toISOString().slice(0, 10);
  const page = await client.call('settlements', (stripe) => stripe.balanceTransactions.list({ payout: payout.id, limit: TO_A_PAGE, expand: ['data.source'], ...(transactionRead ? { starting_after: transactionRead } : {}) }));
  const items: SettledItem[] = [];
  for (const transaction of page.data) {
    const item = await settledItem(client, transaction, settledOn, payout.id);
    if (item) items.push(item);
  }
  const last = page.has_more ? page.data.at(-1)?.id : undefined;
  return { items: [...items.filter(({ kind }) => kind === 'payment'), ...items.filter(({ kind }) => kind === 'refund')], next: `${payout.id}.${last ?? ''}` };
}

async function nextPayout(client: StripeClient, from: string, before: string, read: string | undefined): Promise<Stripe.Payout | undefined> {
  const page = await client.call('settlements', (stripe) => stripe.payouts.list({ status: 'paid', limit: 1, arrival_date: { gte: midnight(from), lt: midnight(before) }, ...(read ? { starting_after: read } : {}) }));
  return page.data[0];
}

async function settledItem(client: StripeClient, transaction: Stripe.BalanceTransaction, settledOn: string, settlementId: string): Promise<SettledItem | undefined> {
  const kind = KINDS[transaction.type];
  const source = record(transaction.source);
  if (!kind) return undefined;
  const intentId = idOf(source.payment_intent);
  const amountInPence = Math.abs(transaction.amount);
  const sourceId = idOf(transaction.source);
  if (!isPence(amountInPence) || transaction.currency !== 'gbp' || sourceId === undefined) throw notTheApi();
  const session = intentId === undefined ? undefined : (await client.call('settlements', (stripe) => stripe.checkout.sessions.list({ payment_intent: intentId, limit: 1 }))).data[0];
  return {
    // What was not paid by a session is on the bank statement too.
    kind, providerPaymentId: session?.id ?? intentId ?? sourceId, ...(kind === 'refund' ? { providerRefundId: sourceId } : {}), ...(session?.client_reference_id ? { reference: session.client_reference_id } : {}),
    amountInPence, ...(isPence(transaction.fee) ? { feeInPence: transaction.fee } : {}), settledOn, settlementId,
  };
}

/** `payment` is what a charge is called that was not made by card. */
const KINDS: Readonly<Record<string, 'payment' | 'refund' | undefined>> = { charge: 'payment', payment: 'payment', refund: 'refund', payment_refund: 'refund' };
function midnight(day: string): number { return Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000); }
