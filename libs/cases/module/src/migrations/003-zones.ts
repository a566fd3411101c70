import { migration } from '@guildhall/kernel';

/** In which of the council's zones a case lay when it was opened, so that a worklist can be narrowed to one. */
export const cases003 = migration('003-zones', `
  -- Kind and code of each: 'garden-waste-round:tue-2'. Lists look for it among the cases to which an index leads, as for a ward.
  alter table cases."case" add column zones text[] not null default '{}';
`);
