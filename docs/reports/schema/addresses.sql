-- Schema addresses, after every migration.
grant usage on schema addresses to guildhall_app;
grant usage on schema addresses to guildhall_work;

create table addresses.open_uprn_import (
  council_id uuid not null,
  source text not null,
  import_number integer not null,
  state text not null,
  position_in_bytes bigint not null,
  size_in_bytes bigint not null,
  points bigint not null default 0,
  skipped bigint not null default 0,
  points_before bigint not null default 0,
  begun_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint open_uprn_import_pkey PRIMARY KEY (council_id),
  constraint open_uprn_import_import_number_check CHECK ((import_number > 0)),
  constraint open_uprn_import_position_in_bytes_check CHECK ((position_in_bytes >= 0)),
  constraint open_uprn_import_size_in_bytes_check CHECK ((size_in_bytes >= 0)),
  constraint open_uprn_import_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'done'::text, 'held'::text])))
);
alter table addresses.open_uprn_import owner to guildhall_owner;
alter table addresses.open_uprn_import enable row level security;
alter table addresses.open_uprn_import force row level security;
create policy own_council on addresses.open_uprn_import using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on addresses.open_uprn_import to guildhall_app;

create table addresses.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table addresses.schema_migration owner to guildhall_owner;
grant select on addresses.schema_migration to guildhall_app;

create table addresses.uprn_point (
  council_id uuid not null,
  uprn text not null,
  latitude double precision not null,
  longitude double precision not null,
  import_number integer not null,
  constraint uprn_point_pkey PRIMARY KEY (council_id, uprn),
  constraint uprn_point_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint uprn_point_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint uprn_point_uprn_check CHECK ((uprn ~ '^[1-9][0-9]{0,11}$'::text))
);
alter table addresses.uprn_point owner to guildhall_owner;
alter table addresses.uprn_point enable row level security;
alter table addresses.uprn_point force row level security;
create policy own_council on addresses.uprn_point using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on addresses.uprn_point to guildhall_app;
