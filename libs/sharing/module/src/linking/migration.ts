import { councilTable, migration } from '@guildhall/kernel';

export const linkingMigration = migration('008-linking', `
    -- Who is on their way to sign in at another body, from here.
    create table sharing.link_attempt (
      council_id uuid not null,
      -- Of what comes back with the browser (SHA-256 in base64url): whoever reads the database cannot use it.
      state_hash text not null,
      peer_id text not null,
      local_id text not null,
      -- What the other body gave for it.
      ticket text not null,
      -- A path of ours.
      return_to text not null,
      until timestamptz not null,
      primary key (council_id, state_hash)
    );
    create index link_attempt_age on sharing.link_attempt (council_id, until);
    ${councilTable('sharing.link_attempt', { grants: ['select', 'insert', 'delete'] })}

    -- Who was sent here by another body to sign in. Once they have pressed it is known who they are here; once it was redeemed, it is gone.
    create table sharing.link_visit (
      council_id uuid not null,
      ticket_hash text not null,
      peer_id text not null,
      state text not null,
      local_id text,
      code_hash text,
      until timestamptz not null,
      primary key (council_id, ticket_hash),
      unique (council_id, code_hash),
      check ((local_id is null) = (code_hash is null))
    );
    create index link_visit_age on sharing.link_visit (council_id, until);
    ${councilTable('sharing.link_visit')}

    -- Who was looked for and not found, for a day: so that nobody tries birthdays. By keyed hashes.
    create table sharing.link_try (
      council_id uuid not null,
      try_id uuid not null,
      who text not null,
      until timestamptz not null,
      primary key (council_id, try_id)
    );
    create index link_try_who on sharing.link_try (council_id, who, until);
    create index link_try_age on sharing.link_try (council_id, until);
    ${councilTable('sharing.link_try', { grants: ['select', 'insert', 'delete'] })}

    -- Links that were removed here, until the other body knows.
    create table sharing.link_end (
      council_id uuid not null,
      end_id uuid not null,
      peer_id text not null,
      pairwise text not null,
      primary key (council_id, end_id)
    );
    ${councilTable('sharing.link_end', { grants: ['select', 'insert', 'delete'] })}
  `);
