import { councilTable, migration } from '@guildhall/kernel';

export const correctionsMigration = migration('006-corrections', `
    -- A dispute has a name of its own: two bodies speak of it, and one person may say the same at both.
    alter table sharing.dispute add column dispute_id uuid not null default gen_random_uuid();
    alter table sharing.dispute add column from_peer text;
    alter table sharing.dispute drop constraint dispute_pkey, add primary key (council_id, dispute_id);
    alter table sharing.dispute drop constraint dispute_raised_by_check, add constraint dispute_raised_by_check check (raised_by in ('resident', 'adviser', 'peer'));
    alter table sharing.dispute add constraint dispute_from_check check ((raised_by = 'peer') = (from_peer is not null));
    create index dispute_person on sharing.dispute (council_id, local_id, attribute, raised_at desc);
    create index dispute_age on sharing.dispute (council_id, raised_at, dispute_id) where answered_at is null;

    -- What a body has answered to a dispute: this one, or one to which it was passed on.
    create table sharing.dispute_answer (
      council_id uuid not null,
      dispute_id uuid not null,
      body_id text not null,
      outcome text not null check (outcome in ('corrected', 'right')),
      -- The words to the resident, sealed.
      sealed bytea,
      answered_at timestamptz not null,
      primary key (council_id, dispute_id, body_id),
      foreign key (council_id, dispute_id) references sharing.dispute on delete cascade
    );
    ${councilTable('sharing.dispute_answer')}

    -- What another body is told of a dispute, a correction or a change, until it has said that it knows.
    create table sharing.outgoing (
      council_id uuid not null,
      message_id uuid not null,
      peer_id text not null,
      local_id text not null,
      kind text not null check (kind in ('disputed', 'answered', 'corrected', 'confirmed')),
      -- The dispute or the change that it is about, here.
      about uuid not null,
      -- The message, sealed.
      sealed bytea not null,
      created_at timestamptz not null,
      taken_at timestamptz,
      turned_down_at timestamptz,
      primary key (council_id, message_id)
    );
    create index outgoing_about on sharing.outgoing (council_id, about, kind);
    create index outgoing_person on sharing.outgoing (council_id, local_id);
    ${councilTable('sharing.outgoing')}

    -- Why an officer looked at what another body holds, on both sides. What they saw is in no table.
    create table sharing.look (
      council_id uuid not null,
      exchange_id uuid not null,
      peer_id text not null,
      local_id text not null,
      -- Who looked, by a name that is none of theirs.
      officer text not null,
      -- The reason, sealed.
      sealed bytea not null,
      at timestamptz not null,
      primary key (council_id, exchange_id, peer_id)
    );
    create index look_person on sharing.look (council_id, local_id);
    ${councilTable('sharing.look')}

    -- What somebody has told once; or another body has told of them: a change with its value, or that something was corrected.
    create table sharing.change (
      council_id uuid not null,
      change_id uuid not null,
      kind text not null check (kind in ('changed', 'corrected')),
      local_id text not null,
      attribute text not null,
      -- The value with its provenance, sealed; null where it is to be asked for again.
      sealed bytea check ((kind = 'changed') = (sealed is not null)),
      from_peer text,
      created_at timestamptz not null,
      -- When all who take it here had it; of what came from another body, when that was found out by its own systems.
      confirmed_at timestamptz,
      primary key (council_id, change_id)
    );
    create index change_person on sharing.change (council_id, local_id, created_at desc);
    create index change_inbox on sharing.change (council_id, created_at, change_id) where from_peer is not null and confirmed_at is null;
    ${councilTable('sharing.change')}

    -- Who is to have a change, and whether they have it.
    create table sharing.change_delivery (
      council_id uuid not null,
      change_id uuid not null,
      -- \`taker:identity.home-address\` here, \`body:aldermoor\` elsewhere.
      recipient text not null,
      state text not null check (state in ('waiting', 'arrived', 'confirmed', 'turned-down')),
      -- Of another body: under which name it is told, by which agreement, and what is told, sealed.
      exchange_id uuid,
      agreement_id text,
      sealed bytea,
      -- The checks that failed, where it was turned down.
      failed text[],
      at timestamptz not null,
      primary key (council_id, change_id, recipient),
      foreign key (council_id, change_id) references sharing.change on delete cascade
    );
    create index delivery_exchange on sharing.change_delivery (council_id, exchange_id) where exchange_id is not null;
    ${councilTable('sharing.change_delivery')}
  `);

export const disputeTimeMigration = migration('023-dispute-time', `
    alter table sharing.dispute
      -- What bears on the day by which it is answered (KeptTime); nothing while nothing does.
      add column time jsonb,
      -- What the resident was told of that, step by step, sealed.
      add column said bytea;
    alter table sharing.outgoing drop constraint outgoing_kind_check, add constraint outgoing_kind_check check (kind in ('disputed', 'answered', 'time', 'corrected', 'confirmed'));
  `);

export const writtenThereMigration = migration('026-written-there', `
    -- Whether the body that was told writes to the person itself: then nobody here does.
    alter table sharing.outgoing add column is_written boolean not null default false;
  `);

export const closeAnsweredMigration = migration('021-close-answered', `
    -- Disputes that were answered by some before the others turned them down: nothing that is still to come would close them.
    lock table sharing.dispute_answer, sharing.dispute, sharing.outgoing in access exclusive mode;
    alter table sharing.dispute_answer no force row level security;
    alter table sharing.dispute no force row level security;
    alter table sharing.outgoing no force row level security;
    update sharing.dispute d set answered_at = now() where d.answered_at is null
      and exists (select from sharing.dispute_answer a where a.council_id = d.council_id and a.dispute_id = d.dispute_id)
      and exists (select from sharing.outgoing o where o.council_id = d.council_id and o.about = d.dispute_id and o.kind = 'disputed' and o.turned_down_at is not null)
      and not exists (select from sharing.outgoing o where o.council_id = d.council_id and o.about = d.dispute_id and o.kind = 'disputed' and o.turned_down_at is null
        and not exists (select from sharing.dispute_answer a where a.council_id = d.council_id and a.dispute_id = d.dispute_id and a.body_id = o.peer_id));
    alter table sharing.outgoing force row level security;
    alter table sharing.dispute force row level security;
    alter table sharing.dispute_answer force row level security;
  `);
