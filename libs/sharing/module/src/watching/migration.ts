import { councilTable, migration } from '@guildhall/kernel';

export const contradictionsMigration = migration('016-contradictions', `
    -- Pairs of notes that could not both be true and that people have looked at since, each with why it goes on and when: [{ notes, because, at }].
    alter table sharing.peer add column contradictions_settled jsonb not null default '[]';
  `);

export const watchingMigration = migration('018-watching', `
    -- When a body's log was looked at last, and how much of it was fetched and is not proved yet: its size, and the largest whole subtrees.
    alter table sharing.peer add column watched_at timestamptz, add column growing_size bigint not null default 0, add column growing_peaks bytea[] not null default '{}';
  `);

export const twinsMigration = migration('009-twins', `
    -- Entries of which another body must have the other half in its log, and whether that is proved. It takes the place of sharing.twin, which held the other body's word and goes with a later release.
    create table sharing.entry_twin (
      council_id uuid not null,
      index bigint not null,
      kind text not null,
      exchange_id uuid not null,
      peer_id text not null,
      -- Of a question of ours that was never answered: missing is our half, when the other body has its own.
      state text not null check (state in ('open', 'there', 'missing')),
      -- What the other body decided, by its own entry.
      allow boolean,
      at timestamptz not null,
      looked_at timestamptz,
      primary key (council_id, index)
    );
    create index entry_twin_open on sharing.entry_twin (council_id, peer_id, looked_at) where state <> 'there';
    ${councilTable('sharing.entry_twin', { grants: ['select', 'insert', 'update'] })}

    -- Up to where the log was gone through for them.
    create table sharing.twins_begun (
      council_id uuid not null,
      entries bigint not null,
      primary key (council_id)
    );
    ${councilTable('sharing.twins_begun', { grants: ['select', 'insert', 'update'] })}
  `);

export const unprovedMigration = migration('024-unproved-logs', `
    -- Since when a body's log was not shown as far as it has said that it goes; null where it was, when it was looked at last.
    alter table sharing.peer add column unproved_since timestamptz;
    -- Whether the body has signed all that was fetched and is not proved yet.
    alter table sharing.peer add column growing_is_own boolean not null default false;
  `);
