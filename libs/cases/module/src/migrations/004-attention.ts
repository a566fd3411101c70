import { migration } from '@guildhall/kernel';

/** Which cases an officer is to look at, because something was noted on them that nobody has seen yet. */
export const cases004 = migration('004-attention', `
  alter table cases."case" add column needs_attention boolean not null default false;
  create index case_attention on cases."case" (council_id, due_on, case_id) where needs_attention and not is_closed;
`);
