-- Schema connections, after every migration.
grant usage on schema connections to guildhall_app;
grant usage on schema connections to guildhall_work;

create table connections.connection (
  council_id uuid not null,
  provider_id text not null,
  is_sandbox boolean not null,
  is_connected boolean not null,
  message text not null,
  since timestamp with time zone not null,
  checked_at timestamp with time zone not null,
  constraint connection_pkey PRIMARY KEY (council_id, provider_id)
);
alter table connections.connection owner to guildhall_owner;
alter table connections.connection enable row level security;
alter table connections.connection force row level security;
create policy own_council on connections.connection using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on connections.connection to guildhall_app;

create table connections.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table connections.schema_migration owner to guildhall_owner;
grant select on connections.schema_migration to guildhall_app;
