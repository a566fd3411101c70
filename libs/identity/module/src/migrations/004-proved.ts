import { councilTable, migration } from '@guildhall/kernel';

export const keepProved = migration('004-proved', `
  -- What one far end proved of somebody, of those by which they sign in the one that proves most surely; what they tell of themselves, and change, stands in identity.person.
  create table identity.proved (
    council_id uuid not null,
    person_id uuid not null,
    name text check (length(name) between 1 and 200),
    date_of_birth text check (date_of_birth ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    address text[],
    uprn text check (uprn ~ '^[0-9]{1,12}$'),
    confidence text not null,
    issuer text not null,
    proved_at timestamptz not null,
    primary key (council_id, person_id),
    foreign key (council_id, person_id) references identity.person (council_id, person_id)
  );
  ${councilTable('identity.proved')}

  -- The same of a way in that waits, until its owner says to which account it belongs.
  alter table identity.pending_way add column date_of_birth text, add column proved_address jsonb;
`);
