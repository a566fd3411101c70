-- Schema cases, after every migration.
grant usage on schema cases to guildhall_app;
grant usage on schema cases to guildhall_work;

create table cases.case (
  council_id uuid not null,
  case_id uuid not null,
  reference text not null,
  case_type text not null,
  case_type_version integer not null,
  state text not null,
  is_closed boolean not null,
  summary jsonb not null,
  version integer not null,
  opened_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  case_due_on date,
  state_due_on date,
  paused_on date,
  due_on date not null,
  retain_until date not null,
  team text,
  assignee_id uuid,
  assignee_name text,
  ward text,
  person_id uuid,
  contact jsonb,
  language text not null,
  channel text not null,
  assisted jsonb,
  location jsonb,
  answers jsonb not null,
  documents uuid[] not null default '{}'::uuid[],
  payment_id uuid,
  decision jsonb,
  words text[] not null,
  status_key_hash text not null,
  open_key text not null,
  open_hash text not null,
  zones text[],
  needs_attention boolean not null default false,
  constraint case_pkey PRIMARY KEY (council_id, case_id),
  constraint case_open_key UNIQUE (council_id, open_key),
  constraint case_reference UNIQUE (council_id, reference),
  constraint case_check CHECK (((assignee_id IS NULL) = (assignee_name IS NULL))),
  constraint case_check1 CHECK ((is_closed = (closed_at IS NOT NULL))),
  constraint case_language_check CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text]))),
  constraint case_version_check CHECK ((version >= 1))
);
alter table cases.case owner to guildhall_owner;
CREATE INDEX case_assignee ON cases."case" USING btree (council_id, assignee_id, due_on, case_id) WHERE ((NOT is_closed) AND (assignee_id IS NOT NULL));
CREATE INDEX case_attention ON cases."case" USING btree (council_id, due_on, case_id) WHERE (needs_attention AND (NOT is_closed));
CREATE INDEX case_due ON cases."case" USING btree (council_id, due_on, case_id) WHERE (NOT is_closed);
CREATE INDEX case_moved ON cases."case" USING btree (council_id, moved_at, case_id);
CREATE INDEX case_opened ON cases."case" USING btree (council_id, opened_at, case_id) WHERE (NOT is_closed);
CREATE INDEX case_person ON cases."case" USING btree (council_id, person_id, moved_at, case_id) WHERE (person_id IS NOT NULL);
CREATE INDEX case_team ON cases."case" USING btree (council_id, team, due_on, case_id) WHERE (NOT is_closed);
CREATE INDEX case_without_zones ON cases."case" USING btree (council_id, case_id) WHERE ((zones IS NULL) AND (NOT is_closed) AND (location ? 'point'::text));
alter table cases.case enable row level security;
alter table cases.case force row level security;
create policy own_council on cases.case using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on cases.case to guildhall_app;

create table cases.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table cases.schema_migration owner to guildhall_owner;
grant select on cases.schema_migration to guildhall_app;

create table cases.search_word (
  council_id uuid not null,
  word text not null,
  case_id uuid not null,
  constraint search_word_pkey PRIMARY KEY (council_id, word, case_id)
);
alter table cases.search_word owner to guildhall_owner;
alter table cases.search_word enable row level security;
alter table cases.search_word force row level security;
create policy own_council on cases.search_word using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on cases.search_word to guildhall_app;

create table cases.timeline_entry (
  council_id uuid not null,
  case_id uuid not null,
  case_version integer not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  visibility text not null,
  by_kind text not null,
  by_id text,
  by_name text,
  words jsonb,
  reasons text,
  transition text,
  from_state text,
  to_state text,
  documents uuid[],
  constraint timeline_entry_pkey PRIMARY KEY (council_id, case_id, case_version),
  constraint timeline_entry_council_id_case_id_fkey FOREIGN KEY (council_id, case_id) REFERENCES cases."case"(council_id, case_id),
  constraint timeline_entry_by_kind_check CHECK ((by_kind = ANY (ARRAY['officer'::text, 'resident'::text, 'system'::text, 'machine'::text]))),
  constraint timeline_entry_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'moved'::text, 'decided'::text, 'assigned'::text, 'note'::text, 'update'::text, 'answer'::text, 'document'::text]))),
  constraint timeline_entry_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'internal'::text])))
);
alter table cases.timeline_entry owner to guildhall_owner;
alter table cases.timeline_entry enable row level security;
alter table cases.timeline_entry force row level security;
create policy own_council on cases.timeline_entry using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on cases.timeline_entry to guildhall_app;
grant update (by_id), update (by_name), update (words), update (reasons), update (documents) on cases.timeline_entry to guildhall_app;
