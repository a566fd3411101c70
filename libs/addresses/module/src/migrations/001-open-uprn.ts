import { councilTable, migration } from '@guildhall/kernel';

/** Where each UPRN of the council's area is, from OS Open UPRN, and how far its import has come. */
export const addresses001 = migration('001-open-uprn', `
  create table addresses.uprn_point (
    council_id uuid not null,
    uprn text not null check (uprn ~ '^[1-9][0-9]{0,11}$'),
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    -- By which import it was last seen: what the newest did not see is gone from the file.
    import_number int not null,
    primary key (council_id, uprn)
  );
  ${councilTable('addresses.uprn_point')}
  create table addresses.open_uprn_import (
    council_id uuid not null,
    -- Which file, of which size and time, within which rectangle: another is another import.
    source text not null,
    import_number int not null check (import_number > 0),
    -- held: the file has so much less than the last that nothing was taken away.
    state text not null check (state in ('reading', 'done', 'held')),
    position_in_bytes bigint not null check (position_in_bytes >= 0),
    size_in_bytes bigint not null check (size_in_bytes >= 0),
    points bigint not null default 0,
    skipped bigint not null default 0,
    points_before bigint not null default 0,
    begun_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (council_id)
  );
  ${councilTable('addresses.open_uprn_import', { grants: ['select', 'insert', 'update'] })}
`);
