import { councilTable, migration } from '@guildhall/kernel';

export const informationMigration = migration('004-information', `
    -- What somebody got for a choice. Never changed.
    create table sharing.receipt (
      council_id uuid not null,
      receipt_id uuid not null,
      -- To be read aloud.
      reference text not null,
      local_id text not null,
      agreement_id text not null,
      state text not null check (state in ('given', 'withdrawn')),
      at timestamptz not null,
      -- The words that were shown before, of which the choice has the digest.
      notice jsonb not null,
      chosen_by text not null check (chosen_by in ('resident', 'adviser')),
      -- ISO/IEC TS 27560.
      document jsonb not null,
      primary key (council_id, receipt_id),
      unique (council_id, reference),
      unique (council_id, local_id, agreement_id, at, state)
    );
    ${councilTable('sharing.receipt', { grants: ['select', 'insert'] })}

    alter table sharing.dispute add column raised_by text not null default 'resident' check (raised_by in ('resident', 'adviser'));
  `);
