import { councilTable, migration } from '@guildhall/kernel';

/** What is remembered here of payments that are kept elsewhere: ids and how they stand, and nothing of the payer's. */
export const createOutstanding = migration('001-outstanding', `
  create table payments_over_http.payment (
    council_id uuid not null,
    payment_id uuid not null,
    state text not null check (state in ('requested', 'started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'withdrawn')),
    -- When the other side is to be asked again; null when nothing new can come.
    next_check_at timestamptz,
    primary key (council_id, payment_id)
  );
  create index payment_due on payments_over_http.payment (council_id, next_check_at) where next_check_at is not null;
  ${councilTable('payments_over_http.payment', { grants: ['select', 'insert', 'update', 'delete'] })}

  -- What has been published of a payment, once each: 'succeeded', 'failed:<number of the try>', 'refunded:<refund id>'.
  create table payments_over_http.told (
    council_id uuid not null,
    payment_id uuid not null,
    what text not null check (what ~ '^(succeeded|failed:[1-9][0-9]{0,5}|refunded:[0-9a-f-]{36})$'),
    told_at timestamptz not null,
    primary key (council_id, payment_id, what),
    foreign key (council_id, payment_id) references payments_over_http.payment (council_id, payment_id)
  );
  ${councilTable('payments_over_http.told', { grants: ['select', 'insert'] })}

  -- Money that a step of a case promises back, until the other side has taken the order, or has refused it.
  create table payments_over_http.case_refund (
    council_id uuid not null,
    refund_id uuid not null,
    payment_id uuid not null,
    -- The case and the step: it is promised once, however often it is told.
    request_key text not null,
    reason text not null check (length(reason) between 1 and 500),
    state text not null check (state in ('wanted', 'sent', 'nothing', 'refused')),
    amount_in_pence bigint check (amount_in_pence >= 1),
    failure text,
    wanted_at timestamptz not null,
    next_try_at timestamptz,
    primary key (council_id, refund_id),
    unique (council_id, request_key),
    check ((state = 'wanted') = (next_try_at is not null)),
    check ((state = 'refused') = (failure is not null)),
    check (state <> 'refused' or amount_in_pence is not null)
  );
  create index case_refund_due on payments_over_http.case_refund (council_id, next_try_at) where next_try_at is not null;
  create index case_refund_payment on payments_over_http.case_refund (council_id, payment_id);
  ${councilTable('payments_over_http.case_refund', { grants: ['select', 'insert', 'update'] })}
`);
