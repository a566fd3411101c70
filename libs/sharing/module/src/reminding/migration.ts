import { councilTable, migration } from '@guildhall/kernel';

export const reminderMigration = migration('020-reminder', `
    -- When somebody whose yes lasts was reminded last of what they share: one row a person, its id is the message's, and another one each year.
    create table sharing.reminder (
      council_id uuid not null,
      local_id text not null,
      reminder_id uuid not null,
      -- When it was looked at whether they are to be reminded.
      reminded_at timestamptz not null,
      -- When a message was handed over last; null where nobody could be written to.
      told_at timestamptz,
      primary key (council_id, local_id),
      unique (council_id, reminder_id)
    );
    create index choice_given on sharing.choice (council_id, local_id, at) where state = 'given';
    ${councilTable('sharing.reminder', { grants: ['select', 'insert', 'update', 'delete'] })}
  `);
