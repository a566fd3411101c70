import { councilTable, migration } from '@guildhall/kernel';

/** Cases, what happened to them, and the words under which they are found. */
export const cases001 = migration('001-cases', `
  create table cases."case" (
    council_id uuid not null,
    case_id uuid not null,
    reference text not null,
    case_type text not null,
    case_type_version int not null,
    state text not null,
    is_closed boolean not null,
    summary jsonb not null,
    version int not null check (version >= 1),
    opened_at timestamptz not null,
    moved_at timestamptz not null,
    closed_at timestamptz,
    -- The case's own deadline, the state's, and since when the resident is waited for.
    case_due_on date,
    state_due_on date,
    paused_on date,
    -- The one that counts now; infinity while nothing is due, so that it sorts and pages like any other.
    due_on date not null,
    retain_until date not null,
    team text,
    assignee_id uuid,
    assignee_name text,
    ward text,
    person_id uuid,
    contact jsonb,
    language text not null check (language in ('en', 'cy')),
    channel text not null,
    assisted jsonb,
    location jsonb,
    answers jsonb not null,
    documents uuid[] not null default '{}',
    payment_id uuid,
    decision jsonb,
    words text[] not null,
    status_key_hash text not null,
    -- The key under which it was opened, and a hash of the request: the same key gives the same case.
    open_key text not null,
    open_hash text not null,
    primary key (council_id, case_id),
    constraint case_reference unique (council_id, reference),
    constraint case_open_key unique (council_id, open_key),
    check ((assignee_id is null) = (assignee_name is null)),
    check (is_closed = (closed_at is not null))
  );
  -- A list is led by one of these and looks through no more than a thousand: every further index would be paid for by every case that comes in.
  -- Worklists hold unfinished cases: the first four stay small however many cases a council has closed.
  create index case_due on cases."case" (council_id, due_on, case_id) where not is_closed;
  create index case_team on cases."case" (council_id, team, due_on, case_id) where not is_closed;
  create index case_assignee on cases."case" (council_id, assignee_id, due_on, case_id) where not is_closed and assignee_id is not null;
  create index case_opened on cases."case" (council_id, opened_at, case_id) where not is_closed;
  create index case_moved on cases."case" (council_id, moved_at, case_id);
  create index case_person on cases."case" (council_id, person_id, moved_at, case_id) where person_id is not null;
  ${councilTable('cases."case"', { grants: ['select', 'insert', 'update'] })}

  -- One entry per version of a case: two changes cannot make the same version.
  create table cases.timeline_entry (
    council_id uuid not null,
    case_id uuid not null,
    case_version int not null,
    entry_id uuid not null,
    at timestamptz not null,
    kind text not null check (kind in ('opened', 'moved', 'decided', 'assigned', 'note', 'update', 'answer', 'document')),
    visibility text not null check (visibility in ('public', 'internal')),
    by_kind text not null check (by_kind in ('officer', 'resident', 'system', 'machine')),
    by_id text,
    by_name text,
    words jsonb,
    reasons text,
    transition text,
    from_state text,
    to_state text,
    documents uuid[],
    primary key (council_id, case_id, case_version),
    foreign key (council_id, case_id) references cases."case" (council_id, case_id)
  );
  ${councilTable('cases.timeline_entry', { grants: ['select', 'insert'] })}

  -- Bytewise order ("C"), so that words that begin alike lie together, and comparisons are plain ones that row-level security lets use the index.
  -- No foreign key: words are only ever written in the statement that writes their case, and a dozen checks would cost more than the words.
  create table cases.search_word (
    council_id uuid not null,
    word text collate "C" not null,
    case_id uuid not null,
    primary key (council_id, word, case_id)
  );
  ${councilTable('cases.search_word', { grants: ['select', 'insert', 'delete'] })}
`);
