import { councilTable, migration } from '@guildhall/kernel';

export const createSettlements = migration('002-settlements', `
  -- A day's settled list of a provider: how far it has been read, and what it came to.
  create table payments.settlement_day (
    council_id uuid not null,
    provider text not null,
    day date not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    -- Counts up each time that the list is read from its beginning; with it and the page a worker proves that it is still the one who reads.
    reading int not null default 0,
    page int not null default 0,
    -- The provider's own name of the page to be read next.
    place text,
    -- Whether what was taken on this day has been looked for in what was settled since.
    is_looked_after boolean not null default false,
    payments int not null default 0,
    payments_in_pence bigint not null default 0,
    refunds int not null default 0,
    refunds_in_pence bigint not null default 0,
    fees_in_pence bigint not null default 0,
    changed_at timestamptz not null,
    finished_at timestamptz,
    failure text,
    primary key (council_id, provider, day)
  );
  create index settlement_day_newest on payments.settlement_day (council_id, day desc, provider);
  ${councilTable('payments.settlement_day', { grants: ['select', 'insert', 'update'] })}

  -- What a provider says has reached the council's bank account, or was kept back from what reached it: each payment and each refund once.
  create table payments.settled_item (
    council_id uuid not null,
    provider text not null,
    provider_payment_id text not null check (length(provider_payment_id) between 1 and 200),
    -- Empty for the payment itself.
    provider_refund_id text not null default '' check (length(provider_refund_id) <= 200),
    settled_on date not null,
    settlement_id text,
    amount_in_pence bigint not null check (amount_in_pence >= 0),
    fee_in_pence bigint,
    reading int not null,
    -- Whether the provider's list still has it.
    is_listed boolean not null default true,
    -- What is not as in our books; null when it is.
    difference text,
    primary key (council_id, provider, provider_payment_id, provider_refund_id)
  );
  create index settled_item_day on payments.settled_item (council_id, provider, settled_on);
  ${councilTable('payments.settled_item', { grants: ['select', 'insert', 'update'] })}

  -- Where a provider's list and our books differ: one row, and one case, for each thing and kind, however often it is found.
  create table payments.settlement_difference (
    council_id uuid not null,
    -- Also the id of its case.
    difference_id uuid not null,
    provider text not null,
    provider_payment_id text not null,
    provider_refund_id text not null default '',
    kind text not null check (kind in ('unknown', 'not-paid-here', 'amount', 'settled-twice', 'not-settled', 'refund-unknown', 'refund-amount', 'refund-not-settled')),
    payment_id uuid,
    day date not null,
    ours_in_pence bigint,
    theirs_in_pence bigint,
    state text not null default 'open' check (state in ('open', 'agreed')),
    -- Counts up with every change; what finance has been told of it.
    version int not null default 1,
    told_version int not null default 0,
    case_reference text,
    found_at timestamptz not null,
    agreed_at timestamptz,
    primary key (council_id, difference_id),
    unique (council_id, provider, provider_payment_id, provider_refund_id, kind)
  );
  create index settlement_difference_newest on payments.settlement_difference (council_id, state, difference_id desc);
  create index settlement_difference_day on payments.settlement_difference (council_id, provider, day);
  create index settlement_difference_untold on payments.settlement_difference (council_id, difference_id) where told_version < version;
  ${councilTable('payments.settlement_difference', { grants: ['select', 'insert', 'update'] })}

  -- What was taken, and what was paid back, on a day at a provider.
  create index attempt_taken on payments.attempt (council_id, provider, finished_at, payment_id) where money <> 'none';
  create index refund_given on payments.refund (council_id, finished_at, refund_id) where state = 'succeeded';
`);
