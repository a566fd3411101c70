-- Schema configuration, after every migration.
grant usage on schema configuration to guildhall_app;
grant usage on schema configuration to guildhall_work;

create table configuration.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table configuration.schema_migration owner to guildhall_owner;
grant select on configuration.schema_migration to guildhall_app;

create table configuration.version (
  council_id uuid not null,
  kind text not null,
  thing text not null,
  revision integer not null,
  state text not null,
  definition integer not null,
  package_version text not null,
  content jsonb,
  from_council text,
  from_gss_code text,
  exported_at timestamp with time zone,
  digest text,
  put_back_of integer,
  made_at timestamp with time zone not null,
  made_by_id text not null,
  made_by_name text not null,
  settled_at timestamp with time zone,
  settled_by_id text,
  settled_by_name text,
  takes_effect_at timestamp with time zone,
  constraint version_pkey PRIMARY KEY (council_id, kind, thing, revision),
  constraint version_check CHECK (((state = 'draft'::text) = (settled_at IS NULL))),
  constraint version_check1 CHECK (((state = 'published'::text) = (takes_effect_at IS NOT NULL))),
  constraint version_revision_check CHECK ((revision >= 1)),
  constraint version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'discarded'::text])))
);
alter table configuration.version owner to guildhall_owner;
alter table configuration.version enable row level security;
alter table configuration.version force row level security;
create policy own_council on configuration.version using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on configuration.version to guildhall_app;
