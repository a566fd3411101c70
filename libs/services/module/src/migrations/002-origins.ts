import { migration } from '@guildhall/kernel';

export const origins = migration('002-origins', `
  -- Where answers are from, by question: told by another body, or typed. Empty where nobody tells answers.
  alter table services.draft add column origins jsonb not null default '{}';
`);
