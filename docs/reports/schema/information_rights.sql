-- Schema information_rights, after every migration.
grant usage on schema information_rights to guildhall_app;
grant usage on schema information_rights to guildhall_work;

create table information_rights.copy_part (
  council_id uuid not null,
  request_id uuid not null,
  run_id uuid not null,
  format text not null,
  number integer not null,
  sealed bytea not null,
  constraint copy_part_pkey PRIMARY KEY (council_id, request_id, run_id, format, number),
  constraint copy_part_council_id_request_id_fkey FOREIGN KEY (council_id, request_id) REFERENCES information_rights.request(council_id, request_id) ON DELETE CASCADE,
  constraint copy_part_format_check CHECK ((format = ANY (ARRAY['json'::text, 'pdf'::text])))
);
alter table information_rights.copy_part owner to guildhall_owner;
alter table information_rights.copy_part enable row level security;
alter table information_rights.copy_part force row level security;
create policy own_council on information_rights.copy_part using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on information_rights.copy_part to guildhall_app;

create table information_rights.item (
  council_id uuid not null,
  request_id uuid not null,
  source_id text not null,
  record_id text not null,
  number integer not null,
  title jsonb not null,
  since timestamp with time zone not null,
  proposal text not null,
  because jsonb,
  keep_until date,
  must_keep boolean not null default false,
  decision text,
  decided_because text,
  outcome text,
  done_at timestamp with time zone,
  constraint item_pkey PRIMARY KEY (council_id, request_id, source_id, record_id),
  constraint item_council_id_request_id_number_key UNIQUE (council_id, request_id, number),
  constraint item_council_id_request_id_fkey FOREIGN KEY (council_id, request_id) REFERENCES information_rights.request(council_id, request_id) ON DELETE CASCADE,
  constraint item_decision_check CHECK ((decision = ANY (ARRAY['give'::text, 'leave-out'::text, 'erase'::text, 'keep'::text]))),
  constraint item_outcome_check CHECK ((outcome = ANY (ARRAY['erased'::text, 'kept'::text]))),
  constraint item_proposal_check CHECK ((proposal = ANY (ARRAY['read'::text, 'erase'::text, 'keep'::text])))
);
alter table information_rights.item owner to guildhall_owner;
alter table information_rights.item enable row level security;
alter table information_rights.item force row level security;
create policy own_council on information_rights.item using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on information_rights.item to guildhall_app;

create table information_rights.request (
  council_id uuid not null,
  request_id uuid not null,
  reference text not null,
  kind text not null,
  person_id uuid not null,
  language text not null,
  asked_by text not null,
  basis jsonb,
  state text not null,
  received_at timestamp with time zone not null,
  time jsonb not null,
  is_read boolean not null default false,
  paused_for text,
  due_on date not null,
  version integer not null default 1,
  run_id uuid,
  ready_at timestamp with time zone,
  expires_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint request_pkey PRIMARY KEY (council_id, request_id),
  constraint request_council_id_reference_key UNIQUE (council_id, reference),
  constraint request_asked_by_check CHECK ((asked_by = ANY (ARRAY['resident'::text, 'adviser'::text]))),
  constraint request_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'erasure'::text]))),
  constraint request_language_check CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint request_paused_for_check CHECK ((paused_for = ANY (ARRAY['identity'::text, 'clarification'::text]))),
  constraint request_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'to-read'::text, 'ready'::text, 'expired'::text, 'to-decide'::text, 'erasing'::text, 'erased'::text, 'refused'::text])))
);
alter table information_rights.request owner to guildhall_owner;
CREATE INDEX request_closed ON information_rights.request USING btree (council_id, closed_at, request_id) WHERE (closed_at IS NOT NULL);
CREATE INDEX request_due ON information_rights.request USING btree (council_id, due_on, request_id) WHERE (closed_at IS NULL);
CREATE INDEX request_expiry ON information_rights.request USING btree (council_id, expires_at) WHERE (state = 'ready'::text);
CREATE INDEX request_of_person ON information_rights.request USING btree (council_id, person_id, received_at, request_id);
CREATE UNIQUE INDEX request_open ON information_rights.request USING btree (council_id, person_id, kind) WHERE (closed_at IS NULL);
alter table information_rights.request enable row level security;
alter table information_rights.request force row level security;
create policy own_council on information_rights.request using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on information_rights.request to guildhall_app;

create table information_rights.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table information_rights.schema_migration owner to guildhall_owner;
grant select on information_rights.schema_migration to guildhall_app;

create table information_rights.step (
  council_id uuid not null,
  request_id uuid not null,
  number integer not null,
  kind text not null,
  at timestamp with time zone not null,
  words text,
  constraint step_pkey PRIMARY KEY (council_id, request_id, number),
  constraint step_council_id_request_id_fkey FOREIGN KEY (council_id, request_id) REFERENCES information_rights.request(council_id, request_id) ON DELETE CASCADE,
  constraint step_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'paused-identity'::text, 'paused-clarification'::text, 'resumed'::text, 'extended'::text, 'ready'::text, 'decided'::text, 'erased'::text, 'refused'::text, 'expired'::text])))
);
alter table information_rights.step owner to guildhall_owner;
alter table information_rights.step enable row level security;
alter table information_rights.step force row level security;
create policy own_council on information_rights.step using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on information_rights.step to guildhall_app;
