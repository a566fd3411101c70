import { migration } from '@guildhall/kernel';

/** Money from the counter that went back after its day: by what, and under which number it is found there. */
export const payBackLater = migration('005-paid-back-later', `
  alter table payments.refund add column paid_back_by text check (paid_back_by in ('bank-transfer', 'cheque', 'card-terminal'));
  -- Of the payment run, on the cheque or on the terminal's slip.
  alter table payments.refund add column paid_back_number text check (length(paid_back_number) between 1 and 30);
  alter table payments.refund add constraint refund_paid_back check (paid_back_by is not null or paid_back_number is null);

  alter table payments.ledger_entry drop constraint ledger_entry_account_check;
  alter table payments.ledger_entry add constraint ledger_entry_account_check check (account in ('at-provider', 'income', 'vat', 'owed-to-payers', 'cash-at-counter', 'cheques-at-counter', 'card-terminal', 'paid-by-finance')) not valid;
  alter table payments.ledger_entry validate constraint ledger_entry_account_check;
`);
