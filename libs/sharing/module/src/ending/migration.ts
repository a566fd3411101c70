import { councilTable, migration } from '@guildhall/kernel';

export const endingMigration = migration('012-ending', `
    -- Which other party has ended it; null where this body has, or nobody.
    alter table sharing.agreement add column ended_by text, add check (ended_by is null or ended_on is not null);

    -- Who must know that an agreement was ended here, and whether they do.
    create table sharing.agreement_end (
      council_id uuid not null,
      agreement_id text not null,
      version int not null,
      peer_id text not null,
      ended_at timestamptz not null,
      taken_at timestamptz,
      -- It says that it has no such agreement.
      turned_down_at timestamptz,
      primary key (council_id, agreement_id, version, peer_id),
      foreign key (council_id, agreement_id, version) references sharing.agreement
    );
    ${councilTable('sharing.agreement_end')}
  `);
