import { migration } from '@guildhall/kernel';

/** The payer's name and address, which stand on the provider's page already. Forgotten with the email address, when it is paid or withdrawn. */
export const payerDetails = migration('006-payer-details', `
  alter table payments.payment add column payer_details jsonb;
`);
