import { migration } from '@guildhall/kernel';

export const supersededMigration = migration('013-superseded', `
    -- What was never brought, because something newer took its place, is not confirmed.
    alter table sharing.change_delivery drop constraint change_delivery_state_check, add constraint change_delivery_state_check check (state in ('waiting', 'arrived', 'confirmed', 'turned-down', 'superseded'));
  `);

export const toldByMigration = migration('014-told-by', `
    -- Who told it once: they themselves, or an adviser for them.
    alter table sharing.change add column told_by text not null default 'resident' check (told_by in ('resident', 'adviser'));
  `);
