import { migration } from '@guildhall/kernel';

/** Who asked for a payment, when another system did, and whether that is another council's app. */
export const createNeighbours = migration('004-neighbours', `
  alter table payments.payment add column client_id text;
  alter table payments.payment add column is_elsewhere boolean not null default false;
  alter table payments.payment add constraint payment_elsewhere check (client_id is not null or not is_elsewhere);
  -- A neighbour's references are its own: neither council hears of the other's by one that is taken.
  drop index payments.payment_reference;
  create unique index payment_reference on payments.payment (council_id, reference, (case when is_elsewhere then client_id else '' end)) where not is_withdrawn;
`);
