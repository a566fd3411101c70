-- Schema back_office, after every migration.
grant usage on schema back_office to guildhall_app;
grant usage on schema back_office to guildhall_work;

create table back_office.far_end (
  council_id uuid not null,
  provider_id text not null,
  heard_until timestamp with time zone,
  asking_until timestamp with time zone,
  failures_in_row integer not null default 0,
  failing_since timestamp with time zone,
  wait_until timestamp with time zone,
  constraint far_end_pkey PRIMARY KEY (council_id, provider_id)
);
alter table back_office.far_end owner to guildhall_owner;
alter table back_office.far_end enable row level security;
alter table back_office.far_end force row level security;
create policy own_council on back_office.far_end using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on back_office.far_end to guildhall_app;

create table back_office.hand_over (
  council_id uuid not null,
  case_id uuid not null,
  case_type text not null,
  provider_id text not null,
  state text not null,
  case_reference text,
  far_reference text,
  ticket text,
  tries integer not null default 0,
  next_try_at timestamp with time zone not null,
  claimed_until timestamp with time zone,
  last_code text,
  last_message text,
  opened_at timestamp with time zone not null,
  handed_over_at timestamp with time zone,
  refused_at timestamp with time zone,
  is_closed boolean not null default false,
  asked_at timestamp with time zone,
  applied_through timestamp with time zone,
  applying_until timestamp with time zone,
  links_ended_at timestamp with time zone,
  last_tried_at timestamp with time zone,
  constraint hand_over_pkey PRIMARY KEY (council_id, case_id),
  constraint hand_over_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'handed-over'::text, 'refused'::text])))
);
alter table back_office.hand_over owner to guildhall_owner;
CREATE INDEX hand_over_far ON back_office.hand_over USING btree (council_id, provider_id, far_reference) WHERE (far_reference IS NOT NULL);
CREATE INDEX hand_over_followed ON back_office.hand_over USING btree (council_id, provider_id, asked_at) WHERE ((state = 'handed-over'::text) AND (NOT is_closed));
CREATE INDEX hand_over_ours ON back_office.hand_over USING btree (council_id, provider_id, case_reference) WHERE (case_reference IS NOT NULL);
CREATE INDEX hand_over_refused ON back_office.hand_over USING btree (council_id, refused_at, case_id) WHERE (state = 'refused'::text);
CREATE INDEX hand_over_waiting ON back_office.hand_over USING btree (council_id, next_try_at) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]));
alter table back_office.hand_over enable row level security;
alter table back_office.hand_over force row level security;
create policy own_council on back_office.hand_over using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on back_office.hand_over to guildhall_app;

create table back_office.progress (
  council_id uuid not null,
  case_id uuid not null,
  progress_id text not null,
  status text not null,
  code text,
  at timestamp with time zone not null,
  words text,
  plan jsonb,
  is_applied boolean not null default false,
  received_at timestamp with time zone not null,
  photos text[],
  photo_tries integer not null default 0,
  photos_wait_until timestamp with time zone,
  constraint progress_pkey PRIMARY KEY (council_id, case_id, progress_id),
  constraint progress_council_id_case_id_fkey FOREIGN KEY (council_id, case_id) REFERENCES back_office.hand_over(council_id, case_id)
);
alter table back_office.progress owner to guildhall_owner;
CREATE INDEX progress_waiting ON back_office.progress USING btree (council_id, case_id, at, received_at) WHERE (NOT is_applied);
alter table back_office.progress enable row level security;
alter table back_office.progress force row level security;
create policy own_council on back_office.progress using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on back_office.progress to guildhall_app;

create table back_office.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table back_office.schema_migration owner to guildhall_owner;
grant select on back_office.schema_migration to guildhall_app;

create table back_office.unmatched (
  council_id uuid not null,
  provider_id text not null,
  progress_id text not null,
  far_reference text not null default ''::text,
  case_reference text not null default ''::text,
  status text not null,
  code text,
  at timestamp with time zone not null,
  words text,
  received_at timestamp with time zone not null,
  photos text[],
  constraint unmatched_pkey PRIMARY KEY (council_id, provider_id, progress_id, far_reference, case_reference)
);
alter table back_office.unmatched owner to guildhall_owner;
CREATE INDEX unmatched_age ON back_office.unmatched USING btree (council_id, received_at);
alter table back_office.unmatched enable row level security;
alter table back_office.unmatched force row level security;
create policy own_council on back_office.unmatched using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on back_office.unmatched to guildhall_app;

create table back_office.words (
  council_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  state text not null,
  tries integer not null default 0,
  next_try_at timestamp with time zone not null,
  claimed_until timestamp with time zone,
  constraint words_pkey PRIMARY KEY (council_id, entry_id),
  constraint words_council_id_case_id_fkey FOREIGN KEY (council_id, case_id) REFERENCES back_office.hand_over(council_id, case_id),
  constraint words_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'refused'::text])))
);
alter table back_office.words owner to guildhall_owner;
CREATE INDEX words_waiting ON back_office.words USING btree (council_id, next_try_at) WHERE (state = 'waiting'::text);
alter table back_office.words enable row level security;
alter table back_office.words force row level security;
create policy own_council on back_office.words using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on back_office.words to guildhall_app;
