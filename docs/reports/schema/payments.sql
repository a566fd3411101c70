-- Schema payments, after every migration.
grant usage on schema payments to guildhall_app;
grant usage on schema payments to guildhall_work;

create table payments.attempt (
  council_id uuid not null,
  payment_id uuid not null,
  number smallint not null,
  provider text not null,
  state text not null,
  money text not null default 'none'::text,
  provider_payment_id text,
  taken_in_pence bigint not null default 0,
  card_brand text,
  card_last_digits text,
  failure_code text,
  begun_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  next_check_at timestamp with time zone,
  receipt_number integer,
  is_by_telephone boolean not null default false,
  constraint attempt_pkey PRIMARY KEY (council_id, payment_id, number),
  constraint attempt_council_id_payment_id_fkey FOREIGN KEY (council_id, payment_id) REFERENCES payments.payment(council_id, payment_id),
  constraint attempt_card_last_digits_check CHECK ((card_last_digits ~ '^[0-9]{0,4}$'::text)),
  constraint attempt_check CHECK (((money <> 'none'::text) = (state = 'succeeded'::text))),
  constraint attempt_money_check CHECK ((money = ANY (ARRAY['none'::text, 'booked'::text, 'surplus'::text]))),
  constraint attempt_number_check CHECK ((number >= 1)),
  constraint attempt_receipt_number_check CHECK ((receipt_number >= 1)),
  constraint attempt_state_check CHECK ((state = ANY (ARRAY['intended'::text, 'created'::text, 'started'::text, 'submitted'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'expired'::text, 'error'::text, 'refused'::text])))
);
alter table payments.attempt owner to guildhall_owner;
CREATE UNIQUE INDEX attempt_booked ON payments.attempt USING btree (council_id, payment_id) WHERE (money = 'booked'::text);
CREATE INDEX attempt_due ON payments.attempt USING btree (council_id, next_check_at) WHERE (next_check_at IS NOT NULL);
CREATE UNIQUE INDEX attempt_open ON payments.attempt USING btree (council_id, payment_id) WHERE (state = ANY (ARRAY['intended'::text, 'created'::text, 'started'::text, 'submitted'::text]));
CREATE UNIQUE INDEX attempt_provider_payment ON payments.attempt USING btree (council_id, provider, provider_payment_id) WHERE (provider_payment_id IS NOT NULL);
CREATE UNIQUE INDEX attempt_receipt ON payments.attempt USING btree (council_id, receipt_number) WHERE (receipt_number IS NOT NULL);
CREATE INDEX attempt_taken ON payments.attempt USING btree (council_id, provider, finished_at, payment_id) WHERE (money <> 'none'::text);
alter table payments.attempt enable row level security;
alter table payments.attempt force row level security;
create policy own_council on payments.attempt using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.attempt to guildhall_app;

create table payments.counter_receipt (
  council_id uuid not null,
  receipt_id uuid not null,
  number integer not null,
  payment_id uuid not null,
  attempt smallint not null,
  means text not null,
  slip text,
  amount_in_pence bigint not null,
  taken_at timestamp with time zone not null,
  taken_by text not null,
  reversed_at timestamp with time zone,
  reversed_by text,
  reversal_reason text,
  refund_id uuid,
  constraint counter_receipt_pkey PRIMARY KEY (council_id, receipt_id),
  constraint counter_receipt_council_id_number_key UNIQUE (council_id, number),
  constraint counter_receipt_council_id_payment_id_attempt_key UNIQUE (council_id, payment_id, attempt),
  constraint counter_receipt_council_id_payment_id_attempt_fkey FOREIGN KEY (council_id, payment_id, attempt) REFERENCES payments.attempt(council_id, payment_id, number),
  constraint counter_receipt_council_id_refund_id_fkey FOREIGN KEY (council_id, refund_id) REFERENCES payments.refund(council_id, refund_id),
  constraint counter_receipt_amount_in_pence_check CHECK ((amount_in_pence >= 1)),
  constraint counter_receipt_check CHECK ((((reversed_at IS NULL) = (refund_id IS NULL)) AND ((reversed_at IS NULL) = (reversal_reason IS NULL)))),
  constraint counter_receipt_means_check CHECK ((means = ANY (ARRAY['cash'::text, 'cheque'::text, 'card-terminal'::text]))),
  constraint counter_receipt_number_check CHECK ((number >= 1)),
  constraint counter_receipt_reversal_reason_check CHECK (((length(reversal_reason) >= 1) AND (length(reversal_reason) <= 500))),
  constraint counter_receipt_slip_check CHECK (((length(slip) >= 1) AND (length(slip) <= 30)))
);
alter table payments.counter_receipt owner to guildhall_owner;
alter table payments.counter_receipt enable row level security;
alter table payments.counter_receipt force row level security;
create policy own_council on payments.counter_receipt using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.counter_receipt to guildhall_app;

create table payments.journal (
  council_id uuid not null,
  journal_id uuid not null,
  kind text not null,
  payment_id uuid not null,
  attempt smallint not null,
  refund_id uuid,
  booked_at timestamp with time zone not null,
  constraint journal_pkey PRIMARY KEY (council_id, journal_id),
  constraint journal_council_id_refund_id_key UNIQUE (council_id, refund_id),
  constraint journal_council_id_payment_id_attempt_fkey FOREIGN KEY (council_id, payment_id, attempt) REFERENCES payments.attempt(council_id, payment_id, number),
  constraint journal_check CHECK (((refund_id IS NOT NULL) = (kind = ANY (ARRAY['refund'::text, 'surplus-refund'::text])))),
  constraint journal_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'surplus'::text, 'refund'::text, 'surplus-refund'::text])))
);
alter table payments.journal owner to guildhall_owner;
CREATE UNIQUE INDEX journal_attempt ON payments.journal USING btree (council_id, payment_id, attempt) WHERE (refund_id IS NULL);
CREATE INDEX journal_booked ON payments.journal USING btree (council_id, booked_at, journal_id);
alter table payments.journal enable row level security;
alter table payments.journal force row level security;
create policy own_council on payments.journal using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on payments.journal to guildhall_app;
CREATE CONSTRAINT TRIGGER journal_balances AFTER INSERT ON payments.journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.refuse_unbalanced();

create table payments.ledger_entry (
  council_id uuid not null,
  journal_id uuid not null,
  number smallint not null,
  account text not null,
  detail text not null,
  line smallint,
  amount_in_pence bigint not null,
  constraint ledger_entry_pkey PRIMARY KEY (council_id, journal_id, number),
  constraint ledger_entry_council_id_journal_id_fkey FOREIGN KEY (council_id, journal_id) REFERENCES payments.journal(council_id, journal_id),
  constraint ledger_entry_account_check CHECK ((account = ANY (ARRAY['at-provider'::text, 'income'::text, 'vat'::text, 'owed-to-payers'::text, 'cash-at-counter'::text, 'cheques-at-counter'::text, 'card-terminal'::text, 'paid-by-finance'::text]))),
  constraint ledger_entry_amount_in_pence_check CHECK ((amount_in_pence <> 0)),
  constraint ledger_entry_number_check CHECK ((number >= 1))
);
alter table payments.ledger_entry owner to guildhall_owner;
alter table payments.ledger_entry enable row level security;
alter table payments.ledger_entry force row level security;
create policy own_council on payments.ledger_entry using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on payments.ledger_entry to guildhall_app;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON payments.ledger_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.refuse_unbalanced();

create table payments.payment (
  council_id uuid not null,
  payment_id uuid not null,
  reference text not null,
  description_en text not null,
  description_cy text not null,
  state text not null,
  is_withdrawn boolean not null default false,
  amount_in_pence bigint not null,
  subject_type text not null,
  subject_id text not null,
  person_id uuid,
  payer_email text,
  language text not null,
  return_path text not null,
  requested_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  request_key text not null,
  request_hash text not null,
  client_id text,
  is_elsewhere boolean not null default false,
  payer_details jsonb,
  constraint payment_pkey PRIMARY KEY (council_id, payment_id),
  constraint payment_council_id_request_key_key UNIQUE (council_id, request_key),
  constraint payment_amount_in_pence_check CHECK (((amount_in_pence >= 1) AND (amount_in_pence <= 10000000))),
  constraint payment_check CHECK (((state = 'succeeded'::text) = (paid_at IS NOT NULL))),
  constraint payment_check1 CHECK (((state <> 'withdrawn'::text) OR is_withdrawn)),
  constraint payment_elsewhere CHECK (((client_id IS NOT NULL) OR (NOT is_elsewhere))),
  constraint payment_language_check CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint payment_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 50))),
  constraint payment_return_path_check CHECK ((return_path ~~ '/%'::text)),
  constraint payment_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'started'::text, 'submitted'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text, 'expired'::text, 'error'::text, 'withdrawn'::text])))
);
alter table payments.payment owner to guildhall_owner;
CREATE INDEX payment_person ON payments.payment USING btree (council_id, person_id, payment_id DESC) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX payment_reference ON payments.payment USING btree (council_id, reference, (
CASE
    WHEN is_elsewhere THEN client_id
    ELSE ''::text
END)) WHERE (NOT is_withdrawn);
CREATE INDEX payment_subject ON payments.payment USING btree (council_id, subject_type, subject_id, payment_id DESC);
alter table payments.payment enable row level security;
alter table payments.payment force row level security;
create policy own_council on payments.payment using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.payment to guildhall_app;

create table payments.payment_line (
  council_id uuid not null,
  payment_id uuid not null,
  number smallint not null,
  code text not null,
  title_en text not null,
  title_cy text not null,
  amount_in_pence bigint not null,
  vat_rate text not null,
  ledger_code text not null,
  constraint payment_line_pkey PRIMARY KEY (council_id, payment_id, number),
  constraint payment_line_council_id_payment_id_fkey FOREIGN KEY (council_id, payment_id) REFERENCES payments.payment(council_id, payment_id),
  constraint payment_line_amount_in_pence_check CHECK ((amount_in_pence >= 1)),
  constraint payment_line_number_check CHECK (((number >= 1) AND (number <= 20))),
  constraint payment_line_vat_rate_check CHECK ((vat_rate = ANY (ARRAY['standard'::text, 'reduced'::text, 'zero'::text, 'exempt'::text, 'outside-the-scope'::text])))
);
alter table payments.payment_line owner to guildhall_owner;
alter table payments.payment_line enable row level security;
alter table payments.payment_line force row level security;
create policy own_council on payments.payment_line using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on payments.payment_line to guildhall_app;

create table payments.provider_event (
  council_id uuid not null,
  provider text not null,
  event_id text not null,
  received_at timestamp with time zone not null,
  constraint provider_event_pkey PRIMARY KEY (council_id, provider, event_id),
  constraint provider_event_event_id_check CHECK (((length(event_id) >= 1) AND (length(event_id) <= 200)))
);
alter table payments.provider_event owner to guildhall_owner;
CREATE INDEX provider_event_age ON payments.provider_event USING btree (council_id, received_at);
alter table payments.provider_event enable row level security;
alter table payments.provider_event force row level security;
create policy own_council on payments.provider_event using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on payments.provider_event to guildhall_app;

create table payments.receipt_number (
  council_id uuid not null,
  last integer not null,
  constraint receipt_number_pkey PRIMARY KEY (council_id),
  constraint receipt_number_last_check CHECK ((last >= 1))
);
alter table payments.receipt_number owner to guildhall_owner;
alter table payments.receipt_number enable row level security;
alter table payments.receipt_number force row level security;
create policy own_council on payments.receipt_number using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.receipt_number to guildhall_app;

create table payments.refund (
  council_id uuid not null,
  refund_id uuid not null,
  payment_id uuid not null,
  attempt smallint not null,
  amount_in_pence bigint not null,
  reason text not null,
  is_of_surplus boolean not null,
  state text not null,
  provider_refund_id text,
  failure text,
  requested_at timestamp with time zone not null,
  requested_by text,
  finished_at timestamp with time zone,
  next_check_at timestamp with time zone,
  request_key text,
  request_hash text,
  paid_back_by text,
  paid_back_number text,
  constraint refund_pkey PRIMARY KEY (council_id, refund_id),
  constraint refund_council_id_payment_id_attempt_provider_refund_id_key UNIQUE (council_id, payment_id, attempt, provider_refund_id),
  constraint refund_council_id_request_key_key UNIQUE (council_id, request_key),
  constraint refund_council_id_payment_id_attempt_fkey FOREIGN KEY (council_id, payment_id, attempt) REFERENCES payments.attempt(council_id, payment_id, number),
  constraint refund_amount_in_pence_check CHECK ((amount_in_pence >= 1)),
  constraint refund_paid_back CHECK (((paid_back_by IS NOT NULL) OR (paid_back_number IS NULL))),
  constraint refund_paid_back_by_check CHECK ((paid_back_by = ANY (ARRAY['bank-transfer'::text, 'cheque'::text, 'card-terminal'::text]))),
  constraint refund_paid_back_number_check CHECK (((length(paid_back_number) >= 1) AND (length(paid_back_number) <= 30))),
  constraint refund_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint refund_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'submitted'::text, 'succeeded'::text, 'failed'::text])))
);
alter table payments.refund owner to guildhall_owner;
CREATE INDEX refund_due ON payments.refund USING btree (council_id, next_check_at) WHERE (next_check_at IS NOT NULL);
CREATE INDEX refund_given ON payments.refund USING btree (council_id, finished_at, refund_id) WHERE (state = 'succeeded'::text);
CREATE UNIQUE INDEX refund_unsent ON payments.refund USING btree (council_id, payment_id, attempt) WHERE (state = 'requested'::text);
alter table payments.refund enable row level security;
alter table payments.refund force row level security;
create policy own_council on payments.refund using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.refund to guildhall_app;

create table payments.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table payments.schema_migration owner to guildhall_owner;
grant select on payments.schema_migration to guildhall_app;

create table payments.settled_item (
  council_id uuid not null,
  provider text not null,
  provider_payment_id text not null,
  provider_refund_id text not null default ''::text,
  settled_on date not null,
  settlement_id text,
  amount_in_pence bigint not null,
  fee_in_pence bigint,
  reading integer not null,
  is_listed boolean not null default true,
  difference text,
  movement text,
  constraint settled_item_pkey PRIMARY KEY (council_id, provider, provider_payment_id, provider_refund_id),
  constraint settled_item_amount_in_pence_check CHECK (((amount_in_pence >= 0) OR (movement IS NOT NULL))),
  constraint settled_item_movement_check CHECK (((length(movement) >= 1) AND (length(movement) <= 60))),
  constraint settled_item_provider_payment_id_check CHECK (((length(provider_payment_id) >= 1) AND (length(provider_payment_id) <= 200))),
  constraint settled_item_provider_refund_id_check CHECK ((length(provider_refund_id) <= 200))
);
alter table payments.settled_item owner to guildhall_owner;
CREATE INDEX settled_item_day ON payments.settled_item USING btree (council_id, provider, settled_on);
alter table payments.settled_item enable row level security;
alter table payments.settled_item force row level security;
create policy own_council on payments.settled_item using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.settled_item to guildhall_app;

create table payments.settlement_day (
  council_id uuid not null,
  provider text not null,
  day date not null,
  state text not null default 'waiting'::text,
  reading integer not null default 0,
  page integer not null default 0,
  place text,
  is_looked_after boolean not null default false,
  payments integer not null default 0,
  payments_in_pence bigint not null default 0,
  refunds integer not null default 0,
  refunds_in_pence bigint not null default 0,
  fees_in_pence bigint not null default 0,
  changed_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  failure text,
  others integer not null default 0,
  others_in_pence bigint not null default 0,
  constraint settlement_day_pkey PRIMARY KEY (council_id, provider, day),
  constraint settlement_day_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
alter table payments.settlement_day owner to guildhall_owner;
CREATE INDEX settlement_day_newest ON payments.settlement_day USING btree (council_id, day DESC, provider);
alter table payments.settlement_day enable row level security;
alter table payments.settlement_day force row level security;
create policy own_council on payments.settlement_day using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.settlement_day to guildhall_app;

create table payments.settlement_difference (
  council_id uuid not null,
  difference_id uuid not null,
  provider text not null,
  provider_payment_id text not null,
  provider_refund_id text not null default ''::text,
  kind text not null,
  payment_id uuid,
  day date not null,
  ours_in_pence bigint,
  theirs_in_pence bigint,
  state text not null default 'open'::text,
  version integer not null default 1,
  told_version integer not null default 0,
  case_reference text,
  found_at timestamp with time zone not null,
  agreed_at timestamp with time zone,
  constraint settlement_difference_pkey PRIMARY KEY (council_id, difference_id),
  constraint settlement_difference_council_id_provider_provider_payment__key UNIQUE (council_id, provider, provider_payment_id, provider_refund_id, kind),
  constraint settlement_difference_kind_check CHECK ((kind = ANY (ARRAY['unknown'::text, 'not-paid-here'::text, 'amount'::text, 'settled-twice'::text, 'not-settled'::text, 'refund-unknown'::text, 'refund-amount'::text, 'refund-not-settled'::text, 'other'::text]))),
  constraint settlement_difference_state_check CHECK ((state = ANY (ARRAY['open'::text, 'agreed'::text, 'cleared-up'::text])))
);
alter table payments.settlement_difference owner to guildhall_owner;
CREATE INDEX settlement_difference_day ON payments.settlement_difference USING btree (council_id, provider, day);
CREATE INDEX settlement_difference_newest ON payments.settlement_difference USING btree (council_id, state, difference_id DESC);
CREATE INDEX settlement_difference_untold ON payments.settlement_difference USING btree (council_id, difference_id) WHERE (told_version < version);
alter table payments.settlement_difference enable row level security;
alter table payments.settlement_difference force row level security;
create policy own_council on payments.settlement_difference using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on payments.settlement_difference to guildhall_app;

CREATE OR REPLACE FUNCTION payments.refuse_unbalanced()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
    declare entries bigint; balance numeric;
    begin
      select count(*), coalesce(sum(e.amount_in_pence), 0) into entries, balance from payments.ledger_entry e where e.council_id = new.council_id and e.journal_id = new.journal_id;
      if entries < 2 or balance <> 0 then
        raise exception 'The journal % has % entries and a balance of % pence: it must come to nothing.', new.journal_id, entries, balance using errcode = 'check_violation';
      end if;
      return null;
    end $function$;
