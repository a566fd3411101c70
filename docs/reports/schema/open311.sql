-- Schema open311, after every migration.
grant usage on schema open311 to guildhall_app;
grant usage on schema open311 to guildhall_work;

create table open311.request (
  council_id uuid not null,
  case_id uuid not null,
  client_id text not null,
  request_key text not null,
  request_hash text not null,
  service_code text not null,
  case_type text not null,
  is_private boolean not null,
  fixmystreet_id text,
  reference text,
  status text not null,
  status_at timestamp with time zone not null,
  is_closed boolean not null,
  begun_at timestamp with time zone not null,
  requested_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint request_pkey PRIMARY KEY (council_id, case_id),
  constraint request_key UNIQUE (council_id, client_id, request_key),
  constraint request_reference UNIQUE (council_id, reference),
  constraint request_check CHECK (((reference IS NULL) = (requested_at IS NULL)))
);
alter table open311.request owner to guildhall_owner;
CREATE INDEX request_begun ON open311.request USING btree (council_id, begun_at, case_id) WHERE (reference IS NULL);
CREATE INDEX request_requested ON open311.request USING btree (council_id, requested_at, case_id) WHERE (reference IS NOT NULL);
alter table open311.request enable row level security;
alter table open311.request force row level security;
create policy own_council on open311.request using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on open311.request to guildhall_app;

create table open311.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table open311.schema_migration owner to guildhall_owner;
grant select on open311.schema_migration to guildhall_app;

create table open311.sent_update (
  council_id uuid not null,
  client_id text not null,
  update_key text not null,
  case_id uuid not null,
  update_id uuid not null,
  request_hash text not null,
  transition text,
  sent_at timestamp with time zone not null,
  constraint sent_update_pkey PRIMARY KEY (council_id, client_id, update_key),
  constraint sent_update_council_id_case_id_fkey FOREIGN KEY (council_id, case_id) REFERENCES open311.request(council_id, case_id)
);
alter table open311.sent_update owner to guildhall_owner;
alter table open311.sent_update enable row level security;
alter table open311.sent_update force row level security;
create policy own_council on open311.sent_update using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on open311.sent_update to guildhall_app;

create table open311.update (
  council_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  status text not null,
  at timestamp with time zone not null,
  constraint update_pkey PRIMARY KEY (council_id, entry_id),
  constraint update_council_id_case_id_fkey FOREIGN KEY (council_id, case_id) REFERENCES open311.request(council_id, case_id)
);
alter table open311.update owner to guildhall_owner;
CREATE INDEX update_at ON open311.update USING btree (council_id, at, entry_id);
alter table open311.update enable row level security;
alter table open311.update force row level security;
create policy own_council on open311.update using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on open311.update to guildhall_app;
