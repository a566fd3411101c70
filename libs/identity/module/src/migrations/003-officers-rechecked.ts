import { councilTable, migration } from '@guildhall/kernel';

export const recheckOfficers = migration('003-officers-rechecked', `
  -- What it takes to ask the directory again whether it still vouches for an officer who is signed in. Encrypted by the provider; gone with the officer's last session.
  create table identity.officer_vouch (
    council_id uuid not null,
    officer_id uuid not null,
    provider text not null,
    keep text not null,
    checked_at timestamptz not null,
    -- Since when the directory has not answered.
    silent_since timestamptz,
    primary key (council_id, officer_id),
    foreign key (council_id, officer_id) references identity.officer (council_id, officer_id)
  );
  create index officer_vouch_due on identity.officer_vouch (council_id, checked_at);
  ${councilTable('identity.officer_vouch')}
`);
