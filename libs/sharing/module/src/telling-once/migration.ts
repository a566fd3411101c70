import { migration } from '@guildhall/kernel';

export const supersededMigration = migration('013-superseded', `
    -- What was never brought, because something newer took its place, is not confirmed.
    alter table sharing.change_delivery drop constraint change_delivery_state_check, add constraint change_delivery_state_check check (state in ('waiting', 'arrived', 'confirmed', 'turned-down', 'superseded'));
  `);

export const toldByMigration = migration('014-told-by', `
    -- Who told it once: they themselves, or an adviser for them.
    alter table sharing.change add column told_by text not null default 'resident' check (told_by in ('resident', 'adviser'));
  `);

export const keptChangesMigration = migration('015-kept-changes', `
    -- By which agreement another body told it, so that a stop is seen; and until when it is kept: as the agreement says, or what was told here once as long as everybody is told it.
    -- In the order in which a message that comes in writes them: another order and the two would wait for each other.
    lock table sharing.entry, sharing.change, sharing.agreement in access exclusive mode;
    alter table sharing.change add column agreement_id text, add column until timestamptz;
    alter table sharing.change no force row level security;
    alter table sharing.entry no force row level security;
    alter table sharing.agreement no force row level security;
    update sharing.change c set agreement_id = split_part(e.agreement, '@', 1) from sharing.entry e where e.council_id = c.council_id and e.exchange_id = c.change_id and e.kind = 'change-heard' and e.allow and c.from_peer is not null and c.kind = 'changed';
    update sharing.change c set until = c.created_at + coalesce((select (a.document ->> 'retention')::interval from sharing.agreement a where a.council_id = c.council_id and a.agreement_id = c.agreement_id order by a.version desc limit 1), interval 'P1Y') where c.kind = 'changed';
    alter table sharing.agreement force row level security;
    alter table sharing.entry force row level security;
    alter table sharing.change force row level security;
  `);

export const keptChangesIndexesMigration = migration('022-kept-changes-indexes', `
    -- On their own, so that the log is not held while they are built.
    create index change_until on sharing.change (council_id, until);
    create index change_agreement on sharing.change (council_id, local_id, agreement_id) where agreement_id is not null;
    create index look_age on sharing.look (council_id, at);
    create index outgoing_settled on sharing.outgoing (council_id, (coalesce(taken_at, turned_down_at)));
  `);
