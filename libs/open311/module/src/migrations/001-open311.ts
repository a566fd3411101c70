import { councilTable, migration } from '@guildhall/kernel';

/** What other systems sent and what they may ask for: ids, states and times. Words and people are kept with the case. */
export const open311001 = migration('001-open311', `
  create table open311.request (
    council_id uuid not null,
    case_id uuid not null,
    client_id text not null,
    -- Under which the same report of the same client is known again, and a hash of what was asked.
    request_key text not null,
    request_hash text not null,
    service_code text not null,
    case_type text not null,
    is_private boolean not null,
    fixmystreet_id text,
    -- Absent until its case is open.
    reference text,
    status text not null,
    -- When the move happened that led to the status: news may come in another order.
    status_at timestamptz not null,
    is_closed boolean not null,
    begun_at timestamptz not null,
    requested_at timestamptz,
    updated_at timestamptz not null,
    primary key (council_id, case_id),
    constraint request_key unique (council_id, client_id, request_key),
    constraint request_reference unique (council_id, reference),
    check ((reference is null) = (requested_at is null))
  );
  create index request_requested on open311.request (council_id, requested_at, case_id) where reference is not null;
  create index request_begun on open311.request (council_id, begun_at, case_id) where reference is null;
  ${councilTable('open311.request')}

  -- What happened to reports: the words are those of the case's own timeline.
  create table open311.update (
    council_id uuid not null,
    entry_id uuid not null,
    case_id uuid not null,
    status text not null,
    at timestamptz not null,
    primary key (council_id, entry_id),
    foreign key (council_id, case_id) references open311.request (council_id, case_id)
  );
  create index update_at on open311.update (council_id, at, entry_id);
  ${councilTable('open311.update', { grants: ['select', 'insert', 'delete'] })}

  -- What other systems wrote about reports, and what was to be done about it: the same update of the same client is done once.
  create table open311.sent_update (
    council_id uuid not null,
    client_id text not null,
    update_key text not null,
    case_id uuid not null,
    update_id uuid not null,
    request_hash text not null,
    -- The step by which the case opens again, where there is one.
    transition text,
    sent_at timestamptz not null,
    primary key (council_id, client_id, update_key),
    foreign key (council_id, case_id) references open311.request (council_id, case_id)
  );
  ${councilTable('open311.sent_update', { grants: ['select', 'insert', 'delete'] })}
`);
