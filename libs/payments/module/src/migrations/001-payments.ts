import { councilTable, migration } from '@guildhall/kernel';

export const createPayments = migration('001-payments', `
  create table payments.payment (
    council_id uuid not null,
    payment_id uuid not null,
    reference text not null check (length(reference) between 1 and 50),
    description_en text not null,
    description_cy text not null,
    state text not null check (state in ('requested', 'started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'withdrawn')),
    is_withdrawn boolean not null default false,
    amount_in_pence bigint not null check (amount_in_pence between 1 and 10000000),
    subject_type text not null,
    subject_id text not null,
    person_id uuid,
    -- For the provider's receipt; forgotten when the payment has come to its end.
    payer_email text,
    language text not null check (language in ('en', 'cy')),
    return_path text not null check (return_path like '/%'),
    requested_at timestamptz not null,
    paid_at timestamptz,
    request_key text not null,
    request_hash text not null,
    primary key (council_id, payment_id),
    unique (council_id, request_key),
    check ((state = 'succeeded') = (paid_at is not null)),
    check (state <> 'withdrawn' or is_withdrawn)
  );
  create unique index payment_reference on payments.payment (council_id, reference) where not is_withdrawn;
  create index payment_subject on payments.payment (council_id, subject_type, subject_id, payment_id desc);
  create index payment_person on payments.payment (council_id, person_id, payment_id desc) where person_id is not null;
  ${councilTable('payments.payment', { grants: ['select', 'insert', 'update'] })}

  create table payments.payment_line (
    council_id uuid not null,
    payment_id uuid not null,
    number smallint not null check (number between 1 and 20),
    code text not null,
    title_en text not null,
    title_cy text not null,
    amount_in_pence bigint not null check (amount_in_pence >= 1),
    vat_rate text not null check (vat_rate in ('standard', 'reduced', 'zero', 'exempt', 'outside-the-scope')),
    ledger_code text not null,
    primary key (council_id, payment_id, number),
    foreign key (council_id, payment_id) references payments.payment (council_id, payment_id)
  );
  ${councilTable('payments.payment_line', { grants: ['select', 'insert'] })}

  -- One try at a provider. Written before the provider is called, so that no call is ever unknown to us.
  create table payments.attempt (
    council_id uuid not null,
    payment_id uuid not null,
    number smallint not null check (number >= 1),
    provider text not null,
    state text not null check (state in ('intended', 'created', 'started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'refused')),
    money text not null default 'none' check (money in ('none', 'booked', 'surplus')),
    provider_payment_id text,
    -- What the provider says it took, which is what was asked for unless something is wrong.
    taken_in_pence bigint not null default 0,
    card_brand text,
    card_last_digits text check (card_last_digits ~ '^[0-9]{0,4}$'),
    failure_code text,
    begun_at timestamptz not null,
    finished_at timestamptz,
    next_check_at timestamptz,
    primary key (council_id, payment_id, number),
    foreign key (council_id, payment_id) references payments.payment (council_id, payment_id),
    check ((money <> 'none') = (state = 'succeeded'))
  );
  -- The rules of money, once more, where no code can forget them: one attempt open, one attempt booked, one payment of ours per payment of the provider's.
  create unique index attempt_open on payments.attempt (council_id, payment_id) where state in ('intended', 'created', 'started', 'submitted');
  create unique index attempt_booked on payments.attempt (council_id, payment_id) where money = 'booked';
  create unique index attempt_provider_payment on payments.attempt (council_id, provider, provider_payment_id) where provider_payment_id is not null;
  create index attempt_due on payments.attempt (council_id, next_check_at) where next_check_at is not null;
  ${councilTable('payments.attempt', { grants: ['select', 'insert', 'update'] })}

  create table payments.refund (
    council_id uuid not null,
    refund_id uuid not null,
    payment_id uuid not null,
    attempt smallint not null,
    amount_in_pence bigint not null check (amount_in_pence >= 1),
    reason text not null check (length(reason) between 1 and 500),
    is_of_surplus boolean not null,
    state text not null check (state in ('requested', 'submitted', 'succeeded', 'failed')),
    provider_refund_id text,
    failure text,
    requested_at timestamptz not null,
    requested_by text,
    finished_at timestamptz,
    next_check_at timestamptz,
    -- Null for what nobody asked us for: surplus, and refunds made at the provider itself.
    request_key text,
    request_hash text,
    primary key (council_id, refund_id),
    unique (council_id, request_key),
    unique (council_id, payment_id, attempt, provider_refund_id),
    foreign key (council_id, payment_id, attempt) references payments.attempt (council_id, payment_id, number)
  );
  create unique index refund_unsent on payments.refund (council_id, payment_id, attempt) where state = 'requested';
  create index refund_due on payments.refund (council_id, next_check_at) where next_check_at is not null;
  ${councilTable('payments.refund', { grants: ['select', 'insert', 'update'] })}

  -- What providers have told us, once each, however often they tell it.
  create table payments.provider_event (
    council_id uuid not null,
    provider text not null,
    event_id text not null check (length(event_id) between 1 and 200),
    received_at timestamptz not null,
    primary key (council_id, provider, event_id)
  );
  create index provider_event_age on payments.provider_event (council_id, received_at);
  ${councilTable('payments.provider_event', { grants: ['select', 'insert', 'delete'] })}

  -- Double-entry: lines are added and never changed, and every journal comes to nothing.
  create table payments.journal (
    council_id uuid not null,
    journal_id uuid not null,
    kind text not null check (kind in ('payment', 'surplus', 'refund', 'surplus-refund')),
    payment_id uuid not null,
    attempt smallint not null,
    refund_id uuid,
    booked_at timestamptz not null,
    primary key (council_id, journal_id),
    unique (council_id, refund_id),
    foreign key (council_id, payment_id, attempt) references payments.attempt (council_id, payment_id, number),
    check ((refund_id is not null) = (kind in ('refund', 'surplus-refund')))
  );
  create unique index journal_attempt on payments.journal (council_id, payment_id, attempt) where refund_id is null;
  create index journal_booked on payments.journal (council_id, booked_at, journal_id);
  ${councilTable('payments.journal', { grants: ['select', 'insert'] })}

  create table payments.ledger_entry (
    council_id uuid not null,
    journal_id uuid not null,
    number smallint not null check (number >= 1),
    account text not null check (account in ('at-provider', 'income', 'vat', 'owed-to-payers')),
    -- The provider, the council's ledger code or the VAT rate.
    detail text not null,
    line smallint,
    -- Debits are positive, credits negative.
    amount_in_pence bigint not null check (amount_in_pence <> 0),
    primary key (council_id, journal_id, number),
    foreign key (council_id, journal_id) references payments.journal (council_id, journal_id)
  );
  ${councilTable('payments.ledger_entry', { grants: ['select', 'insert'] })}

  create function payments.refuse_unbalanced() returns trigger language plpgsql set search_path = '' as $$
    declare entries bigint; balance numeric;
    begin
      select count(*), coalesce(sum(e.amount_in_pence), 0) into entries, balance from payments.ledger_entry e where e.council_id = new.council_id and e.journal_id = new.journal_id;
      if entries < 2 or balance <> 0 then
        raise exception 'The journal % has % entries and a balance of % pence: it must come to nothing.', new.journal_id, entries, balance using errcode = 'check_violation';
      end if;
      return null;
    end $$;
  create constraint trigger journal_balances after insert on payments.journal deferrable initially deferred for each row execute function payments.refuse_unbalanced();
  create constraint trigger entry_balances after insert on payments.ledger_entry deferrable initially deferred for each row execute function payments.refuse_unbalanced();
`);
