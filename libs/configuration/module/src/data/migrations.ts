import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-version', `
    -- Every file that was brought in, and every going back: what holds is the highest revision that is published and has taken effect.
    create table configuration.version (
      council_id uuid not null,
      kind text not null,
      thing text not null,
      revision int not null check (revision >= 1),
      state text not null check (state in ('draft', 'published', 'discarded')),
      definition int not null,
      package_version text not null,
      -- Nothing where the council goes back to what the package and its own app say.
      content jsonb,
      from_council text,
      from_gss_code text,
      exported_at timestamptz,
      digest text,
      put_back_of int,
      made_at timestamptz not null,
      made_by_id text not null,
      made_by_name text not null,
      settled_at timestamptz,
      settled_by_id text,
      settled_by_name text,
      takes_effect_at timestamptz,
      primary key (council_id, kind, thing, revision),
      check ((state = 'draft') = (settled_at is null)),
      check ((state = 'published') = (takes_effect_at is not null))
    );
    ${councilTable('configuration.version', { grants: ['select', 'insert', 'update'] })}
  `),
];
