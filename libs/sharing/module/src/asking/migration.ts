import { councilTable, migration } from '@guildhall/kernel';

export const questionsMigration = migration('010-questions', `
    -- Questions that were sent, as they were, until they are answered and for some minutes at most.
    create table sharing.question (
      council_id uuid not null,
      exchange_id uuid not null,
      local_id text not null,
      sealed bytea not null,
      at timestamptz not null,
      until timestamptz not null,
      primary key (council_id, exchange_id)
    );
    create index question_age on sharing.question (council_id, at);
    ${councilTable('sharing.question', { grants: ['select', 'insert', 'delete'] })}
  `);
