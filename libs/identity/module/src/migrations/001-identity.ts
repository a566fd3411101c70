import { councilTable, migration } from '@guildhall/kernel';

export const createIdentity = migration('001-identity', `
  create table identity.person (
    council_id uuid not null,
    person_id uuid not null,
    name text check (length(name) between 1 and 200),
    email text,
    email_normalised text,
    email_verified_at timestamptz,
    phone text,
    phone_normalised text,
    phone_verified_at timestamptz,
    preferred_language text check (preferred_language in ('en', 'cy')),
    uprn text check (uprn ~ '^[0-9]{1,12}$'),
    address text[],
    is_assisted boolean not null default false,
    assisted_by uuid,
    assisted_authority text,
    assisted_checks text[] not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (council_id, person_id),
    check ((email is null) = (email_normalised is null) and (email is not null or email_verified_at is null)),
    check ((phone is null) = (phone_normalised is null) and (phone is not null or phone_verified_at is null))
  );
  -- A mailbox or a telephone that somebody proved is one account's, and no other's.
  create unique index person_verified_email on identity.person (council_id, email_normalised) where email_verified_at is not null;
  create unique index person_verified_phone on identity.person (council_id, phone_normalised) where phone_verified_at is not null;
  ${councilTable('identity.person', { grants: ['select', 'insert', 'update'] })}

  create table identity.team (
    council_id uuid not null,
    team_id text not null check (team_id ~ '^[a-z][a-z0-9-]*$'),
    title_en text not null,
    title_cy text not null,
    primary key (council_id, team_id)
  );
  ${councilTable('identity.team', { grants: ['select', 'insert', 'update'] })}

  create table identity.officer (
    council_id uuid not null,
    officer_id uuid not null,
    name text not null,
    email text not null,
    email_normalised text not null,
    is_active boolean not null default true,
    -- The provider whose directory lists this officer: it also says when one has left.
    directory text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (council_id, officer_id),
    unique (council_id, email_normalised)
  );
  ${councilTable('identity.officer', { grants: ['select', 'insert', 'update'] })}

  create table identity.officer_role (
    council_id uuid not null,
    officer_id uuid not null,
    role text not null check (role in ('adviser', 'case-officer', 'team-manager')),
    primary key (council_id, officer_id, role),
    foreign key (council_id, officer_id) references identity.officer (council_id, officer_id)
  );
  ${councilTable('identity.officer_role', { grants: ['select', 'insert', 'delete'] })}

  create table identity.officer_team (
    council_id uuid not null,
    officer_id uuid not null,
    team_id text not null,
    primary key (council_id, officer_id, team_id),
    foreign key (council_id, officer_id) references identity.officer (council_id, officer_id)
  );
  create index officer_team_team on identity.officer_team (council_id, team_id);
  ${councilTable('identity.officer_team', { grants: ['select', 'insert', 'delete'] })}

  -- The ways in. Whoever vouches keeps the subject; here is a keyed hash of it.
  create table identity.sign_in (
    council_id uuid not null,
    sign_in_id uuid not null,
    provider text not null,
    issuer text not null,
    subject_hash text not null,
    person_id uuid,
    officer_id uuid,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    primary key (council_id, sign_in_id),
    foreign key (council_id, person_id) references identity.person (council_id, person_id),
    foreign key (council_id, officer_id) references identity.officer (council_id, officer_id),
    check ((person_id is null) <> (officer_id is null))
  );
  create unique index sign_in_resident on identity.sign_in (council_id, issuer, subject_hash) where person_id is not null;
  create unique index sign_in_officer on identity.sign_in (council_id, issuer, subject_hash) where officer_id is not null;
  create index sign_in_person on identity.sign_in (council_id, person_id) where person_id is not null;
  ${councilTable('identity.sign_in')}

  -- A sign-in that has been begun at a redirecting provider and is waited for.
  create table identity.attempt (
    council_id uuid not null,
    attempt_id uuid not null,
    state_hash text not null,
    who text not null check (who in ('resident', 'officer')),
    provider text not null,
    session_id text not null,
    keep text not null,
    next text not null,
    -- Set when somebody who is signed in adds this way to their account.
    adds_to uuid,
    begun_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (council_id, attempt_id),
    unique (council_id, state_hash)
  );
  create index attempt_age on identity.attempt (council_id, expires_at);
  ${councilTable('identity.attempt')}

  -- A code that was sent.
  create table identity.challenge (
    council_id uuid not null,
    challenge_id uuid not null,
    provider text not null,
    session_id text not null,
    channel text not null check (channel in ('email', 'text')),
    address text not null,
    keep text not null,
    tries_left int not null check (tries_left >= 0),
    is_used boolean not null default false,
    version int not null default 1,
    next text not null,
    adds_to uuid,
    begun_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (council_id, challenge_id)
  );
  create index challenge_session on identity.challenge (council_id, session_id, address, begun_at);
  create index challenge_age on identity.challenge (council_id, expires_at);
  ${councilTable('identity.challenge')}

  -- Somebody who signed in by a new way with a contact that is another account's: they say which of the two they want.
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
    channel text not null check (channel in ('email', 'text')),
    address text not null,
    next text not null,
    wants_join boolean not null default false,
    expires_at timestamptz not null,
    primary key (council_id, pending_id)
  );
  create index pending_way_session on identity.pending_way (council_id, session_id);
  create index pending_way_age on identity.pending_way (council_id, expires_at);
  ${councilTable('identity.pending_way')}

  -- What is limited by how often: by a keyed hash of whoever or whatever it counts for.
  create table identity.throttle (
    council_id uuid not null,
    scope text not null,
    key_hash text not null,
    at timestamptz not null,
    throttle_id uuid not null,
    primary key (council_id, scope, key_hash, at, throttle_id)
  );
  create index throttle_age on identity.throttle (council_id, at);
  ${councilTable('identity.throttle', { grants: ['select', 'insert', 'delete'] })}

  create table identity.claim_code (
    council_id uuid not null,
    claim_id uuid not null,
    assisted_person_id uuid not null,
    subject_type text,
    subject_id text,
    code_hash text not null,
    expires_at timestamptz not null,
    issued_at timestamptz not null,
    claimed_by uuid,
    claimed_at timestamptz,
    primary key (council_id, claim_id),
    unique (council_id, code_hash),
    foreign key (council_id, assisted_person_id) references identity.person (council_id, person_id),
    foreign key (council_id, claimed_by) references identity.person (council_id, person_id),
    check ((subject_type is null) = (subject_id is null) and (claimed_by is null) = (claimed_at is null))
  );
  create index claim_code_person on identity.claim_code (council_id, assisted_person_id);
  ${councilTable('identity.claim_code', { grants: ['select', 'insert', 'update'] })}

  create table identity.machine_client (
    council_id uuid not null,
    client_id text not null,
    title text not null,
    secret_hash text not null,
    earlier_secret_hash text,
    earlier_works_until timestamptz,
    permissions text[] not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (council_id, client_id)
  );
  ${councilTable('identity.machine_client', { grants: ['select', 'insert', 'update'] })}
`);
