import { councilTable, migration } from '@guildhall/kernel';

export const contributionsMigration = migration('020-contributions', `
    -- Councils, regional bodies and firms that write here. Who is of a team of the sign-in's writes for it.
    create table catalogue.organisation (
      council_id uuid not null,
      -- A publisher's own id, where it publishes.
      organisation_id text not null,
      kind text not null check (kind in ('council', 'regional-body', 'supplier', 'community', 'assessor')),
      name_en text not null,
      name_cy text not null,
      team_id text not null,
      -- A mailbox of the organisation's, no person's.
      email text not null,
      web text,
      added_at timestamptz not null,
      primary key (council_id, organisation_id)
    );
    create index organisation_team on catalogue.organisation (council_id, team_id, organisation_id);
    ${councilTable('catalogue.organisation', { grants: ['select', 'insert', 'update'] })}

    -- What they add: offers of support, that they run something and what came of it, help that is asked for or offered.
    create table catalogue.contribution (
      council_id uuid not null,
      contribution_id uuid not null,
      kind text not null check (kind in ('offer', 'adoption', 'help')),
      organisation_id text not null,
      package_name text check (package_name is not null or kind <> 'adoption'),
      written jsonb not null,
      at timestamptz not null,
      ended_at timestamptz,
      -- Why somebody of the catalogue took it away; null of what its own organisation ended.
      ended_because text,
      primary key (council_id, contribution_id),
      foreign key (council_id, organisation_id) references catalogue.organisation (council_id, organisation_id),
      check (ended_because is null or ended_at is not null)
    );
    create index contribution_newest on catalogue.contribution (council_id, kind, at desc, contribution_id) where ended_at is null;
    create index contribution_package on catalogue.contribution (council_id, package_name, kind, at desc) where ended_at is null;
    create index contribution_own on catalogue.contribution (council_id, organisation_id, at desc);
    ${councilTable('catalogue.contribution', { grants: ['select', 'insert', 'update'] })}

    -- What it cost to be listed, or where somebody gave up. Nobody is named.
    create table catalogue.effort (
      council_id uuid not null,
      effort_id uuid not null,
      month date not null check (extract(day from month) = 1),
      outcome text not null check (outcome in ('listed', 'gave-up')),
      hours text not null check (hours in ('under-2', '2-8', '8-40', 'over-40')),
      hardest text not null,
      primary key (council_id, effort_id)
    );
    ${councilTable('catalogue.effort', { grants: ['select', 'insert'] })}
  `);
