import type { TransactionContext } from '@guildhall/kernel-contract';
import { sql } from '@guildhall/kernel';
import { shareOut, vatIn } from '@guildhall/payments-contract';
import type { VatRate } from '@guildhall/payments-contract';
import type { PayBackMeans } from '../counter/means';
import { accountOf, accountOfPayBack } from '../counter/means';
import type { LedgerAccount } from '../exporting/export-columns';
import type { StoredAttempt, StoredPayment, StoredRefund } from '../keeping/stored-payment';

/** One side of a journal: debits are positive, credits negative. */
export interface LedgerEntry { readonly account: LedgerAccount; readonly detail: string; readonly line?: number; readonly amountInPence: number }
/** A fee and what of it has been paid back so far. */
export interface RefundedLine { readonly number: number; readonly amountInPence: number; readonly vatRate: VatRate; readonly ledgerCode: string; readonly refundedInPence: number }

/** Money for what it was meant for: at the provider or in the till, and earned under each fee's code, with its VAT owed. */
export function entriesOfPayment(provider: string, lines: readonly Omit<RefundedLine, 'refundedInPence'>[]): readonly LedgerEntry[] {
  const total = lines.reduce((sum, line) => sum + line.amountInPence, 0);
  return [
    { ...accountOf(provider), amountInPence: total },
    ...lines.flatMap((line) => earned(line, -line.amountInPence, -vatIn(line.amountInPence, line.vatRate))),
  ];
}

/** Money paid back, taken from every fee in proportion to what is left of it; its VAT is what the fee's VAT falls by. */
export function entriesOfRefund(provider: string, lines: readonly RefundedLine[], amountInPence: number, paidBackBy?: PayBackMeans): readonly LedgerEntry[] {
  const shares = shareOut(amountInPence, lines.map((line) => line.amountInPence - line.refundedInPence));
  return [
    { ...(paidBackBy ? accountOfPayBack(paidBackBy) : accountOf(provider)), amountInPence: -amountInPence },
    ...lines.flatMap((line, index) => {
      const share = shares[index] ?? 0;
      const left = line.amountInPence - line.refundedInPence;
      return earned(line, share, vatIn(left, line.vatRate) - vatIn(left - share, line.vatRate));
    }),
  ];
}

function earned(line: { readonly number: number; readonly ledgerCode: string; readonly vatRate: VatRate }, gross: number, vat: number): readonly LedgerEntry[] {
  const entries: readonly LedgerEntry[] = [{ account: 'income', detail: line.ledgerCode, line: line.number, amountInPence: gross - vat }, { account: 'vat', detail: line.vatRate, line: line.number, amountInPence: vat }];
  return entries.filter((entry) => entry.amountInPence !== 0);
}

/** Books an attempt's money. The ledger has one journal per attempt: booking twice is refused by the database. */
export async function bookAttempt(tx: TransactionContext, journalId: string, payment: StoredPayment, attempt: StoredAttempt, at: Date): Promise<void> {
  const isSurplus = attempt.money === 'surplus';
  await book(tx, { journalId, kind: isSurplus ? 'surplus' : 'payment', paymentId: payment.paymentId, attempt: attempt.number, at }, isSurplus
    ? [{ account: 'at-provider', detail: attempt.provider, amountInPence: attempt.takenInPence }, { account: 'owed-to-payers', detail: attempt.provider, amountInPence: -attempt.takenInPence }]
    : entriesOfPayment(attempt.provider, payment.lines));
}

/** Books money that went back. The ledger has one journal per refund. */
export async function bookRefund(tx: TransactionContext, journalId: string, payment: StoredPayment, attempt: StoredAttempt, refund: Pick<StoredRefund, 'refundId' | 'amountInPence' | 'isOfSurplus' | 'paidBackBy'>, at: Date): Promise<void> {
  const { refundId, amountInPence, isOfSurplus, paidBackBy } = refund;
  await book(tx, { journalId, kind: isOfSurplus ? 'surplus-refund' : 'refund', paymentId: payment.paymentId, attempt: attempt.number, refundId, at }, isOfSurplus
    ? [{ account: 'at-provider', detail: attempt.provider, amountInPence: -amountInPence }, { account: 'owed-to-payers', detail: attempt.provider, amountInPence }]
    : entriesOfRefund(attempt.provider, await refundedLines(tx, payment), amountInPence, paidBackBy));
}

async function refundedLines(tx: TransactionContext, payment: StoredPayment): Promise<readonly RefundedLine[]> {
  const rows = await sql<{ line: number; refunded: string }>(tx, `
    select e.line, sum(e.amount_in_pence) as refunded from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id
    where j.council_id = $1 and j.payment_id = $2 and j.kind = 'refund' and e.line is not null group by e.line`, [tx.council.id, payment.paymentId]);
  const refunded = new Map(rows.map((row) => [row.line, Number(row.refunded)]));
  return payment.lines.map((line) => ({ ...line, refundedInPence: refunded.get(line.number) ?? 0 }));
}

async function book(tx: TransactionContext, journal: { readonly journalId: string; readonly kind: string; readonly paymentId: string; readonly attempt: number; readonly refundId?: string; readonly at: Date }, entries: readonly LedgerEntry[]): Promise<void> {
  await sql(tx, 'insert into payments.journal (council_id, journal_id, kind, payment_id, attempt, refund_id, booked_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.council.id, journal.journalId, journal.kind, journal.paymentId, journal.attempt, journal.refundId ?? null, journal.at]);
  await sql(tx, `insert into payments.ledger_entry (council_id, journal_id, number, account, detail, line, amount_in_pence)
    select $1, $2, number, account, detail, line, amount from unnest($3::text[], $4::text[], $5::smallint[], $6::bigint[]) with ordinality as entry (account, detail, line, amount, number)`,
    [tx.council.id, journal.journalId, entries.map((entry) => entry.account), entries.map((entry) => entry.detail), entries.map((entry) => entry.line ?? null), entries.map((entry) => entry.amountInPence)]);
}
