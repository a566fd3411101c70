import { migration } from '@guildhall/kernel';

export const choiceScopeMigration = migration('012-choice-scope', `
    -- What it was said of, as a digest (choiceScope); null of choices that are older than this column: of the agreement as it was then.
    alter table sharing.choice add column scope text;
  `);

export const choicesHeardMigration = migration('013-choices-heard', `
    -- Of what was said at another body: which told of it, and who pressed there; it is passed on to the others.
    alter table sharing.choice add column told_by text, add column pressed_by text check (pressed_by in ('resident', 'adviser'));
    -- When the other body last said how their choice stands there, by the id of the agreement: of one it says nothing of another.
    alter table sharing.link add column choices_heard jsonb not null default '{}';
  `);
