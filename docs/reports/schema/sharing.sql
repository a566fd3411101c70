-- Schema sharing, after every migration.
grant usage on schema sharing to guildhall_app;
grant usage on schema sharing to guildhall_work;

create table sharing.agreement (
  council_id uuid not null,
  agreement_id text not null,
  version integer not null,
  envelope jsonb not null,
  document jsonb not null,
  kept_at timestamp with time zone not null,
  ended_on date,
  ended_by text,
  constraint agreement_pkey PRIMARY KEY (council_id, agreement_id, version),
  constraint agreement_check CHECK (((ended_by IS NULL) OR (ended_on IS NOT NULL)))
);
alter table sharing.agreement owner to guildhall_owner;
alter table sharing.agreement enable row level security;
alter table sharing.agreement force row level security;
create policy own_council on sharing.agreement using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.agreement to guildhall_app;

create table sharing.agreement_draft (
  council_id uuid not null,
  draft_id uuid not null,
  document jsonb not null,
  envelope jsonb,
  is_signed_here boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint agreement_draft_pkey PRIMARY KEY (council_id, draft_id),
  constraint agreement_draft_check CHECK (((envelope IS NOT NULL) OR (NOT is_signed_here)))
);
alter table sharing.agreement_draft owner to guildhall_owner;
CREATE INDEX draft_list ON sharing.agreement_draft USING btree (council_id, created_at DESC, draft_id DESC);
alter table sharing.agreement_draft enable row level security;
alter table sharing.agreement_draft force row level security;
create policy own_council on sharing.agreement_draft using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.agreement_draft to guildhall_app;

create table sharing.agreement_end (
  council_id uuid not null,
  agreement_id text not null,
  version integer not null,
  peer_id text not null,
  ended_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  turned_down_at timestamp with time zone,
  constraint agreement_end_pkey PRIMARY KEY (council_id, agreement_id, version, peer_id),
  constraint agreement_end_council_id_agreement_id_version_fkey FOREIGN KEY (council_id, agreement_id, version) REFERENCES sharing.agreement(council_id, agreement_id, version)
);
alter table sharing.agreement_end owner to guildhall_owner;
alter table sharing.agreement_end enable row level security;
alter table sharing.agreement_end force row level security;
create policy own_council on sharing.agreement_end using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.agreement_end to guildhall_app;

create table sharing.agreement_signature (
  council_id uuid not null,
  digest text not null,
  body_id text not null,
  seen_at timestamp with time zone not null,
  constraint agreement_signature_pkey PRIMARY KEY (council_id, digest, body_id)
);
alter table sharing.agreement_signature owner to guildhall_owner;
alter table sharing.agreement_signature enable row level security;
alter table sharing.agreement_signature force row level security;
create policy own_council on sharing.agreement_signature using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on sharing.agreement_signature to guildhall_app;

create table sharing.answer (
  council_id uuid not null,
  peer_id text not null,
  exchange_id uuid not null,
  question text not null,
  sealed bytea not null,
  status integer not null,
  until timestamp with time zone not null,
  constraint answer_pkey PRIMARY KEY (council_id, peer_id, exchange_id)
);
alter table sharing.answer owner to guildhall_owner;
CREATE INDEX answer_age ON sharing.answer USING btree (council_id, until);
alter table sharing.answer enable row level security;
alter table sharing.answer force row level security;
create policy own_council on sharing.answer using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.answer to guildhall_app;

create table sharing.asking_figure (
  council_id uuid not null,
  month date not null,
  attribute text not null,
  purpose text not null,
  figure text not null,
  count bigint not null,
  constraint asking_figure_pkey PRIMARY KEY (council_id, month, attribute, purpose, figure),
  constraint asking_figure_figure_check CHECK ((figure = ANY (ARRAY['told'::text, 'typed'::text, 'asked-because-unreachable'::text, 'asked-twice'::text])))
);
alter table sharing.asking_figure owner to guildhall_owner;
alter table sharing.asking_figure enable row level security;
alter table sharing.asking_figure force row level security;
create policy own_council on sharing.asking_figure using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.asking_figure to guildhall_app;

create table sharing.change (
  council_id uuid not null,
  change_id uuid not null,
  kind text not null,
  local_id text not null,
  attribute text not null,
  sealed bytea,
  from_peer text,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  told_by text not null default 'resident'::text,
  agreement_id text,
  until timestamp with time zone,
  constraint change_pkey PRIMARY KEY (council_id, change_id),
  constraint change_check CHECK (((kind = 'changed'::text) = (sealed IS NOT NULL))),
  constraint change_kind_check CHECK ((kind = ANY (ARRAY['changed'::text, 'corrected'::text, 'erased'::text]))),
  constraint change_told_by_check CHECK ((told_by = ANY (ARRAY['resident'::text, 'adviser'::text])))
);
alter table sharing.change owner to guildhall_owner;
CREATE INDEX change_agreement ON sharing.change USING btree (council_id, local_id, agreement_id) WHERE (agreement_id IS NOT NULL);
CREATE INDEX change_inbox ON sharing.change USING btree (council_id, created_at, change_id) WHERE ((from_peer IS NOT NULL) AND (confirmed_at IS NULL));
CREATE INDEX change_person ON sharing.change USING btree (council_id, local_id, created_at DESC);
CREATE INDEX change_until ON sharing.change USING btree (council_id, until);
alter table sharing.change enable row level security;
alter table sharing.change force row level security;
create policy own_council on sharing.change using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.change to guildhall_app;

create table sharing.change_delivery (
  council_id uuid not null,
  change_id uuid not null,
  recipient text not null,
  state text not null,
  exchange_id uuid,
  agreement_id text,
  sealed bytea,
  failed text[],
  at timestamp with time zone not null,
  constraint change_delivery_pkey PRIMARY KEY (council_id, change_id, recipient),
  constraint change_delivery_council_id_change_id_fkey FOREIGN KEY (council_id, change_id) REFERENCES sharing.change(council_id, change_id) ON DELETE CASCADE,
  constraint change_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'arrived'::text, 'confirmed'::text, 'turned-down'::text, 'superseded'::text])))
);
alter table sharing.change_delivery owner to guildhall_owner;
CREATE INDEX delivery_exchange ON sharing.change_delivery USING btree (council_id, exchange_id) WHERE (exchange_id IS NOT NULL);
alter table sharing.change_delivery enable row level security;
alter table sharing.change_delivery force row level security;
create policy own_council on sharing.change_delivery using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.change_delivery to guildhall_app;

create table sharing.choice (
  council_id uuid not null,
  choice_id uuid not null,
  local_id text not null,
  agreement_id text not null,
  at timestamp with time zone not null,
  state text not null,
  notice_digest text not null,
  language text not null,
  chosen_by text not null,
  scope text,
  told_by text,
  pressed_by text,
  constraint choice_pkey PRIMARY KEY (council_id, choice_id),
  constraint choice_council_id_local_id_agreement_id_at_state_key UNIQUE (council_id, local_id, agreement_id, at, state),
  constraint choice_chosen_by_check CHECK ((chosen_by = ANY (ARRAY['resident'::text, 'adviser'::text, 'peer'::text]))),
  constraint choice_pressed_by_check CHECK ((pressed_by = ANY (ARRAY['resident'::text, 'adviser'::text]))),
  constraint choice_state_check CHECK ((state = ANY (ARRAY['given'::text, 'withdrawn'::text])))
);
alter table sharing.choice owner to guildhall_owner;
CREATE INDEX choice_given ON sharing.choice USING btree (council_id, local_id, at) WHERE (state = 'given'::text);
alter table sharing.choice enable row level security;
alter table sharing.choice force row level security;
create policy own_council on sharing.choice using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on sharing.choice to guildhall_app;
grant update (choice_id), update (at) on sharing.choice to guildhall_app;

create table sharing.dispute (
  council_id uuid not null,
  local_id text not null,
  attribute text not null,
  raised_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  raised_by text not null default 'resident'::text,
  dispute_id uuid not null default gen_random_uuid(),
  from_peer text,
  time jsonb,
  said bytea,
  constraint dispute_pkey PRIMARY KEY (council_id, dispute_id),
  constraint dispute_from_check CHECK (((raised_by = 'peer'::text) = (from_peer IS NOT NULL))),
  constraint dispute_raised_by_check CHECK ((raised_by = ANY (ARRAY['resident'::text, 'adviser'::text, 'peer'::text])))
);
alter table sharing.dispute owner to guildhall_owner;
CREATE INDEX dispute_age ON sharing.dispute USING btree (council_id, raised_at, dispute_id) WHERE (answered_at IS NULL);
CREATE INDEX dispute_open ON sharing.dispute USING btree (council_id, local_id, attribute) WHERE (answered_at IS NULL);
CREATE INDEX dispute_person ON sharing.dispute USING btree (council_id, local_id, attribute, raised_at DESC);
alter table sharing.dispute enable row level security;
alter table sharing.dispute force row level security;
create policy own_council on sharing.dispute using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.dispute to guildhall_app;

create table sharing.dispute_answer (
  council_id uuid not null,
  dispute_id uuid not null,
  body_id text not null,
  outcome text not null,
  sealed bytea,
  answered_at timestamp with time zone not null,
  constraint dispute_answer_pkey PRIMARY KEY (council_id, dispute_id, body_id),
  constraint dispute_answer_council_id_dispute_id_fkey FOREIGN KEY (council_id, dispute_id) REFERENCES sharing.dispute(council_id, dispute_id) ON DELETE CASCADE,
  constraint dispute_answer_outcome_check CHECK ((outcome = ANY (ARRAY['corrected'::text, 'right'::text])))
);
alter table sharing.dispute_answer owner to guildhall_owner;
alter table sharing.dispute_answer enable row level security;
alter table sharing.dispute_answer force row level security;
create policy own_council on sharing.dispute_answer using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.dispute_answer to guildhall_app;

create table sharing.entry (
  council_id uuid not null,
  index bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  exchange_id uuid,
  peer text,
  agreement text,
  subject text not null,
  allow boolean,
  leaf text not null,
  constraint entry_pkey PRIMARY KEY (council_id, index)
);
alter table sharing.entry owner to guildhall_owner;
CREATE INDEX entry_exchange ON sharing.entry USING btree (council_id, exchange_id, kind) WHERE (exchange_id IS NOT NULL);
CREATE INDEX entry_subject ON sharing.entry USING btree (council_id, subject, index DESC);
CREATE INDEX entry_time ON sharing.entry USING btree (council_id, kind, at) WHERE allow;
alter table sharing.entry enable row level security;
alter table sharing.entry force row level security;
create policy own_council on sharing.entry using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on sharing.entry to guildhall_app;

create table sharing.entry_twin (
  council_id uuid not null,
  index bigint not null,
  kind text not null,
  exchange_id uuid not null,
  peer_id text not null,
  state text not null,
  allow boolean,
  at timestamp with time zone not null,
  looked_at timestamp with time zone,
  constraint entry_twin_pkey PRIMARY KEY (council_id, index),
  constraint entry_twin_state_check CHECK ((state = ANY (ARRAY['open'::text, 'there'::text, 'missing'::text])))
);
alter table sharing.entry_twin owner to guildhall_owner;
CREATE INDEX entry_twin_open ON sharing.entry_twin USING btree (council_id, peer_id, looked_at) WHERE (state <> 'there'::text);
alter table sharing.entry_twin enable row level security;
alter table sharing.entry_twin force row level security;
create policy own_council on sharing.entry_twin using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.entry_twin to guildhall_app;

create table sharing.evidence (
  council_id uuid not null,
  evidence_id uuid not null,
  local_id text not null,
  attribute text not null,
  purposes text[] not null,
  sealed bytea not null,
  how text not null,
  as_of date not null,
  told_by text,
  record text,
  verified text,
  agreement_id text,
  exchange_id uuid,
  because text,
  service text not null,
  kept_at timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint evidence_pkey PRIMARY KEY (council_id, evidence_id),
  constraint evidence_check CHECK (((how = 'told'::text) = ((told_by IS NOT NULL) AND (agreement_id IS NOT NULL) AND (exchange_id IS NOT NULL)))),
  constraint evidence_how_check CHECK ((how = ANY (ARRAY['told'::text, 'typed'::text])))
);
alter table sharing.evidence owner to guildhall_owner;
CREATE INDEX evidence_of_person ON sharing.evidence USING btree (council_id, local_id, attribute, kept_at DESC);
CREATE INDEX evidence_until ON sharing.evidence USING btree (council_id, until);
alter table sharing.evidence enable row level security;
alter table sharing.evidence force row level security;
create policy own_council on sharing.evidence using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.evidence to guildhall_app;

create table sharing.figure (
  council_id uuid not null,
  agreement_id text not null,
  month date not null,
  figure text not null,
  reason text not null default ''::text,
  count bigint not null,
  constraint figure_pkey PRIMARY KEY (council_id, agreement_id, month, figure, reason),
  constraint figure_figure_check CHECK ((figure = ANY (ARRAY['told'::text, 'refused'::text, 'refused-because'::text, 'told-once'::text, 'said-yes'::text, 'said-no'::text])))
);
alter table sharing.figure owner to guildhall_owner;
alter table sharing.figure enable row level security;
alter table sharing.figure force row level security;
create policy own_council on sharing.figure using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.figure to guildhall_app;

create table sharing.figures_counted (
  council_id uuid not null,
  entries bigint not null,
  at timestamp with time zone not null,
  constraint figures_counted_pkey PRIMARY KEY (council_id)
);
alter table sharing.figures_counted owner to guildhall_owner;
alter table sharing.figures_counted enable row level security;
alter table sharing.figures_counted force row level security;
create policy own_council on sharing.figures_counted using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.figures_counted to guildhall_app;

create table sharing.heard (
  council_id uuid not null,
  peer_id text not null,
  size bigint not null,
  root text not null,
  note text not null,
  constraint heard_pkey PRIMARY KEY (council_id, peer_id, size, root)
);
alter table sharing.heard owner to guildhall_owner;
alter table sharing.heard enable row level security;
alter table sharing.heard force row level security;
create policy own_council on sharing.heard using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.heard to guildhall_app;

create table sharing.link (
  council_id uuid not null,
  peer_id text not null,
  pairwise text not null,
  local_id text not null,
  proven_by text not null,
  proven_at timestamp with time zone not null,
  choices_heard jsonb not null default '{}'::jsonb,
  constraint link_pkey PRIMARY KEY (council_id, peer_id, pairwise),
  constraint link_council_id_local_id_peer_id_key UNIQUE (council_id, local_id, peer_id),
  constraint link_council_id_peer_id_fkey FOREIGN KEY (council_id, peer_id) REFERENCES sharing.peer(council_id, peer_id),
  constraint link_proven_by_check CHECK ((proven_by = ANY (ARRAY['signed-in'::text, 'exact-match'::text, 'in-person'::text])))
);
alter table sharing.link owner to guildhall_owner;
alter table sharing.link enable row level security;
alter table sharing.link force row level security;
create policy own_council on sharing.link using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.link to guildhall_app;

create table sharing.link_attempt (
  council_id uuid not null,
  state_hash text not null,
  peer_id text not null,
  local_id text not null,
  ticket text not null,
  return_to text not null,
  until timestamp with time zone not null,
  constraint link_attempt_pkey PRIMARY KEY (council_id, state_hash)
);
alter table sharing.link_attempt owner to guildhall_owner;
CREATE INDEX link_attempt_age ON sharing.link_attempt USING btree (council_id, until);
alter table sharing.link_attempt enable row level security;
alter table sharing.link_attempt force row level security;
create policy own_council on sharing.link_attempt using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.link_attempt to guildhall_app;

create table sharing.link_end (
  council_id uuid not null,
  end_id uuid not null,
  peer_id text not null,
  pairwise text not null,
  is_erased boolean not null default false,
  constraint link_end_pkey PRIMARY KEY (council_id, end_id)
);
alter table sharing.link_end owner to guildhall_owner;
alter table sharing.link_end enable row level security;
alter table sharing.link_end force row level security;
create policy own_council on sharing.link_end using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.link_end to guildhall_app;

create table sharing.link_try (
  council_id uuid not null,
  try_id uuid not null,
  who text not null,
  until timestamp with time zone not null,
  constraint link_try_pkey PRIMARY KEY (council_id, try_id)
);
alter table sharing.link_try owner to guildhall_owner;
CREATE INDEX link_try_age ON sharing.link_try USING btree (council_id, until);
CREATE INDEX link_try_who ON sharing.link_try USING btree (council_id, who, until);
alter table sharing.link_try enable row level security;
alter table sharing.link_try force row level security;
create policy own_council on sharing.link_try using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.link_try to guildhall_app;

create table sharing.link_visit (
  council_id uuid not null,
  ticket_hash text not null,
  peer_id text not null,
  state text not null,
  local_id text,
  code_hash text,
  until timestamp with time zone not null,
  constraint link_visit_pkey PRIMARY KEY (council_id, ticket_hash),
  constraint link_visit_council_id_code_hash_key UNIQUE (council_id, code_hash),
  constraint link_visit_check CHECK (((local_id IS NULL) = (code_hash IS NULL)))
);
alter table sharing.link_visit owner to guildhall_owner;
CREATE INDEX link_visit_age ON sharing.link_visit USING btree (council_id, until);
alter table sharing.link_visit enable row level security;
alter table sharing.link_visit force row level security;
create policy own_council on sharing.link_visit using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.link_visit to guildhall_app;

create table sharing.log (
  council_id uuid not null,
  size bigint not null,
  peaks bytea[] not null,
  checkpoint text not null,
  constraint log_pkey PRIMARY KEY (council_id),
  constraint log_size_check CHECK ((size >= 0))
);
alter table sharing.log owner to guildhall_owner;
alter table sharing.log enable row level security;
alter table sharing.log force row level security;
create policy own_council on sharing.log using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.log to guildhall_app;

create table sharing.look (
  council_id uuid not null,
  exchange_id uuid not null,
  peer_id text not null,
  local_id text not null,
  officer text not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  constraint look_pkey PRIMARY KEY (council_id, exchange_id, peer_id)
);
alter table sharing.look owner to guildhall_owner;
CREATE INDEX look_age ON sharing.look USING btree (council_id, at);
CREATE INDEX look_person ON sharing.look USING btree (council_id, local_id);
alter table sharing.look enable row level security;
alter table sharing.look force row level security;
create policy own_council on sharing.look using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.look to guildhall_app;

create table sharing.nonce (
  council_id uuid not null,
  keyid text not null,
  nonce text not null,
  until timestamp with time zone not null,
  constraint nonce_pkey PRIMARY KEY (council_id, keyid, nonce)
);
alter table sharing.nonce owner to guildhall_owner;
CREATE INDEX nonce_age ON sharing.nonce USING btree (council_id, until);
alter table sharing.nonce enable row level security;
alter table sharing.nonce force row level security;
create policy own_council on sharing.nonce using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.nonce to guildhall_app;

create table sharing.outgoing (
  council_id uuid not null,
  message_id uuid not null,
  peer_id text not null,
  local_id text not null,
  kind text not null,
  about uuid not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  turned_down_at timestamp with time zone,
  is_written boolean not null default false,
  constraint outgoing_pkey PRIMARY KEY (council_id, message_id),
  constraint outgoing_kind_check CHECK ((kind = ANY (ARRAY['disputed'::text, 'answered'::text, 'time'::text, 'corrected'::text, 'confirmed'::text])))
);
alter table sharing.outgoing owner to guildhall_owner;
CREATE INDEX outgoing_about ON sharing.outgoing USING btree (council_id, about, kind);
CREATE INDEX outgoing_person ON sharing.outgoing USING btree (council_id, local_id);
CREATE INDEX outgoing_settled ON sharing.outgoing USING btree (council_id, COALESCE(taken_at, turned_down_at));
alter table sharing.outgoing enable row level security;
alter table sharing.outgoing force row level security;
create policy own_council on sharing.outgoing using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.outgoing to guildhall_app;

create table sharing.peer (
  council_id uuid not null,
  peer_id text not null,
  body jsonb not null,
  running text,
  assessments jsonb not null default '[]'::jsonb,
  pinned_at timestamp with time zone not null,
  seen_size bigint not null default 0,
  seen_peaks bytea[] not null default '{}'::bytea[],
  contradiction text[],
  list_id text,
  known_until timestamp with time zone,
  assurance_asked_at timestamp with time zone,
  assurance_at timestamp with time zone,
  contradictions_settled jsonb not null default '[]'::jsonb,
  watched_at timestamp with time zone,
  growing_size bigint not null default 0,
  growing_peaks bytea[] not null default '{}'::bytea[],
  unproved_since timestamp with time zone,
  growing_is_own boolean not null default false,
  constraint peer_pkey PRIMARY KEY (council_id, peer_id),
  constraint peer_check CHECK (((list_id IS NULL) = (known_until IS NULL)))
);
alter table sharing.peer owner to guildhall_owner;
alter table sharing.peer enable row level security;
alter table sharing.peer force row level security;
create policy own_council on sharing.peer using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.peer to guildhall_app;

create table sharing.peer_followed_guideline (
  council_id uuid not null,
  peer_id text not null,
  issuer text not null,
  guideline jsonb not null,
  taken_at timestamp with time zone not null,
  constraint peer_followed_guideline_pkey PRIMARY KEY (council_id, peer_id, issuer),
  constraint peer_followed_guideline_council_id_peer_id_fkey FOREIGN KEY (council_id, peer_id) REFERENCES sharing.peer(council_id, peer_id)
);
alter table sharing.peer_followed_guideline owner to guildhall_owner;
alter table sharing.peer_followed_guideline enable row level security;
alter table sharing.peer_followed_guideline force row level security;
create policy own_council on sharing.peer_followed_guideline using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.peer_followed_guideline to guildhall_app;

create table sharing.peer_guideline (
  council_id uuid not null,
  peer_id text not null,
  guideline jsonb not null,
  taken_at timestamp with time zone not null,
  constraint peer_guideline_pkey PRIMARY KEY (council_id, peer_id),
  constraint peer_guideline_council_id_peer_id_fkey FOREIGN KEY (council_id, peer_id) REFERENCES sharing.peer(council_id, peer_id)
);
alter table sharing.peer_guideline owner to guildhall_owner;
alter table sharing.peer_guideline enable row level security;
alter table sharing.peer_guideline force row level security;
create policy own_council on sharing.peer_guideline using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.peer_guideline to guildhall_app;

create table sharing.publication (
  council_id uuid not null,
  list_id text not null,
  envelope jsonb,
  serial bigint,
  taken_at timestamp with time zone,
  etag text,
  asked_at timestamp with time zone not null,
  fault text,
  constraint publication_pkey PRIMARY KEY (council_id, list_id),
  constraint publication_check CHECK ((((envelope IS NULL) = (serial IS NULL)) AND ((envelope IS NULL) = (taken_at IS NULL))))
);
alter table sharing.publication owner to guildhall_owner;
alter table sharing.publication enable row level security;
alter table sharing.publication force row level security;
create policy own_council on sharing.publication using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.publication to guildhall_app;

create table sharing.question (
  council_id uuid not null,
  exchange_id uuid not null,
  local_id text not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint question_pkey PRIMARY KEY (council_id, exchange_id)
);
alter table sharing.question owner to guildhall_owner;
CREATE INDEX question_age ON sharing.question USING btree (council_id, at);
alter table sharing.question enable row level security;
alter table sharing.question force row level security;
create policy own_council on sharing.question using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.question to guildhall_app;

create table sharing.receipt (
  council_id uuid not null,
  receipt_id uuid not null,
  reference text not null,
  local_id text not null,
  agreement_id text not null,
  state text not null,
  at timestamp with time zone not null,
  notice jsonb not null,
  chosen_by text not null,
  document jsonb not null,
  constraint receipt_pkey PRIMARY KEY (council_id, receipt_id),
  constraint receipt_council_id_local_id_agreement_id_at_state_key UNIQUE (council_id, local_id, agreement_id, at, state),
  constraint receipt_council_id_reference_key UNIQUE (council_id, reference),
  constraint receipt_chosen_by_check CHECK ((chosen_by = ANY (ARRAY['resident'::text, 'adviser'::text]))),
  constraint receipt_state_check CHECK ((state = ANY (ARRAY['given'::text, 'withdrawn'::text])))
);
alter table sharing.receipt owner to guildhall_owner;
CREATE INDEX receipt_agreement ON sharing.receipt USING btree (council_id, agreement_id, at, receipt_id);
alter table sharing.receipt enable row level security;
alter table sharing.receipt force row level security;
create policy own_council on sharing.receipt using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on sharing.receipt to guildhall_app;
grant update (receipt_id), update (at), update (document) on sharing.receipt to guildhall_app;

create table sharing.reminder (
  council_id uuid not null,
  local_id text not null,
  reminder_id uuid not null,
  reminded_at timestamp with time zone not null,
  told_at timestamp with time zone,
  constraint reminder_pkey PRIMARY KEY (council_id, local_id),
  constraint reminder_council_id_reminder_id_key UNIQUE (council_id, reminder_id)
);
alter table sharing.reminder owner to guildhall_owner;
alter table sharing.reminder enable row level security;
alter table sharing.reminder force row level security;
create policy own_council on sharing.reminder using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.reminder to guildhall_app;

create table sharing.schema_migration (
  id text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (id)
);
alter table sharing.schema_migration owner to guildhall_owner;
grant select on sharing.schema_migration to guildhall_app;

create table sharing.subject_key (
  council_id uuid not null,
  local_id text not null,
  key bytea not null,
  constraint subject_key_pkey PRIMARY KEY (council_id, local_id)
);
alter table sharing.subject_key owner to guildhall_owner;
alter table sharing.subject_key enable row level security;
alter table sharing.subject_key force row level security;
create policy own_council on sharing.subject_key using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select on sharing.subject_key to guildhall_app;

create table sharing.subtree (
  council_id uuid not null,
  height smallint not null,
  position bigint not null,
  hash bytea not null,
  constraint subtree_pkey PRIMARY KEY (council_id, height, "position")
);
alter table sharing.subtree owner to guildhall_owner;
alter table sharing.subtree enable row level security;
alter table sharing.subtree force row level security;
create policy own_council on sharing.subtree using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select on sharing.subtree to guildhall_app;

create table sharing.trust_list (
  council_id uuid not null,
  list_id text not null,
  envelope jsonb,
  serial bigint,
  taken_at timestamp with time zone,
  etag text,
  asked_at timestamp with time zone not null,
  fault text,
  constraint trust_list_pkey PRIMARY KEY (council_id, list_id),
  constraint trust_list_check CHECK ((((envelope IS NULL) = (serial IS NULL)) AND ((envelope IS NULL) = (taken_at IS NULL))))
);
alter table sharing.trust_list owner to guildhall_owner;
alter table sharing.trust_list enable row level security;
alter table sharing.trust_list force row level security;
create policy own_council on sharing.trust_list using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.trust_list to guildhall_app;

create table sharing.trust_mark (
  council_id uuid not null,
  mark bigint not null,
  constraint trust_mark_pkey PRIMARY KEY (council_id)
);
alter table sharing.trust_mark owner to guildhall_owner;
alter table sharing.trust_mark enable row level security;
alter table sharing.trust_mark force row level security;
create policy own_council on sharing.trust_mark using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.trust_mark to guildhall_app;

create table sharing.twin (
  council_id uuid not null,
  exchange_id uuid not null,
  peer_id text not null,
  state text not null,
  looked_at timestamp with time zone not null,
  constraint twin_pkey PRIMARY KEY (council_id, exchange_id),
  constraint twin_state_check CHECK ((state = ANY (ARRAY['there'::text, 'missing'::text])))
);
alter table sharing.twin owner to guildhall_owner;
alter table sharing.twin enable row level security;
alter table sharing.twin force row level security;
create policy own_council on sharing.twin using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant delete, insert, select, update on sharing.twin to guildhall_app;

create table sharing.twins_begun (
  council_id uuid not null,
  entries bigint not null,
  constraint twins_begun_pkey PRIMARY KEY (council_id)
);
alter table sharing.twins_begun owner to guildhall_owner;
alter table sharing.twins_begun enable row level security;
alter table sharing.twins_begun force row level security;
create policy own_council on sharing.twins_begun using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid);
grant insert, select, update on sharing.twins_begun to guildhall_app;
