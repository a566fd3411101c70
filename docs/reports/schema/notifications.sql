-- Schema notifications, after every migration.
grant usage on schema notifications to guildhall_app;
grant usage on schema notifications to guildhall_work;

create table notifications.message (
  council_id uuid not null,
  message_id uuid not null,
  template_id text not null,
  channel text not null,
  language text not null,
  state text not null,
  failure text,
  failure_code text,
  last_failure text,
  is_secret boolean not null,
  plain_title text not null,
  title text not null,
  sent_to text not null,
  address jsonb,
  content jsonb,
  person_id uuid,
  about_type text,
  about_id text,
  provider_id text,
  provider_reference text,
  tries integer not null default 0,
  next_try_at timestamp with time zone not null,
  give_up_at timestamp with time zone not null,
  claimed_until timestamp with time zone,
  asked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  settled_at timestamp with time zone,
  wipe_at timestamp with time zone not null,
  dealt_with_at timestamp with time zone,
  dealt_with_by uuid,
  is_news boolean not null default false,
  asked jsonb,
  ask_at timestamp with time zone,
  constraint message_pkey PRIMARY KEY (council_id, message_id),
  constraint message_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'letter'::text]))),
  constraint message_check CHECK (((state = 'failed'::text) = (failure IS NOT NULL))),
  constraint message_check1 CHECK (((about_type IS NULL) = (about_id IS NULL))),
  constraint message_failure_check CHECK ((failure = ANY (ARRAY['temporary'::text, 'permanent'::text, 'technical'::text]))),
  constraint message_language_check CHECK ((language = ANY (ARRAY['en'::text, 'cy'::text, 'both'::text]))),
  constraint message_last_failure_check CHECK ((last_failure = ANY (ARRAY['temporary'::text, 'technical'::text]))),
  constraint message_state_check CHECK ((state = ANY (ARRAY['created'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text])))
);
alter table notifications.message owner to guildhall_owner;
CREATE INDEX message_about ON notifications.message USING btree (council_id, about_type, about_id, created_at DESC, message_id DESC) WHERE (about_id IS NOT NULL);
CREATE INDEX message_age ON notifications.message USING btree (council_id, created_at);
CREATE INDEX message_failed ON notifications.message USING btree (council_id, settled_at DESC, message_id DESC) WHERE ((state = 'failed'::text) AND (dealt_with_at IS NULL));
CREATE INDEX message_person ON notifications.message USING btree (council_id, person_id, created_at DESC, message_id DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX message_provider ON notifications.message USING btree (council_id, provider_id, provider_reference) WHERE (provider_reference IS NOT NULL);
CREATE INDEX message_to_ask ON notifications.message USING btree (council_id, COALESCE(ask_at, sent_at)) WHERE (state = 'sending'::text);
CREATE INDEX message_waiting ON notifications.message USING btree (council_id, next_try_at) WHERE (state = 'created'::text);
CREATE INDEX message_wipe ON notifications.message USING btree (council_id, wipe_at) WHERE (content IS NOT NULL);
alter table notifications.message enable row level security;
alter table notifications.message force row level security;
create policy own_council on notifications.message using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on notifications.message to guildhall_app;

create table notifications.preference (
  council_id uuid not null,
  person_id uuid not null,
  channel text,
  stops_news boolean not null,
  changed_at timestamp with time zone not null,
  constraint preference_pkey PRIMARY KEY (council_id, person_id),
  constraint preference_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'letter'::text])))
);
alter table notifications.preference owner to guildhall_owner;
alter table notifications.preference enable row level security;
alter table notifications.preference force row level security;
create policy own_council on notifications.preference using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on notifications.preference to guildhall_app;

create table notifications.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table notifications.schema_migration owner to guildhall_owner;
grant select on notifications.schema_migration to guildhall_app;

create table notifications.stopped_address (
  council_id uuid not null,
  address_hash text not null,
  stopped_at timestamp with time zone not null,
  constraint stopped_address_pkey PRIMARY KEY (council_id, address_hash)
);
alter table notifications.stopped_address owner to guildhall_owner;
alter table notifications.stopped_address enable row level security;
alter table notifications.stopped_address force row level security;
create policy own_council on notifications.stopped_address using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on notifications.stopped_address to guildhall_app;
