-- Schema documents, after every migration.
grant usage on schema documents to guildhall_app;
grant usage on schema documents to guildhall_work;

create table documents.document (
  council_id uuid not null,
  document_id uuid not null,
  kind text not null,
  state text not null,
  owner text,
  subject_type text,
  subject_id text,
  content_type text not null,
  size_in_bytes bigint not null,
  sha256 text not null,
  received_sha256 text not null,
  filename text not null,
  width integer,
  height integer,
  has_thumbnail boolean not null,
  has_bytes boolean not null default true,
  stored_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  links_series integer not null default 0,
  constraint document_pkey PRIMARY KEY (council_id, document_id),
  constraint document_check CHECK (((subject_type IS NULL) = (subject_id IS NULL))),
  constraint document_check1 CHECK (((state <> 'attached'::text) OR (subject_id IS NOT NULL))),
  constraint document_check2 CHECK (((width IS NULL) = (height IS NULL))),
  constraint document_kind_check CHECK ((kind = ANY (ARRAY['photo'::text, 'file'::text]))),
  constraint document_size_in_bytes_check CHECK ((size_in_bytes > 0)),
  constraint document_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'loose'::text, 'attached'::text, 'removed'::text])))
);
alter table documents.document owner to guildhall_owner;
CREATE INDEX document_subject ON documents.document USING btree (council_id, subject_type, subject_id, stored_at, document_id) WHERE (subject_id IS NOT NULL);
CREATE INDEX document_to_sweep ON documents.document USING btree (council_id, changed_at, document_id) WHERE ((state = ANY (ARRAY['receiving'::text, 'loose'::text])) OR ((state = 'removed'::text) AND has_bytes));
alter table documents.document enable row level security;
alter table documents.document force row level security;
create policy own_council on documents.document using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on documents.document to guildhall_app;

create table documents.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table documents.schema_migration owner to guildhall_owner;
grant select on documents.schema_migration to guildhall_app;
