-- Schema kernel, after every migration.
grant usage on schema kernel to guildhall_app;
grant usage on schema kernel to guildhall_work;

create table kernel.audit (
  council_id uuid not null,
  audit_id uuid not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  person_id uuid,
  correlation_id text not null,
  detail jsonb,
  salt bytea not null,
  hash bytea not null,
  constraint audit_pkey PRIMARY KEY (council_id, audit_id)
);
alter table kernel.audit owner to guildhall_owner;
CREATE INDEX audit_person ON kernel.audit USING btree (council_id, person_id, audit_id) WHERE (person_id IS NOT NULL);
CREATE INDEX audit_subject ON kernel.audit USING btree (council_id, subject_type, subject_id, audit_id);
alter table kernel.audit enable row level security;
alter table kernel.audit force row level security;
create policy own_council on kernel.audit using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on kernel.audit to guildhall_app;

create table kernel.event (
  council_id uuid not null,
  event_id uuid not null,
  type text not null,
  version integer not null,
  data jsonb not null,
  at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (council_id, event_id)
);
alter table kernel.event owner to guildhall_owner;
CREATE INDEX event_age ON kernel.event USING btree (council_id, at);
alter table kernel.event enable row level security;
alter table kernel.event force row level security;
create policy own_council on kernel.event using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on kernel.event to guildhall_app;

create table kernel.idempotency (
  council_id uuid not null,
  scope text not null,
  key text not null,
  request_hash text not null,
  result jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_pkey PRIMARY KEY (council_id, scope, key)
);
alter table kernel.idempotency owner to guildhall_owner;
CREATE INDEX idempotency_age ON kernel.idempotency USING btree (council_id, created_at);
alter table kernel.idempotency enable row level security;
alter table kernel.idempotency force row level security;
create policy own_council on kernel.idempotency using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on kernel.idempotency to guildhall_app;

create table kernel.inbox (
  council_id uuid not null,
  subscriber text not null,
  event_id uuid not null,
  at timestamp with time zone not null default now(),
  constraint inbox_pkey PRIMARY KEY (council_id, subscriber, event_id)
);
alter table kernel.inbox owner to guildhall_owner;
CREATE INDEX inbox_age ON kernel.inbox USING btree (council_id, at);
alter table kernel.inbox enable row level security;
alter table kernel.inbox force row level security;
create policy own_council on kernel.inbox using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on kernel.inbox to guildhall_app;

create table kernel.round (
  council_id uuid not null,
  kind text not null,
  began_at timestamp with time zone not null,
  constraint round_pkey PRIMARY KEY (council_id, kind)
);
alter table kernel.round owner to guildhall_owner;
alter table kernel.round enable row level security;
alter table kernel.round force row level security;
create policy every_council on kernel.round to guildhall_work using true with check true;
create policy own_council on kernel.round using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on kernel.round to guildhall_work;

create table kernel.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table kernel.schema_migration owner to guildhall_owner;
grant select on kernel.schema_migration to guildhall_app;

create table kernel.session (
  council_id uuid not null,
  session_hash text not null,
  kind text not null,
  person_id uuid,
  officer_id uuid,
  officer_name text,
  roles text[] not null default '{}'::text[],
  teams text[] not null default '{}'::text[],
  confidence text not null default 'none'::text,
  device text not null default ''::text,
  previous_id text,
  data jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (council_id, session_hash),
  constraint session_kind_check CHECK ((kind = ANY (ARRAY['nobody'::text, 'resident'::text, 'officer'::text])))
);
alter table kernel.session owner to guildhall_owner;
CREATE INDEX session_expiry ON kernel.session USING btree (council_id, expires_at);
CREATE INDEX session_officer ON kernel.session USING btree (council_id, officer_id) WHERE (officer_id IS NOT NULL);
CREATE INDEX session_person ON kernel.session USING btree (council_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX session_previous ON kernel.session USING btree (council_id, previous_id) WHERE (previous_id IS NOT NULL);
alter table kernel.session enable row level security;
alter table kernel.session force row level security;
create policy own_council on kernel.session using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on kernel.session to guildhall_app;

create table kernel.waiting_job (
  council_id uuid not null,
  job_id uuid not null,
  kind text not null,
  key text,
  data jsonb not null,
  run_at timestamp with time zone not null default now(),
  constraint waiting_job_pkey PRIMARY KEY (council_id, job_id)
);
alter table kernel.waiting_job owner to guildhall_owner;
CREATE INDEX waiting_job_due ON kernel.waiting_job USING btree (council_id, run_at);
CREATE UNIQUE INDEX waiting_job_key ON kernel.waiting_job USING btree (council_id, kind, key);
alter table kernel.waiting_job enable row level security;
alter table kernel.waiting_job force row level security;
create policy every_council on kernel.waiting_job to guildhall_work using true with check true;
create policy own_council on kernel.waiting_job using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert on kernel.waiting_job to guildhall_app;
grant delete, insert, select, update on kernel.waiting_job to guildhall_work;
grant select (council_id), select (job_id), select (kind), select (key) on kernel.waiting_job to guildhall_app;
