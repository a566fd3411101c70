import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-connection', `
    create table connections.connection (
      council_id uuid not null,
      provider_id text not null,
      is_sandbox boolean not null,
      is_connected boolean not null,
      -- What the check found, and what to do: never what a person wrote, never a credential.
      message text not null,
      -- Since when it is as it is.
      since timestamptz not null,
      checked_at timestamptz not null,
      primary key (council_id, provider_id)
    );
    ${councilTable('connections.connection')}
  `),
];
