import { councilTable, migration } from '@guildhall/kernel';

export const evidenceMigration = migration('005-evidence', `
    -- What somebody told us, or another body told us of them, and what it may be used for. Never changed: what is newer counts.
    create table sharing.evidence (
      council_id uuid not null,
      evidence_id uuid not null,
      local_id text not null,
      attribute text not null,
      -- For nothing else: another use needs a rule and a choice of its own.
      purposes text[] not null,
      -- The value, under the council's key.
      sealed bytea not null,
      how text not null check (how in ('told', 'typed')),
      -- The day from which it is known to be so.
      as_of date not null,
      -- Of what was told: by whom, from which of its records, how it was made sure, by which agreement and in which exchange.
      told_by text,
      record text,
      verified text,
      agreement_id text,
      exchange_id uuid,
      -- Of what was typed: why they were asked.
      because text,
      -- Which service it was for.
      service text not null,
      kept_at timestamptz not null,
      until timestamptz not null,
      primary key (council_id, evidence_id),
      check ((how = 'told') = (told_by is not null and agreement_id is not null and exchange_id is not null))
    );
    create index evidence_of_person on sharing.evidence (council_id, local_id, attribute, kept_at desc);
    create index evidence_until on sharing.evidence (council_id, until);
    ${councilTable('sharing.evidence', { grants: ['select', 'insert', 'delete'] })}

    -- How often people were asked, by month: \`asked-twice\` for what could have been used, and was asked all the same.
    create table sharing.asking_figure (
      council_id uuid not null,
      month date not null,
      attribute text not null,
      purpose text not null,
      figure text not null check (figure in ('told', 'typed', 'asked-because-unreachable', 'asked-twice')),
      count bigint not null,
      primary key (council_id, month, attribute, purpose, figure)
    );
    ${councilTable('sharing.asking_figure', { grants: ['select', 'insert', 'update'] })}
  `);
