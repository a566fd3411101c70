-- Schema subscriptions, after every migration.
grant usage on schema subscriptions to guildhall_app;
grant usage on schema subscriptions to guildhall_work;

create table subscriptions.delivery (
  council_id uuid not null,
  subscription_id uuid not null,
  event_id uuid not null,
  state text not null,
  is_test boolean not null default false,
  tries integer not null default 0,
  next_try_at timestamp with time zone not null,
  last_tried_at timestamp with time zone,
  last_status integer,
  last_failure text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (council_id, subscription_id, event_id),
  constraint delivery_council_id_event_id_fkey FOREIGN KEY (council_id, event_id) REFERENCES subscriptions.message(council_id, event_id),
  constraint delivery_council_id_subscription_id_fkey FOREIGN KEY (council_id, subscription_id) REFERENCES subscriptions.subscription(council_id, subscription_id) ON DELETE CASCADE,
  constraint delivery_check CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  constraint delivery_last_failure_check CHECK ((last_failure = ANY (ARRAY['status'::text, 'timeout'::text, 'unreachable'::text, 'certificate'::text, 'not-public'::text, 'disabled'::text]))),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text])))
);
alter table subscriptions.delivery owner to guildhall_owner;
CREATE INDEX delivery_age ON subscriptions.delivery USING btree (council_id, settled_at) WHERE (state <> 'waiting'::text);
CREATE INDEX delivery_dead ON subscriptions.delivery USING btree (council_id, settled_at) WHERE ((state = 'dead'::text) AND (NOT is_test));
CREATE INDEX delivery_due ON subscriptions.delivery USING btree (council_id, subscription_id, next_try_at, event_id) WHERE ((state = 'waiting'::text) AND (NOT is_test));
CREATE INDEX delivery_event ON subscriptions.delivery USING btree (council_id, event_id);
CREATE INDEX delivery_list ON subscriptions.delivery USING btree (council_id, subscription_id, created_at DESC, event_id DESC);
CREATE INDEX delivery_of_state ON subscriptions.delivery USING btree (council_id, subscription_id, state, created_at DESC, event_id DESC);
alter table subscriptions.delivery enable row level security;
alter table subscriptions.delivery force row level security;
create policy own_council on subscriptions.delivery using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on subscriptions.delivery to guildhall_app;

create table subscriptions.message (
  council_id uuid not null,
  event_id uuid not null,
  type text not null,
  version integer not null,
  subject text not null,
  case_type text,
  data jsonb not null,
  at timestamp with time zone not null,
  is_test boolean not null default false,
  constraint message_pkey PRIMARY KEY (council_id, event_id)
);
alter table subscriptions.message owner to guildhall_owner;
CREATE INDEX message_age ON subscriptions.message USING btree (council_id, at, event_id);
alter table subscriptions.message enable row level security;
alter table subscriptions.message force row level security;
create policy own_council on subscriptions.message using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on subscriptions.message to guildhall_app;

create table subscriptions.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table subscriptions.schema_migration owner to guildhall_owner;
grant select on subscriptions.schema_migration to guildhall_app;

create table subscriptions.subscription (
  council_id uuid not null,
  subscription_id uuid not null,
  title text not null,
  url text not null,
  event_types text[] not null,
  case_types text[] not null default '{}'::text[],
  state text not null,
  disabled_because text,
  version integer not null default 1,
  secret_number integer not null default 1,
  former_secret_until timestamp with time zone,
  lease_id uuid,
  lease_until timestamp with time zone,
  failures_in_row integer not null default 0,
  failing_since timestamp with time zone,
  wait_until timestamp with time zone,
  last_delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint subscription_pkey PRIMARY KEY (council_id, subscription_id),
  constraint subscription_check CHECK (((state = 'disabled'::text) = (disabled_because IS NOT NULL))),
  constraint subscription_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['gone'::text, 'failing'::text]))),
  constraint subscription_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text])))
);
alter table subscriptions.subscription owner to guildhall_owner;
alter table subscriptions.subscription enable row level security;
alter table subscriptions.subscription force row level security;
create policy own_council on subscriptions.subscription using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on subscriptions.subscription to guildhall_app;
