import type { SettledItem, SettlementPage, SettlementPeriod } from '@guildhall/payments-contract';
import type Stripe = require('stripe');
import { idOf, record } from './read-answers';
import type { StripeClient } from './stripe.client';
import { notTheApi } from './stripe.client';

/** Each of them needs a question of its own to find its session. */
const TO_A_PAGE = 25;

/**
 * What the council's bank statement of some days should show: all that is in the payouts that arrived on them, with what Stripe kept of each (API reference, "Payouts" and "Balance transactions").
 * A page is part of one payout; payouts come newest first. When the last of a payout has been read, what was listed must be what was paid out: what is not is listed too, as `unlisted`.
 * @param period.after `po_….txn_….-1250`, the payout, the last transaction read of it and what those read so far come to; `po_…..0` when all of it was read
 */
export async function settlements(client: StripeClient, { from, before, after }: SettlementPeriod): Promise<SettlementPage> {
  const [, payoutRead, transactionRead, sumRead] = /^(po_[A-Za-z0-9_]{1,100})\.(txn_[A-Za-z0-9_]{1,100})?\.(-?\d{1,15})$/.exec(after ?? '') ?? [];
  const payout = payoutRead && transactionRead ? await client.call('settlements', (stripe) => stripe.payouts.retrieve(payoutRead)) : await nextPayout(client, from, before, payoutRead);
  if (!payout) return { items: [] };
  if (!Number.isSafeInteger(payout.amount) || payout.currency !== 'gbp') throw notTheApi();
  const settledOn = new Date(payout.arrival_date * 1000).toISOString().slice(0, 10);
  const page = await client.call('settlements', (stripe) => stripe.balanceTransactions.list({ payout: payout.id, limit: TO_A_PAGE, expand: ['data.source'], ...(transactionRead ? { starting_after: transactionRead } : {}) }));
  const items: SettledItem[] = [];
  // The payout itself is on its own list.
  for (const transaction of page.data) if (transaction.type !== 'payout') items.push(await settledItem(client, transaction, settledOn, payout.id));
  const sum = items.reduce((total, item) => total + broughtBy(item), transactionRead ? Number(sumRead) : 0);
  const last = page.has_more ? page.data.at(-1)?.id : undefined;
  if (last === undefined && sum !== payout.amount) items.push({ kind: 'other', providerPaymentId: payout.id, movement: { id: payout.id, what: 'unlisted' }, amountInPence: payout.amount - sum, settledOn, settlementId: payout.id });
  return { items: ORDER.flatMap((kind) => items.filter((item) => item.kind === kind)), next: last === undefined ? `${payout.id}..0` : `${payout.id}.${last}.${sum}` };
}

async function nextPayout(client: StripeClient, from: string, before: string, read: string | undefined): Promise<Stripe.Payout | undefined> {
  const page = await client.call('settlements', (stripe) => stripe.payouts.list({ status: 'paid', limit: 1, arrival_date: { gte: midnight(from), lt: midnight(before) }, ...(read ? { starting_after: read } : {}) }));
  return page.data[0];
}

async function settledItem(client: StripeClient, transaction: Stripe.BalanceTransaction, settledOn: string, settlementId: string): Promise<SettledItem> {
  const kind = kindOf(transaction);
  const sourceId = idOf(transaction.source);
  if (!Number.isSafeInteger(transaction.amount) || transaction.currency !== 'gbp' || (kind !== 'other' && sourceId === undefined)) throw notTheApi();
  const fee = Number.isSafeInteger(transaction.fee) ? transaction.fee : 0;
  const intentId = idOf(record(transaction.source).payment_intent);
  const session = intentId === undefined ? undefined : (await client.call('settlements', (stripe) => stripe.checkout.sessions.list({ payment_intent: intentId, limit: 1 }))).data[0];
  // What was not paid by a session is on the bank statement too; a dispute is a charge's, where it is no intent's.
  const providerPaymentId = session?.id ?? intentId ?? (kind === 'other' ? transaction.id : sourceId) ?? transaction.id;
  const [amountInPence, feeInPence] = OWN_CHARGES.includes(transaction.type) ? [0, fee - transaction.amount] : [kind === 'other' ? transaction.amount : Math.abs(transaction.amount), fee];
  return {
    kind, providerPaymentId, ...(kind === 'refund' && sourceId ? { providerRefundId: sourceId } : {}), ...(kind === 'other' ? { movement: { id: transaction.id, what: whatOf(transaction) } } : {}),
    ...(session?.client_reference_id ? { reference: session.client_reference_id } : {}), amountInPence, feeInPence, settledOn, settlementId,
  };
}

/** A charge or refund that goes the other way than such things go is neither. */
function kindOf({ type, amount }: Stripe.BalanceTransaction): SettledItem['kind'] {
  const kind = KINDS[type] ?? 'other';
  return kind === 'payment' && amount < 0 || kind === 'refund' && amount > 0 ? 'other' : kind;
}
/** Stripe's reporting category says more than its type, of which a dispute and what was won back of it have the same. */
function whatOf({ reporting_category: category, type }: Stripe.BalanceTransaction): string { return [category, type].find((word) => /^[a-z][a-z_]{0,59}$/.test(word)) ?? 'unnamed'; }
/** What an item adds to a payout. */
function broughtBy({ kind, amountInPence, feeInPence = 0 }: SettledItem): number { return (kind === 'refund' ? -amountInPence : amountInPence) - feeInPence; }

/** `payment` is what a charge is called that was not made by card. */
const KINDS: Readonly<Record<string, 'payment' | 'refund' | undefined>> = { charge: 'payment', payment: 'payment', refund: 'refund', payment_refund: 'refund' };
/** What Stripe takes for the account itself: a fee of nothing in particular. */
const OWN_CHARGES: readonly string[] = ['stripe_fee', 'stripe_fx_fee', 'tax_fee', 'network_cost'];
const ORDER = ['payment', 'refund', 'other'] as const;
function midnight(day: string): number { return Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000); }
