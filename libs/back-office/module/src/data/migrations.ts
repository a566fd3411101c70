import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-back-office', `
    create table back_office.hand_over (
      council_id uuid not null,
      case_id uuid not null,
      case_type text not null,
      provider_id text not null,
      -- 'taken': the far end has it, and its reference is still to come.
      state text not null check (state in ('waiting', 'taken', 'handed-over', 'refused')),
      case_reference text,
      far_reference text,
      ticket text,
      tries int not null default 0,
      next_try_at timestamptz not null,
      -- Whoever tries it has until then; afterwards another may.
      claimed_until timestamptz,
      last_code text,
      -- What an officer reads of a refusal. It names nobody.
      last_message text,
      opened_at timestamptz not null,
      handed_over_at timestamptz,
      refused_at timestamptz,
      is_closed boolean not null default false,
      asked_at timestamptz,
      -- The moment of the latest progress that was applied: what happened before it comes too late to move the case.
      applied_through timestamptz,
      applying_until timestamptz,
      primary key (council_id, case_id)
    );
    create index hand_over_far on back_office.hand_over (council_id, provider_id, far_reference) where far_reference is not null;
    create index hand_over_ours on back_office.hand_over (council_id, provider_id, case_reference) where case_reference is not null;
    create index hand_over_waiting on back_office.hand_over (council_id, next_try_at) where state in ('waiting', 'taken');
    create index hand_over_refused on back_office.hand_over (council_id, refused_at, case_id) where state = 'refused';
    create index hand_over_followed on back_office.hand_over (council_id, provider_id, asked_at) where state = 'handed-over' and not is_closed;
    ${councilTable('back_office.hand_over')}

    -- What happened to a case at the far end, each thing once.
    create table back_office.progress (
      council_id uuid not null,
      case_id uuid not null,
      progress_id text not null,
      status text not null,
      code text,
      at timestamptz not null,
      -- Wiped when they stand in the timeline.
      words text,
      plan jsonb,
      is_applied boolean not null default false,
      received_at timestamptz not null,
      primary key (council_id, case_id, progress_id),
      foreign key (council_id, case_id) references back_office.hand_over (council_id, case_id)
    );
    create index progress_waiting on back_office.progress (council_id, case_id, at, received_at) where not is_applied;
    ${councilTable('back_office.progress')}

    -- What a far end told of a case that is not known here by that reference: perhaps not yet.
    create table back_office.unmatched (
      council_id uuid not null,
      provider_id text not null,
      progress_id text not null,
      far_reference text not null default '',
      case_reference text not null default '',
      status text not null,
      code text,
      at timestamptz not null,
      words text,
      received_at timestamptz not null,
      primary key (council_id, provider_id, progress_id, far_reference, case_reference)
    );
    create index unmatched_age on back_office.unmatched (council_id, received_at);
    ${councilTable('back_office.unmatched')}

    create table back_office.far_end (
      council_id uuid not null,
      provider_id text not null,
      -- Until when it has told us everything.
      heard_until timestamptz,
      asking_until timestamptz,
      -- How often in a row a call has failed, since when, and until when it is left alone.
      failures_in_row int not null default 0,
      failing_since timestamptz,
      wait_until timestamptz,
      primary key (council_id, provider_id)
    );
    ${councilTable('back_office.far_end')}
  `),
  migration('002-words', `
    -- What residents wrote about cases that were handed over, on its way; the words are in the timeline.
    create table back_office.words (
      council_id uuid not null,
      entry_id uuid not null,
      case_id uuid not null,
      state text not null check (state in ('waiting', 'sent', 'refused')),
      tries int not null default 0,
      next_try_at timestamptz not null,
      claimed_until timestamptz,
      primary key (council_id, entry_id),
      foreign key (council_id, case_id) references back_office.hand_over (council_id, case_id)
    );
    create index words_waiting on back_office.words (council_id, next_try_at) where state = 'waiting';
    ${councilTable('back_office.words')}
  `),
  migration('003-links-ended', `
    -- When an officer last ended the links to a case's photos.
    alter table back_office.hand_over add column links_ended_at timestamptz;
  `),
  migration('004-last-tried', `
    -- When the last try began: a far end that is looked through for the case need not have taken it later.
    alter table back_office.hand_over add column last_tried_at timestamptz;
  `),
  migration('005-photos-of-progress', `
    -- Where photos of what happened are fetched, or the photos themselves (data: URIs); wiped when they are with the case. So often they were tried in vain, and until when what happened waits for them.
    alter table back_office.progress add column photos text[], add column photo_tries int not null default 0, add column photos_wait_until timestamptz;
    alter table back_office.unmatched add column photos text[];
  `),
];
