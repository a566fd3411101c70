import { councilTable, migration } from '@guildhall/kernel';

export const trustMigration = migration('007-trust', `
    -- A regional body's list as it was taken last, and what came of looking for a newer one.
    create table sharing.trust_list (
      council_id uuid not null,
      list_id text not null,
      -- Signed (DSSE); null while none has been taken.
      envelope jsonb,
      serial bigint,
      taken_at timestamptz,
      -- The server's name for what it served, so that the same need not be sent again (RFC 9110, 8.8.3).
      etag text,
      asked_at timestamptz not null,
      -- Why what was found last was not taken.
      fault text,
      primary key (council_id, list_id),
      check ((envelope is null) = (serial is null) and (envelope is null) = (taken_at is null))
    );
    ${councilTable('sharing.trust_list', { grants: ['select', 'insert', 'update'] })}

    -- Counts whenever somebody is known anew or otherwise: what was worked out from it is worked out again.
    create table sharing.trust_mark (
      council_id uuid not null,
      mark bigint not null,
      primary key (council_id)
    );
    ${councilTable('sharing.trust_mark', { grants: ['select', 'insert', 'update'] })}

    -- By which list a body is known, and until when; null of one whose keys were compared here.
    alter table sharing.peer add column list_id text, add column known_until timestamptz, add check ((list_id is null) = (known_until is null));
    -- When a body was last asked what runs there, and when it last said so; null of what was typed in.
    alter table sharing.peer add column assurance_asked_at timestamptz, add column assurance_at timestamptz;
  `);

export const followedGuidelinesMigration = migration('017-followed-guidelines', `
    -- Guidelines of whoever issues a list that is followed here, to which another body keeps beside its own.
    create table sharing.peer_followed_guideline (
      council_id uuid not null,
      peer_id text not null,
      issuer text not null,
      guideline jsonb not null,
      taken_at timestamptz not null,
      primary key (council_id, peer_id, issuer),
      foreign key (council_id, peer_id) references sharing.peer
    );
    ${councilTable('sharing.peer_followed_guideline')}
  `);

export const publicationsMigration = migration('019-publications', `
    -- What a regional body publishes beside its list, as it was taken last, and what came of looking for something newer.
    create table sharing.publication (
      council_id uuid not null,
      list_id text not null,
      -- Signed (DSSE); null while nothing has been taken.
      envelope jsonb,
      serial bigint,
      taken_at timestamptz,
      etag text,
      asked_at timestamptz not null,
      fault text,
      primary key (council_id, list_id),
      check ((envelope is null) = (serial is null) and (envelope is null) = (taken_at is null))
    );
    ${councilTable('sharing.publication', { grants: ['select', 'insert', 'update'] })}
  `);
