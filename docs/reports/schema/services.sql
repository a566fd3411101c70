-- Schema services, after every migration.
grant usage on schema services to guildhall_app;
grant usage on schema services to guildhall_work;

create table services.draft (
  council_id uuid not null,
  draft_id uuid not null,
  owner_key text not null,
  officer_id uuid,
  service text not null,
  service_version text not null,
  channel text not null,
  language text not null,
  state text not null default 'open'::text,
  is_current boolean not null default true,
  is_continuation boolean not null default false,
  answers jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  submission jsonb,
  assisted jsonb,
  case_id uuid,
  reference text,
  payment_id uuid,
  status_path text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  next_try_at timestamp with time zone,
  tries integer not null default 0,
  origins jsonb not null default '{}'::jsonb,
  constraint draft_pkey PRIMARY KEY (council_id, draft_id),
  constraint draft_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'telephone'::text, 'counter'::text]))),
  constraint draft_check CHECK (((state = 'open'::text) OR ((case_id IS NOT NULL) AND (reference IS NOT NULL)))),
  constraint draft_check1 CHECK (((state <> 'paying'::text) OR (payment_id IS NOT NULL))),
  constraint draft_check2 CHECK (((state = ANY (ARRAY['open'::text, 'submitted'::text])) OR (submission IS NOT NULL))),
  constraint draft_language_check CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint draft_state_check CHECK ((state = ANY (ARRAY['open'::text, 'paying'::text, 'submitting'::text, 'submitted'::text])))
);
alter table services.draft owner to guildhall_owner;
CREATE UNIQUE INDEX draft_current ON services.draft USING btree (council_id, owner_key, service) WHERE is_current;
CREATE INDEX draft_expiry ON services.draft USING btree (council_id, expires_at);
CREATE INDEX draft_owner ON services.draft USING btree (council_id, owner_key, updated_at);
CREATE INDEX draft_unfinished ON services.draft USING btree (council_id, next_try_at) WHERE (next_try_at IS NOT NULL);
alter table services.draft enable row level security;
alter table services.draft force row level security;
create policy own_council on services.draft using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on services.draft to guildhall_app;

create table services.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table services.schema_migration owner to guildhall_owner;
grant select on services.schema_migration to guildhall_app;

create table services.usage (
  council_id uuid not null,
  service text not null,
  day date not null,
  submitted integer not null,
  constraint usage_pkey PRIMARY KEY (council_id, service, day)
);
alter table services.usage owner to guildhall_owner;
alter table services.usage enable row level security;
alter table services.usage force row level security;
create policy own_council on services.usage using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on services.usage to guildhall_app;
