import { migration } from '@guildhall/kernel';

export const choiceScopeMigration = migration('012-choice-scope', `
    -- What it was said of, as a digest (choiceScope); null of choices that are older than this column: of the agreement as it was then.
    alter table sharing.choice add column scope text;
  `);
