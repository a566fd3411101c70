-- Schema catalogue, after every migration.
grant usage on schema catalogue to guildhall_app;
grant usage on schema catalogue to guildhall_work;

create table catalogue.assessment (
  council_id uuid not null,
  digest text not null,
  assessor_id text not null,
  standard text not null,
  assessed_on date not null,
  valid_until date not null,
  listed_at timestamp with time zone not null,
  logged_at timestamp with time zone,
  removed_because text,
  removed_at timestamp with time zone,
  constraint assessment_pkey PRIMARY KEY (council_id, digest)
);
alter table catalogue.assessment owner to guildhall_owner;
CREATE INDEX assessment_assessor ON catalogue.assessment USING btree (council_id, assessor_id, assessed_on DESC);
CREATE INDEX assessment_ends ON catalogue.assessment USING btree (council_id, valid_until);
CREATE INDEX assessment_newest ON catalogue.assessment USING btree (council_id, listed_at DESC);
alter table catalogue.assessment enable row level security;
alter table catalogue.assessment force row level security;
create policy own_council on catalogue.assessment using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.assessment to guildhall_app;
grant update (removed_because), update (removed_at) on catalogue.assessment to guildhall_app;

create table catalogue.assessment_subject (
  council_id uuid not null,
  subject text not null,
  digest text not null,
  version text,
  also_versions text,
  constraint assessment_subject_pkey PRIMARY KEY (council_id, subject, digest)
);
alter table catalogue.assessment_subject owner to guildhall_owner;
alter table catalogue.assessment_subject enable row level security;
alter table catalogue.assessment_subject force row level security;
create policy own_council on catalogue.assessment_subject using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.assessment_subject to guildhall_app;

create table catalogue.contribution (
  council_id uuid not null,
  contribution_id uuid not null,
  kind text not null,
  organisation_id text not null,
  package_name text,
  written jsonb not null,
  at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_because text,
  constraint contribution_pkey PRIMARY KEY (council_id, contribution_id),
  constraint contribution_council_id_organisation_id_fkey FOREIGN KEY (council_id, organisation_id) REFERENCES catalogue.organisation(council_id, organisation_id),
  constraint contribution_check CHECK (((package_name IS NOT NULL) OR (kind <> 'adoption'::text))),
  constraint contribution_check1 CHECK (((ended_because IS NULL) OR (ended_at IS NOT NULL))),
  constraint contribution_kind_check CHECK ((kind = ANY (ARRAY['offer'::text, 'adoption'::text, 'help'::text])))
);
alter table catalogue.contribution owner to guildhall_owner;
CREATE INDEX contribution_newest ON catalogue.contribution USING btree (council_id, kind, at DESC, contribution_id) WHERE (ended_at IS NULL);
CREATE INDEX contribution_own ON catalogue.contribution USING btree (council_id, organisation_id, at DESC);
CREATE INDEX contribution_package ON catalogue.contribution USING btree (council_id, package_name, kind, at DESC) WHERE (ended_at IS NULL);
alter table catalogue.contribution enable row level security;
alter table catalogue.contribution force row level security;
create policy own_council on catalogue.contribution using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.contribution to guildhall_app;

create table catalogue.counter_claim (
  council_id uuid not null,
  assessment text not null,
  publisher_id text not null,
  digest text not null,
  at timestamp with time zone not null,
  logged_at timestamp with time zone not null,
  listed_at timestamp with time zone not null,
  constraint counter_claim_pkey PRIMARY KEY (council_id, assessment, publisher_id)
);
alter table catalogue.counter_claim owner to guildhall_owner;
CREATE INDEX counter_claim_publisher ON catalogue.counter_claim USING btree (council_id, publisher_id);
alter table catalogue.counter_claim enable row level security;
alter table catalogue.counter_claim force row level security;
create policy own_council on catalogue.counter_claim using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on catalogue.counter_claim to guildhall_app;

create table catalogue.effort (
  council_id uuid not null,
  effort_id uuid not null,
  month date not null,
  outcome text not null,
  hours text not null,
  hardest text not null,
  constraint effort_pkey PRIMARY KEY (council_id, effort_id),
  constraint effort_hours_check CHECK ((hours = ANY (ARRAY['under-2'::text, '2-8'::text, '8-40'::text, 'over-40'::text]))),
  constraint effort_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint effort_outcome_check CHECK ((outcome = ANY (ARRAY['listed'::text, 'gave-up'::text])))
);
alter table catalogue.effort owner to guildhall_owner;
alter table catalogue.effort enable row level security;
alter table catalogue.effort force row level security;
create policy own_council on catalogue.effort using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.effort to guildhall_app;

create table catalogue.feed (
  council_id uuid not null,
  size bigint not null,
  peaks bytea[] not null,
  checkpoint text not null,
  constraint feed_pkey PRIMARY KEY (council_id),
  constraint feed_size_check CHECK ((size >= 0))
);
alter table catalogue.feed owner to guildhall_owner;
alter table catalogue.feed enable row level security;
alter table catalogue.feed force row level security;
create policy own_council on catalogue.feed using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.feed to guildhall_app;

create table catalogue.feed_conflict (
  council_id uuid not null,
  feed text not null,
  index bigint not null,
  kind text not null,
  about text not null,
  version text,
  digest text not null,
  reason text not null,
  message text not null,
  envelope jsonb,
  found_at timestamp with time zone not null,
  entry jsonb,
  facts jsonb,
  logged_at timestamp with time zone,
  judged_at timestamp with time zone,
  is_settled boolean not null default false,
  constraint feed_conflict_pkey PRIMARY KEY (council_id, feed, index)
);
alter table catalogue.feed_conflict owner to guildhall_owner;
CREATE INDEX feed_conflict_about ON catalogue.feed_conflict USING btree (council_id, about);
CREATE INDEX feed_conflict_newest ON catalogue.feed_conflict USING btree (council_id, found_at DESC);
CREATE INDEX feed_conflict_open ON catalogue.feed_conflict USING btree (council_id, feed, index) WHERE (NOT is_settled);
alter table catalogue.feed_conflict enable row level security;
alter table catalogue.feed_conflict force row level security;
create policy own_council on catalogue.feed_conflict using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.feed_conflict to guildhall_app;
grant update (reason), update (message), update (judged_at), update (is_settled) on catalogue.feed_conflict to guildhall_app;

create table catalogue.feed_entry (
  council_id uuid not null,
  index bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  about text not null,
  version text,
  digest text not null,
  leaf text not null,
  constraint feed_entry_pkey PRIMARY KEY (council_id, index)
);
alter table catalogue.feed_entry owner to guildhall_owner;
CREATE INDEX feed_entry_about ON catalogue.feed_entry USING btree (council_id, about, index DESC);
CREATE INDEX feed_entry_removed ON catalogue.feed_entry USING btree (council_id, index DESC) WHERE (kind = 'removed'::text);
alter table catalogue.feed_entry enable row level security;
alter table catalogue.feed_entry force row level security;
create policy own_council on catalogue.feed_entry using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.feed_entry to guildhall_app;

create table catalogue.feed_node (
  council_id uuid not null,
  height smallint not null,
  position bigint not null,
  hash bytea not null,
  constraint feed_node_pkey PRIMARY KEY (council_id, height, "position")
);
alter table catalogue.feed_node owner to guildhall_owner;
alter table catalogue.feed_node enable row level security;
alter table catalogue.feed_node force row level security;
create policy own_council on catalogue.feed_node using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on catalogue.feed_node to guildhall_app;

create table catalogue.followed_feed (
  council_id uuid not null,
  name text not null,
  size bigint not null default 0,
  peaks bytea[] not null default '{}'::bytea[],
  checkpoint text not null default ''::text,
  asked_at timestamp with time zone,
  heard_at timestamp with time zone,
  complete_at timestamp with time zone,
  fault text,
  alarm jsonb,
  constraint followed_feed_pkey PRIMARY KEY (council_id, name)
);
alter table catalogue.followed_feed owner to guildhall_owner;
alter table catalogue.followed_feed enable row level security;
alter table catalogue.followed_feed force row level security;
create policy own_council on catalogue.followed_feed using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.followed_feed to guildhall_app;

create table catalogue.notice (
  council_id uuid not null,
  publisher_id text not null,
  notice_id text not null,
  kind text not null,
  package text not null,
  versions text not null,
  notice jsonb not null,
  digest text not null,
  at timestamp with time zone not null,
  listed_at timestamp with time zone not null,
  logged_at timestamp with time zone,
  removed_because text,
  removed_at timestamp with time zone,
  is_taken_off boolean not null default false,
  constraint notice_pkey PRIMARY KEY (council_id, publisher_id, notice_id)
);
alter table catalogue.notice owner to guildhall_owner;
CREATE INDEX notice_listed ON catalogue.notice USING btree (council_id, listed_at DESC);
CREATE INDEX notice_newest ON catalogue.notice USING btree (council_id, at DESC);
CREATE INDEX notice_package ON catalogue.notice USING btree (council_id, package);
alter table catalogue.notice enable row level security;
alter table catalogue.notice force row level security;
create policy own_council on catalogue.notice using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.notice to guildhall_app;

create table catalogue.organisation (
  council_id uuid not null,
  organisation_id text not null,
  kind text not null,
  name_en text not null,
  name_cy text not null,
  team_id text not null,
  email text not null,
  web text,
  added_at timestamp with time zone not null,
  constraint organisation_pkey PRIMARY KEY (council_id, organisation_id),
  constraint organisation_kind_check CHECK ((kind = ANY (ARRAY['council'::text, 'regional-body'::text, 'supplier'::text, 'community'::text, 'assessor'::text])))
);
alter table catalogue.organisation owner to guildhall_owner;
CREATE INDEX organisation_team ON catalogue.organisation USING btree (council_id, team_id, organisation_id);
alter table catalogue.organisation enable row level security;
alter table catalogue.organisation force row level security;
create policy own_council on catalogue.organisation using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.organisation to guildhall_app;

create table catalogue.package (
  council_id uuid not null,
  name text not null,
  publisher_id text not null,
  kind text not null,
  description text not null,
  licence text not null,
  maturity text not null,
  languages text[] not null,
  provides text[] not null,
  latest text not null,
  published_at timestamp with time zone not null,
  passed integer not null,
  applicable integer not null,
  noticed text[] not null,
  words tsvector not null,
  scope_looks text not null,
  name_looks text not null,
  constraint package_pkey PRIMARY KEY (council_id, name)
);
alter table catalogue.package owner to guildhall_owner;
CREATE INDEX package_kind ON catalogue.package USING btree (council_id, kind, name);
CREATE INDEX package_looks ON catalogue.package USING btree (council_id, length(scope_looks), length(name_looks));
CREATE INDEX package_publisher ON catalogue.package USING btree (council_id, publisher_id, name);
alter table catalogue.package enable row level security;
alter table catalogue.package force row level security;
create policy own_council on catalogue.package using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on catalogue.package to guildhall_app;

create table catalogue.picture (
  council_id uuid not null,
  name text not null,
  version text not null,
  path text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  constraint picture_pkey PRIMARY KEY (council_id, name, version, path)
);
alter table catalogue.picture owner to guildhall_owner;
alter table catalogue.picture enable row level security;
alter table catalogue.picture force row level security;
create policy own_council on catalogue.picture using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on catalogue.picture to guildhall_app;

create table catalogue.publisher (
  council_id uuid not null,
  publisher_id text not null,
  state jsonb not null,
  serial bigint not null,
  listed_at timestamp with time zone not null,
  from_feed text,
  constraint publisher_pkey PRIMARY KEY (council_id, publisher_id)
);
alter table catalogue.publisher owner to guildhall_owner;
alter table catalogue.publisher enable row level security;
alter table catalogue.publisher force row level security;
create policy own_council on catalogue.publisher using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on catalogue.publisher to guildhall_app;

create table catalogue.publisher_scope (
  council_id uuid not null,
  scope text not null,
  publisher_id text not null,
  constraint publisher_scope_pkey PRIMARY KEY (council_id, scope)
);
alter table catalogue.publisher_scope owner to guildhall_owner;
alter table catalogue.publisher_scope enable row level security;
alter table catalogue.publisher_scope force row level security;
create policy own_council on catalogue.publisher_scope using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on catalogue.publisher_scope to guildhall_app;

create table catalogue.publisher_state (
  council_id uuid not null,
  publisher_id text not null,
  serial bigint not null,
  digest text not null,
  listed_at timestamp with time zone not null,
  constraint publisher_state_pkey PRIMARY KEY (council_id, publisher_id, serial)
);
alter table catalogue.publisher_state owner to guildhall_owner;
alter table catalogue.publisher_state enable row level security;
alter table catalogue.publisher_state force row level security;
create policy own_council on catalogue.publisher_state using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on catalogue.publisher_state to guildhall_app;

create table catalogue.put_out (
  council_id uuid not null,
  publisher_id text not null,
  state jsonb not null,
  because text not null,
  put_out_at timestamp with time zone not null,
  constraint put_out_pkey PRIMARY KEY (council_id, publisher_id)
);
alter table catalogue.put_out owner to guildhall_owner;
alter table catalogue.put_out enable row level security;
alter table catalogue.put_out force row level security;
create policy own_council on catalogue.put_out using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on catalogue.put_out to guildhall_app;

create table catalogue.release (
  council_id uuid not null,
  name text not null,
  version text not null,
  publisher_id text not null,
  sha512 text not null,
  facts jsonb not null,
  facts_digest text not null,
  digest text not null,
  components text,
  published_at timestamp with time zone not null,
  listed_at timestamp with time zone not null,
  logged_at timestamp with time zone not null,
  feed_index bigint not null,
  from_feed text,
  removed_because text,
  is_taken_off boolean not null default false,
  components_asked_at timestamp with time zone,
  was_put_out boolean not null default false,
  constraint release_pkey PRIMARY KEY (council_id, name, version)
);
alter table catalogue.release owner to guildhall_owner;
CREATE INDEX release_digest ON catalogue.release USING btree (council_id, digest);
CREATE INDEX release_lacks_components ON catalogue.release USING btree (council_id, components_asked_at NULLS FIRST, listed_at DESC) WHERE (components IS NULL);
CREATE INDEX release_newest ON catalogue.release USING btree (council_id, listed_at DESC);
CREATE INDEX release_publisher ON catalogue.release USING btree (council_id, publisher_id, listed_at);
alter table catalogue.release enable row level security;
alter table catalogue.release force row level security;
create policy own_council on catalogue.release using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.release to guildhall_app;

create table catalogue.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table catalogue.schema_migration owner to guildhall_owner;
grant select on catalogue.schema_migration to guildhall_app;

create table catalogue.signed (
  council_id uuid not null,
  digest text not null,
  kind text not null,
  envelope jsonb not null,
  is_removed boolean not null default false,
  constraint signed_pkey PRIMARY KEY (council_id, digest),
  constraint signed_kind_check CHECK ((kind = ANY (ARRAY['publisher'::text, 'release'::text, 'notice'::text, 'assessment'::text])))
);
alter table catalogue.signed owner to guildhall_owner;
alter table catalogue.signed enable row level security;
alter table catalogue.signed force row level security;
create policy own_council on catalogue.signed using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on catalogue.signed to guildhall_app;

create table catalogue.submission (
  council_id uuid not null,
  submission_id uuid not null,
  kind text not null,
  digest text not null,
  publisher_id text not null,
  about text not null,
  version text,
  state text not null,
  reasons text[] not null,
  envelope jsonb,
  components text,
  tries integer not null default 0,
  next_try_at timestamp with time zone,
  submitted_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by text,
  words text,
  constraint submission_pkey PRIMARY KEY (council_id, submission_id),
  constraint submission_kind_check CHECK ((kind = ANY (ARRAY['publisher'::text, 'release'::text, 'notice'::text, 'assessment'::text]))),
  constraint submission_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'listed'::text, 'refused'::text])))
);
alter table catalogue.submission owner to guildhall_owner;
CREATE UNIQUE INDEX submission_digest ON catalogue.submission USING btree (council_id, digest);
CREATE INDEX submission_due ON catalogue.submission USING btree (council_id, next_try_at) WHERE (state = 'waiting'::text);
CREATE INDEX submission_newest ON catalogue.submission USING btree (council_id, submitted_at DESC);
CREATE INDEX submission_waiting ON catalogue.submission USING btree (council_id, publisher_id, kind) WHERE (state = 'waiting'::text);
alter table catalogue.submission enable row level security;
alter table catalogue.submission force row level security;
create policy own_council on catalogue.submission using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on catalogue.submission to guildhall_app;
