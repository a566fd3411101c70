import { councilTable, migration } from '@guildhall/kernel';

/** How far other catalogues' feeds have been read, and in what they differ from this one. */
export const federatingMigration = migration('030-federating', `
    -- A feed that is followed, by its name: another key is another feed.
    create table catalogue.followed_feed (
      council_id uuid not null,
      name text not null,
      -- How far it has been read, and the hashes of the largest whole subtrees of that (RFC 9162, 2.1).
      size bigint not null default 0,
      peaks bytea[] not null default '{}',
      -- The last note of it that was believed.
      checkpoint text not null default '',
      asked_at timestamptz,
      heard_at timestamptz,
      -- When it was last read to its end: nothing that came later can be older.
      complete_at timestamptz,
      -- Why the last reading broke off.
      fault text,
      -- Two notes that cannot both be true. Nothing is taken from the feed since.
      alarm jsonb,
      primary key (council_id, name)
    );
    ${councilTable('catalogue.followed_feed', { grants: ['select', 'insert', 'update'] })}

    -- What a feed says and this catalogue does not list, each by its entry. Nobody but people resolve it.
    create table catalogue.feed_conflict (
      council_id uuid not null,
      feed text not null,
      index bigint not null,
      -- Of the entry.
      kind text not null,
      about text not null,
      version text,
      digest text not null,
      reason text not null,
      message text not null,
      -- What was signed, where there is something.
      envelope jsonb,
      found_at timestamptz not null,
      primary key (council_id, feed, index)
    );
    create index feed_conflict_newest on catalogue.feed_conflict (council_id, found_at desc);
    create index feed_conflict_about on catalogue.feed_conflict (council_id, about);
    ${councilTable('catalogue.feed_conflict', { grants: ['select', 'insert'] })}
  `);
