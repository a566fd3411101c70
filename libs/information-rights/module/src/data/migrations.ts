import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-information-rights', `
    -- Who has asked for what of their rights, until when it must be answered, and what became of it.
    create table information_rights.request (
      council_id uuid not null,
      request_id uuid not null,
      -- To be read aloud.
      reference text not null,
      kind text not null check (kind in ('access', 'erasure')),
      person_id uuid not null,
      -- In which the answer is written.
      language text not null check (language in ('en', 'cy')),
      asked_by text not null check (asked_by in ('resident', 'adviser')),
      -- On what authority an adviser has asked, and after which checks.
      basis jsonb,
      state text not null check (state in ('preparing', 'to-read', 'ready', 'expired', 'to-decide', 'erasing', 'erased', 'refused')),
      received_at timestamptz not null,
      -- What bears on the day by which it must be answered (ResponseTime), and that day.
      time jsonb not null,
      -- An officer has made sure who has asked, and has read what somebody else may be in.
      is_read boolean not null default false,
      paused_for text check (paused_for in ('identity', 'clarification')),
      due_on date not null,
      version int not null default 1,
      -- Whose parts make the copy: of several tries the first that came to its end.
      run_id uuid,
      ready_at timestamptz,
      expires_at timestamptz,
      closed_at timestamptz,
      primary key (council_id, request_id),
      unique (council_id, reference)
    );
    create unique index request_open on information_rights.request (council_id, person_id, kind) where closed_at is null;
    create index request_of_person on information_rights.request (council_id, person_id, received_at, request_id);
    create index request_due on information_rights.request (council_id, due_on, request_id) where closed_at is null;
    create index request_closed on information_rights.request (council_id, closed_at, request_id) where closed_at is not null;
    create index request_expiry on information_rights.request (council_id, expires_at) where state = 'ready';
    ${councilTable('information_rights.request')}

    -- What happened to a request, step by step, as its owner is told. Never changed.
    create table information_rights.step (
      council_id uuid not null,
      request_id uuid not null,
      number int not null,
      kind text not null check (kind in ('asked', 'paused-identity', 'paused-clarification', 'resumed', 'extended', 'ready', 'decided', 'erased', 'refused', 'expired')),
      at timestamptz not null,
      -- Why, in an officer's words to its owner.
      words text,
      primary key (council_id, request_id, number),
      foreign key (council_id, request_id) references information_rights.request on delete cascade
    );
    ${councilTable('information_rights.step', { grants: ['select', 'insert'] })}

    -- A copy of what is held about somebody, sealed, in parts that are written and read one after the other.
    create table information_rights.copy_part (
      council_id uuid not null,
      request_id uuid not null,
      run_id uuid not null,
      format text not null check (format in ('json', 'pdf')),
      number int not null,
      sealed bytea not null,
      primary key (council_id, request_id, run_id, format, number),
      foreign key (council_id, request_id) references information_rights.request on delete cascade
    );
    ${councilTable('information_rights.copy_part', { grants: ['select', 'insert', 'delete'] })}

    -- Records on which an officer decides: of a copy those that somebody must read before they are given, of an erasure all.
    create table information_rights.item (
      council_id uuid not null,
      request_id uuid not null,
      source_id text not null,
      record_id text not null,
      number int not null,
      -- What it is, without anything about the person.
      title jsonb not null,
      since timestamptz not null,
      proposal text not null check (proposal in ('read', 'erase', 'keep')),
      because jsonb,
      keep_until date,
      must_keep boolean not null default false,
      decision text check (decision in ('give', 'leave-out', 'erase', 'keep')),
      -- Why it is kept, in an officer's words, where the module did not propose it.
      decided_because text,
      outcome text check (outcome in ('erased', 'kept')),
      done_at timestamptz,
      primary key (council_id, request_id, source_id, record_id),
      unique (council_id, request_id, number),
      foreign key (council_id, request_id) references information_rights.request on delete cascade
    );
    ${councilTable('information_rights.item')}
  `),
];
