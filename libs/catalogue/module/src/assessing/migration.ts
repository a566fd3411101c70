import { councilTable, migration } from '@guildhall/kernel';

/** What is said against what was found. */
export const counterClaimsMigration = migration('044-counter-claims', `
  -- What whoever was assessed says against an assessment, by its digest: of each the newest.
  create table catalogue.counter_claim (
    council_id uuid not null,
    assessment text not null,
    publisher_id text not null,
    digest text not null,
    at timestamptz not null,
    -- When a log that is believed had it first: this one, or that of another catalogue.
    logged_at timestamptz not null,
    listed_at timestamptz not null,
    primary key (council_id, assessment, publisher_id)
  );
  create index counter_claim_publisher on catalogue.counter_claim (council_id, publisher_id);
  ${councilTable('catalogue.counter_claim')}
`);
