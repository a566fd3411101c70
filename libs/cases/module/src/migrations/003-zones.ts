import { migration } from '@guildhall/kernel';

/** In which of the council's zones a case lay when they were looked up, so that a worklist can be narrowed to one. */
export const cases003 = migration('003-zones', `
  -- Kind and code of each: 'garden-waste-round:tue-2'. Lists look for it among the cases to which an index leads, as for a ward. None are known (null) until somebody who knows was asked.
  alter table cases."case" add column zones text[];
  create index case_without_zones on cases."case" (council_id, case_id) where zones is null and not is_closed and location ? 'point';
`);
