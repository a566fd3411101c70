import { councilTable, migration } from './migration';

/** The kernel's own tables. */
export const kernelMigrations = [
  migration('001-kernel', `
    create table kernel.session (
      council_id uuid not null,
      session_hash text not null,
      kind text not null check (kind in ('nobody', 'resident', 'officer')),
      person_id uuid,
      officer_id uuid,
      officer_name text,
      roles text[] not null default '{}',
      teams text[] not null default '{}',
      confidence text not null default 'none',
      device text not null default '',
      previous_id text,
      data jsonb not null default '{}',
      created_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (council_id, session_hash)
    );
    create index session_person on kernel.session (council_id, person_id) where person_id is not null;
    create index session_officer on kernel.session (council_id, officer_id) where officer_id is not null;
    create index session_previous on kernel.session (council_id, previous_id) where previous_id is not null;
    create index session_expiry on kernel.session (council_id, expires_at);
    ${councilTable('kernel.session')}

    create table kernel.idempotency (
      council_id uuid not null,
      scope text not null,
      key text not null,
      request_hash text not null,
      result jsonb not null,
      created_at timestamptz not null default now(),
      primary key (council_id, scope, key)
    );
    create index idempotency_age on kernel.idempotency (council_id, created_at);
    ${councilTable('kernel.idempotency')}

    create table kernel.event (
      council_id uuid not null,
      event_id uuid not null,
      type text not null,
      version int not null,
      data jsonb not null,
      at timestamptz not null,
      primary key (council_id, event_id)
    );
    create index event_age on kernel.event (council_id, at);
    ${councilTable('kernel.event', { grants: ['select', 'insert', 'delete'] })}

    create table kernel.inbox (
      council_id uuid not null,
      subscriber text not null,
      event_id uuid not null,
      at timestamptz not null default now(),
      primary key (council_id, subscriber, event_id)
    );
    create index inbox_age on kernel.inbox (council_id, at);
    ${councilTable('kernel.inbox', { grants: ['select', 'insert', 'delete'] })}

    -- Work waiting for its turn. The application may put work in and cannot read what others put in; guildhall_work takes it out, council by council.
    create table kernel.waiting_job (
      council_id uuid not null,
      job_id uuid not null,
      kind text not null,
      key text,
      data jsonb not null,
      run_at timestamptz not null default now(),
      primary key (council_id, job_id)
    );
    create unique index waiting_job_key on kernel.waiting_job (council_id, kind, key);
    create index waiting_job_due on kernel.waiting_job (council_id, run_at);
    ${councilTable('kernel.waiting_job', { grants: ['insert'] })}
    grant select (council_id, job_id, kind, key) on kernel.waiting_job to guildhall_app;
    create policy every_council on kernel.waiting_job to guildhall_work using (true) with check (true);
    grant select, insert, update, delete on kernel.waiting_job to guildhall_work;

    -- When the last round of what comes round began. Workers alone know it, of every council.
    create table kernel.round (
      council_id uuid not null,
      kind text not null,
      began_at timestamptz not null,
      primary key (council_id, kind)
    );
    ${councilTable('kernel.round', { grants: [] })}
    create policy every_council on kernel.round to guildhall_work using (true) with check (true);
    grant select, insert, update on kernel.round to guildhall_work;

    create table kernel.audit (
      council_id uuid not null,
      audit_id uuid not null,
      at timestamptz not null,
      actor_kind text not null,
      actor_id text not null,
      action text not null,
      subject_type text not null,
      subject_id text not null,
      person_id uuid,
      correlation_id text not null,
      detail jsonb,
      salt bytea not null,
      hash bytea not null,
      primary key (council_id, audit_id)
    );
    create index audit_subject on kernel.audit (council_id, subject_type, subject_id, audit_id);
    create index audit_person on kernel.audit (council_id, person_id, audit_id) where person_id is not null;
    ${councilTable('kernel.audit', { grants: ['select', 'insert'] })}
  `),
];
