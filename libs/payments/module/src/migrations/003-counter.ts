import { councilTable, migration } from '@guildhall/kernel';

export const takeAtCounter = migration('003-counter', `
  -- Money that was taken over the counter is an attempt like one at a provider; its receipt's number is the council's own.
  alter table payments.attempt add column receipt_number int check (receipt_number >= 1);
  create unique index attempt_receipt on payments.attempt (council_id, receipt_number) where receipt_number is not null;
  -- A card that was read out may go only to a page that was made for that.
  alter table payments.attempt add column is_by_telephone boolean not null default false;

  -- The last number that was given to a receipt: taken with the receipt, in one transaction, so that none is missing.
  create table payments.receipt_number (
    council_id uuid not null primary key,
    last int not null check (last >= 1)
  );
  ${councilTable('payments.receipt_number', { grants: ['select', 'insert', 'update'] })}

  create table payments.counter_receipt (
    council_id uuid not null,
    -- Made with the form: pressed twice, money is taken once.
    receipt_id uuid not null,
    number int not null check (number >= 1),
    payment_id uuid not null,
    attempt smallint not null,
    means text not null check (means in ('cash', 'cheque', 'card-terminal')),
    -- The number on the cheque or on the terminal's slip.
    slip text check (length(slip) between 1 and 30),
    amount_in_pence bigint not null check (amount_in_pence >= 1),
    taken_at timestamptz not null,
    taken_by text not null,
    reversed_at timestamptz,
    reversed_by text,
    reversal_reason text check (length(reversal_reason) between 1 and 500),
    refund_id uuid,
    primary key (council_id, receipt_id),
    unique (council_id, number),
    unique (council_id, payment_id, attempt),
    foreign key (council_id, payment_id, attempt) references payments.attempt (council_id, payment_id, number),
    foreign key (council_id, refund_id) references payments.refund (council_id, refund_id),
    check ((reversed_at is null) = (refund_id is null) and (reversed_at is null) = (reversal_reason is null))
  );
  ${councilTable('payments.counter_receipt', { grants: ['select', 'insert', 'update'] })}

  alter table payments.ledger_entry drop constraint ledger_entry_account_check;
  alter table payments.ledger_entry add constraint ledger_entry_account_check check (account in ('at-provider', 'income', 'vat', 'owed-to-payers', 'cash-at-counter', 'cheques-at-counter', 'card-terminal')) not valid;
  alter table payments.ledger_entry validate constraint ledger_entry_account_check;
`);
