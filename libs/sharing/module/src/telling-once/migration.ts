import { migration } from '@guildhall/kernel';

export const supersededMigration = migration('013-superseded', `
    -- What was never brought, because something newer took its place, is not confirmed.
    alter table sharing.change_delivery drop constraint change_delivery_state_check, add constraint change_delivery_state_check check (state in ('waiting', 'arrived', 'confirmed', 'turned-down', 'superseded'));
  `);
