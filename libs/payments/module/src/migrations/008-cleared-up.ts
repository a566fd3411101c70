import { migration } from '@guildhall/kernel';

/** A difference that finance has explained stands no longer among those that are open, though the two sides never agree: what a payer's bank took back for good. */
export const clearedUp = migration('008-cleared-up', `
  alter table payments.settlement_difference drop constraint settlement_difference_state_check;
  alter table payments.settlement_difference add constraint settlement_difference_state_check check (state in ('open', 'agreed', 'cleared-up'));
`);
