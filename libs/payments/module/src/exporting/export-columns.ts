import type { Language } from '@guildhall/kernel-contract';

/** Where money is in the ledger. @public */
export type LedgerAccount = 'at-provider' | 'income' | 'vat' | 'owed-to-payers' | 'cash-at-counter' | 'cheques-at-counter' | 'card-terminal' | 'paid-by-finance';

/**
 * What a column of the export holds.
 * - `day` 2026-11-27 and `bookedAt` 2026-11-27T14:03:00Z, when the entry was booked
 * - `journal`, `entry`: the journal's id, and the number of the entry in it; the entries of a journal come to nothing
 * - `kind`: payment, refund, surplus (money on top, or too late) or surplus-refund
 * - `account`; `code`, the finance system's: the fee's own ledger code for income, and for the other accounts what the council says
 * - `vatRate` of the fee; `fee`, its title; `reference` and `description` of the payment; `provider`, `providerPaymentId`; of money that was taken over the counter `counter.cash`, `counter.cheque` or `counter.card-terminal`, and the receipt's number
 * - `amount` in pounds, 12.50: debits positive, credits negative; `debit` and `credit` the same without a sign, empty on the other side; `pence`, the amount in pence
 * @public
 */
export type ExportValue = 'day' | 'bookedAt' | 'journal' | 'entry' | 'kind' | 'account' | 'code' | 'vatRate' | 'fee' | 'reference' | 'description' | 'provider' | 'providerPaymentId' | 'amount' | 'debit' | 'credit' | 'pence';

/** A column of the export: its heading, and what it holds. @public */
export interface ExportColumn { readonly heading: string; readonly value: ExportValue | { readonly constant: string } }

/** How a council's finance system wants the ledger. @public */
export interface LedgerExportOptions {
  /** In this order; every value under its own name unless told. */
  readonly columns?: readonly ExportColumn[];
  /** The finance system's codes of the accounts that are not a fee's income: `{ 'at-provider': 'B1000', vat: 'V2000', 'owed-to-payers': 'C3000', 'cash-at-counter': 'B2000', 'paid-by-finance': 'C3100' }`. */
  readonly codes?: Readonly<Partial<Record<Exclude<LedgerAccount, 'income'>, string>>>;
}

/** An entry of the ledger with what it belongs to. */
export interface ExportedEntry {
  readonly journal_id: string;
  readonly number: number;
  readonly kind: string;
  readonly booked_at: Date;
  /** The same, as exactly as the database has it. */
  readonly place: string;
  readonly account: LedgerAccount;
  readonly detail: string;
  readonly amount_in_pence: string;
  readonly vat_rate: string | null;
  readonly fee_en: string | null;
  readonly fee_cy: string | null;
  readonly reference: string;
  readonly description_en: string;
  readonly description_cy: string;
  readonly provider: string;
  readonly provider_payment_id: string | null;
  readonly receipt_number: number | null;
}

const ALL: readonly ExportValue[] = ['day', 'bookedAt', 'journal', 'entry', 'kind', 'account', 'code', 'vatRate', 'fee', 'reference', 'description', 'provider', 'providerPaymentId', 'debit', 'credit', 'amount'];
const DEFAULT_COLUMNS: readonly ExportColumn[] = ALL.map((value) => ({ heading: value, value }));

/** A row of the export for each entry, and its headings. */
export function columnsOf({ columns = DEFAULT_COLUMNS, codes = {} }: LedgerExportOptions, day: string, language: Language): { readonly headings: readonly string[]; readonly row: (entry: ExportedEntry) => readonly string[] } {
  const cell = (value: ExportColumn['value'], entry: ExportedEntry): string => {
    if (typeof value === 'object') return value.constant;
    const pence = Number(entry.amount_in_pence);
    switch (value) {
      case 'day': return day;
      case 'bookedAt': return entry.booked_at.toISOString().replace(/\.\d{3}Z$/, 'Z');
      case 'journal': return entry.journal_id;
      case 'entry': return String(entry.number);
      case 'kind': return entry.kind;
      case 'account': return entry.account;
      case 'code': return asText(entry.account === 'income' ? entry.detail : (codes[entry.account] ?? entry.account));
      case 'vatRate': return entry.vat_rate ?? '';
      case 'fee': return asText((language === 'cy' ? entry.fee_cy : entry.fee_en) ?? '');
      case 'reference': return asText(entry.reference);
      case 'description': return asText(language === 'cy' ? entry.description_cy : entry.description_en);
      case 'provider': return entry.provider;
      case 'providerPaymentId': return asText(entry.provider_payment_id ?? '');
      case 'amount': return pounds(pence);
      case 'debit': return pence > 0 ? pounds(pence) : '';
      case 'credit': return pence < 0 ? pounds(-pence) : '';
      case 'pence': return String(pence);
    }
  };
  return { headings: columns.map(({ heading }) => heading), row: (entry) => columns.map(({ value }) => cell(value, entry)) };
}

/** Pounds without a thousands separator, by whole numbers only: 1250 is 12.50. */
function pounds(pence: number): string {
  const whole = Math.abs(pence);
  return `${pence < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}

/** Words that a spreadsheet would take for a formula are marked as text (OWASP, "CSV Injection"); amounts are made by us and may begin with a minus. */
function asText(words: string): string {
  return /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(words) ? `'${words}` : words;
}
