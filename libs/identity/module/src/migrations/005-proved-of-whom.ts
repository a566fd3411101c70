import { migration } from '@guildhall/kernel';

export const keepProvedOfWhom = migration('005-proved-of-whom', `
  -- Whom the issuer proved it of, as in identity.sign_in. What was kept before this is known says nothing of whom: the next proof takes its place as a whole.
  alter table identity.proved add column subject_hash text;
`);
