import { migration } from '@guildhall/kernel';

/** What reached the bank account, or was kept back from it, and is neither a payment nor a refund: a payer's bank that took its money back, a correction, a charge for the account. */
export const otherSettled = migration('007-other-settled', `
  -- The provider's own word for it; its id stands where a refund's does. Null for payments and refunds.
  alter table payments.settled_item add column movement text check (length(movement) between 1 and 60);
  alter table payments.settled_item drop constraint settled_item_amount_in_pence_check;
  -- Only such a thing says by its sign which way it went.
  alter table payments.settled_item add constraint settled_item_amount_in_pence_check check (amount_in_pence >= 0 or movement is not null);
  alter table payments.settlement_day add column others int not null default 0;
  alter table payments.settlement_day add column others_in_pence bigint not null default 0;
  alter table payments.settlement_difference drop constraint settlement_difference_kind_check;
  alter table payments.settlement_difference add constraint settlement_difference_kind_check
    check (kind in ('unknown', 'not-paid-here', 'amount', 'settled-twice', 'not-settled', 'refund-unknown', 'refund-amount', 'refund-not-settled', 'other'));
`);
