import { migration } from '@guildhall/kernel';

/** What is said in a timeline can be erased; who did what and when stays. */
export const cases002 = migration('002-erasure', `
  grant update (words, reasons, documents, by_id, by_name) on cases.timeline_entry to guildhall_app;
`);
