-- Schema identity, after every migration.
grant usage on schema identity to guildhall_app;
grant usage on schema identity to guildhall_work;

create table identity.attempt (
  council_id uuid not null,
  attempt_id uuid not null,
  state_hash text not null,
  who text not null,
  provider text not null,
  session_id text not null,
  keep text not null,
  next text not null,
  adds_to uuid,
  begun_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint attempt_pkey PRIMARY KEY (council_id, attempt_id),
  constraint attempt_council_id_state_hash_key UNIQUE (council_id, state_hash),
  constraint attempt_who_check CHECK ((who = ANY (ARRAY['resident'::text, 'officer'::text])))
);
alter table identity.attempt owner to guildhall_owner;
CREATE INDEX attempt_age ON identity.attempt USING btree (council_id, expires_at);
alter table identity.attempt enable row level security;
alter table identity.attempt force row level security;
create policy own_council on identity.attempt using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.attempt to guildhall_app;

create table identity.challenge (
  council_id uuid not null,
  challenge_id uuid not null,
  provider text not null,
  session_id text not null,
  channel text not null,
  address text not null,
  keep text not null,
  tries_left integer not null,
  is_used boolean not null default false,
  version integer not null default 1,
  next text not null,
  adds_to uuid,
  begun_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint challenge_pkey PRIMARY KEY (council_id, challenge_id),
  constraint challenge_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'text'::text]))),
  constraint challenge_tries_left_check CHECK ((tries_left >= 0))
);
alter table identity.challenge owner to guildhall_owner;
CREATE INDEX challenge_age ON identity.challenge USING btree (council_id, expires_at);
CREATE INDEX challenge_session ON identity.challenge USING btree (council_id, session_id, address, begun_at);
alter table identity.challenge enable row level security;
alter table identity.challenge force row level security;
create policy own_council on identity.challenge using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.challenge to guildhall_app;

create table identity.claim_code (
  council_id uuid not null,
  claim_id uuid not null,
  assisted_person_id uuid not null,
  subject_type text,
  subject_id text,
  code_hash text not null,
  expires_at timestamp with time zone not null,
  issued_at timestamp with time zone not null,
  claimed_by uuid,
  claimed_at timestamp with time zone,
  constraint claim_code_pkey PRIMARY KEY (council_id, claim_id),
  constraint claim_code_council_id_code_hash_key UNIQUE (council_id, code_hash),
  constraint claim_code_council_id_assisted_person_id_fkey FOREIGN KEY (council_id, assisted_person_id) REFERENCES identity.person(council_id, person_id),
  constraint claim_code_council_id_claimed_by_fkey FOREIGN KEY (council_id, claimed_by) REFERENCES identity.person(council_id, person_id),
  constraint claim_code_check CHECK ((((subject_type IS NULL) = (subject_id IS NULL)) AND ((claimed_by IS NULL) = (claimed_at IS NULL))))
);
alter table identity.claim_code owner to guildhall_owner;
CREATE INDEX claim_code_person ON identity.claim_code USING btree (council_id, assisted_person_id);
alter table identity.claim_code enable row level security;
alter table identity.claim_code force row level security;
create policy own_council on identity.claim_code using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on identity.claim_code to guildhall_app;

create table identity.logout_notice (
  council_id uuid not null,
  issuer text not null,
  notice_hash text not null,
  expires_at timestamp with time zone not null,
  constraint logout_notice_pkey PRIMARY KEY (council_id, issuer, notice_hash)
);
alter table identity.logout_notice owner to guildhall_owner;
CREATE INDEX logout_notice_age ON identity.logout_notice USING btree (council_id, expires_at);
alter table identity.logout_notice enable row level security;
alter table identity.logout_notice force row level security;
create policy own_council on identity.logout_notice using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on identity.logout_notice to guildhall_app;

create table identity.machine_client (
  council_id uuid not null,
  client_id text not null,
  title text not null,
  secret_hash text not null,
  earlier_secret_hash text,
  earlier_works_until timestamp with time zone,
  permissions text[] not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint machine_client_pkey PRIMARY KEY (council_id, client_id)
);
alter table identity.machine_client owner to guildhall_owner;
alter table identity.machine_client enable row level security;
alter table identity.machine_client force row level security;
create policy own_council on identity.machine_client using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on identity.machine_client to guildhall_app;

create table identity.officer (
  council_id uuid not null,
  officer_id uuid not null,
  name text not null,
  email text not null,
  email_normalised text not null,
  is_active boolean not null default true,
  directory text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint officer_pkey PRIMARY KEY (council_id, officer_id),
  constraint officer_council_id_email_normalised_key UNIQUE (council_id, email_normalised)
);
alter table identity.officer owner to guildhall_owner;
alter table identity.officer enable row level security;
alter table identity.officer force row level security;
create policy own_council on identity.officer using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on identity.officer to guildhall_app;

create table identity.officer_role (
  council_id uuid not null,
  officer_id uuid not null,
  role text not null,
  constraint officer_role_pkey PRIMARY KEY (council_id, officer_id, role),
  constraint officer_role_council_id_officer_id_fkey FOREIGN KEY (council_id, officer_id) REFERENCES identity.officer(council_id, officer_id),
  constraint officer_role_role_check CHECK ((role = ANY (ARRAY['adviser'::text, 'case-officer'::text, 'team-manager'::text])))
);
alter table identity.officer_role owner to guildhall_owner;
alter table identity.officer_role enable row level security;
alter table identity.officer_role force row level security;
create policy own_council on identity.officer_role using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on identity.officer_role to guildhall_app;

create table identity.officer_team (
  council_id uuid not null,
  officer_id uuid not null,
  team_id text not null,
  constraint officer_team_pkey PRIMARY KEY (council_id, officer_id, team_id),
  constraint officer_team_council_id_officer_id_fkey FOREIGN KEY (council_id, officer_id) REFERENCES identity.officer(council_id, officer_id)
);
alter table identity.officer_team owner to guildhall_owner;
CREATE INDEX officer_team_team ON identity.officer_team USING btree (council_id, team_id);
alter table identity.officer_team enable row level security;
alter table identity.officer_team force row level security;
create policy own_council on identity.officer_team using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on identity.officer_team to guildhall_app;

create table identity.officer_vouch (
  council_id uuid not null,
  officer_id uuid not null,
  provider text not null,
  keep text not null,
  checked_at timestamp with time zone not null,
  silent_since timestamp with time zone,
  constraint officer_vouch_pkey PRIMARY KEY (council_id, officer_id),
  constraint officer_vouch_council_id_officer_id_fkey FOREIGN KEY (council_id, officer_id) REFERENCES identity.officer(council_id, officer_id)
);
alter table identity.officer_vouch owner to guildhall_owner;
CREATE INDEX officer_vouch_due ON identity.officer_vouch USING btree (council_id, checked_at);
alter table identity.officer_vouch enable row level security;
alter table identity.officer_vouch force row level security;
create policy own_council on identity.officer_vouch using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.officer_vouch to guildhall_app;

create table identity.pending_way (
  council_id uuid not null,
  pending_id uuid not null,
  session_id text not null,
  provider text not null,
  issuer text not null,
  subject_hash text not null,
  confidence text not null,
  name text,
  preferred_language text,
  channel text not null,
  address text not null,
  next text not null,
  wants_join boolean not null default false,
  expires_at timestamp with time zone not null,
  date_of_birth text,
  proved_address jsonb,
  constraint pending_way_pkey PRIMARY KEY (council_id, pending_id),
  constraint pending_way_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'text'::text])))
);
alter table identity.pending_way owner to guildhall_owner;
CREATE INDEX pending_way_age ON identity.pending_way USING btree (council_id, expires_at);
CREATE INDEX pending_way_session ON identity.pending_way USING btree (council_id, session_id);
alter table identity.pending_way enable row level security;
alter table identity.pending_way force row level security;
create policy own_council on identity.pending_way using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.pending_way to guildhall_app;

create table identity.person (
  council_id uuid not null,
  person_id uuid not null,
  name text,
  email text,
  email_normalised text,
  email_verified_at timestamp with time zone,
  phone text,
  phone_normalised text,
  phone_verified_at timestamp with time zone,
  preferred_language text,
  uprn text,
  address text[],
  is_assisted boolean not null default false,
  assisted_by uuid,
  assisted_authority text,
  assisted_checks text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint person_pkey PRIMARY KEY (council_id, person_id),
  constraint person_check CHECK ((((email IS NULL) = (email_normalised IS NULL)) AND ((email IS NOT NULL) OR (email_verified_at IS NULL)))),
  constraint person_check1 CHECK ((((phone IS NULL) = (phone_normalised IS NULL)) AND ((phone IS NOT NULL) OR (phone_verified_at IS NULL)))),
  constraint person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint person_preferred_language_check CHECK ((preferred_language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint person_uprn_check CHECK ((uprn ~ '^[0-9]{1,12}$'::text))
);
alter table identity.person owner to guildhall_owner;
CREATE UNIQUE INDEX person_verified_email ON identity.person USING btree (council_id, email_normalised) WHERE (email_verified_at IS NOT NULL);
CREATE UNIQUE INDEX person_verified_phone ON identity.person USING btree (council_id, phone_normalised) WHERE (phone_verified_at IS NOT NULL);
alter table identity.person enable row level security;
alter table identity.person force row level security;
create policy own_council on identity.person using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on identity.person to guildhall_app;

create table identity.proved (
  council_id uuid not null,
  person_id uuid not null,
  name text,
  date_of_birth text,
  address text[],
  uprn text,
  confidence text not null,
  issuer text not null,
  proved_at timestamp with time zone not null,
  subject_hash text,
  constraint proved_pkey PRIMARY KEY (council_id, person_id),
  constraint proved_council_id_person_id_fkey FOREIGN KEY (council_id, person_id) REFERENCES identity.person(council_id, person_id),
  constraint proved_date_of_birth_check CHECK ((date_of_birth ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'::text)),
  constraint proved_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint proved_uprn_check CHECK ((uprn ~ '^[0-9]{1,12}$'::text))
);
alter table identity.proved owner to guildhall_owner;
alter table identity.proved enable row level security;
alter table identity.proved force row level security;
create policy own_council on identity.proved using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.proved to guildhall_app;

create table identity.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table identity.schema_migration owner to guildhall_owner;
grant select on identity.schema_migration to guildhall_app;

create table identity.sign_in (
  council_id uuid not null,
  sign_in_id uuid not null,
  provider text not null,
  issuer text not null,
  subject_hash text not null,
  person_id uuid,
  officer_id uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  constraint sign_in_pkey PRIMARY KEY (council_id, sign_in_id),
  constraint sign_in_council_id_officer_id_fkey FOREIGN KEY (council_id, officer_id) REFERENCES identity.officer(council_id, officer_id),
  constraint sign_in_council_id_person_id_fkey FOREIGN KEY (council_id, person_id) REFERENCES identity.person(council_id, person_id),
  constraint sign_in_check CHECK (((person_id IS NULL) <> (officer_id IS NULL)))
);
alter table identity.sign_in owner to guildhall_owner;
CREATE UNIQUE INDEX sign_in_officer ON identity.sign_in USING btree (council_id, issuer, subject_hash) WHERE (officer_id IS NOT NULL);
CREATE INDEX sign_in_person ON identity.sign_in USING btree (council_id, person_id) WHERE (person_id IS NOT NULL);
CREATE UNIQUE INDEX sign_in_resident ON identity.sign_in USING btree (council_id, issuer, subject_hash) WHERE (person_id IS NOT NULL);
alter table identity.sign_in enable row level security;
alter table identity.sign_in force row level security;
create policy own_council on identity.sign_in using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on identity.sign_in to guildhall_app;

create table identity.team (
  council_id uuid not null,
  team_id text not null,
  title_en text not null,
  title_cy text not null,
  constraint team_pkey PRIMARY KEY (council_id, team_id),
  constraint team_team_id_check CHECK ((team_id ~ '^[a-z][a-z0-9-]*$'::text))
);
alter table identity.team owner to guildhall_owner;
alter table identity.team enable row level security;
alter table identity.team force row level security;
create policy own_council on identity.team using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on identity.team to guildhall_app;

create table identity.throttle (
  council_id uuid not null,
  scope text not null,
  key_hash text not null,
  at timestamp with time zone not null,
  throttle_id uuid not null,
  constraint throttle_pkey PRIMARY KEY (council_id, scope, key_hash, at, throttle_id)
);
alter table identity.throttle owner to guildhall_owner;
CREATE INDEX throttle_age ON identity.throttle USING btree (council_id, at);
alter table identity.throttle enable row level security;
alter table identity.throttle force row level security;
create policy own_council on identity.throttle using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on identity.throttle to guildhall_app;
