import { councilTable, migration } from '@guildhall/kernel';
import { counterClaimsMigration } from '../assessing/migration';
import { contributionsMigration } from '../contributing/migration';
import { picturesMigration } from '../picturing/kept-pictures';
import { judgedAgainMigration } from '../federating/feed-conflicts';
import { federatingMigration } from '../federating/migration';

export const migrations = [
  migration('001-catalogue', `
    -- Everything that was signed and is or was listed, by its digest: SHA-256 of the envelope in canonical JSON.
    create table catalogue.signed (
      council_id uuid not null,
      digest text not null,
      kind text not null check (kind in ('publisher', 'release', 'notice', 'assessment')),
      envelope jsonb not null,
      is_removed boolean not null default false,
      primary key (council_id, digest)
    );
    ${councilTable('catalogue.signed', { grants: ['select', 'insert', 'update'] })}

    -- Who publishes, as they said last.
    create table catalogue.publisher (
      council_id uuid not null,
      publisher_id text not null,
      state jsonb not null,
      serial bigint not null,
      listed_at timestamptz not null,
      -- Name of the feed that it came from; null of one that was let in here.
      from_feed text,
      primary key (council_id, publisher_id)
    );
    ${councilTable('catalogue.publisher', { grants: ['select', 'insert', 'update'] })}

    -- Each state that a publisher signed.
    create table catalogue.publisher_state (
      council_id uuid not null,
      publisher_id text not null,
      serial bigint not null,
      digest text not null,
      listed_at timestamptz not null,
      primary key (council_id, publisher_id, serial)
    );
    ${councilTable('catalogue.publisher_state', { grants: ['select', 'insert'] })}

    -- A scope is one publisher's.
    create table catalogue.publisher_scope (
      council_id uuid not null,
      scope text not null,
      publisher_id text not null,
      primary key (council_id, scope)
    );
    ${councilTable('catalogue.publisher_scope', { grants: ['select', 'insert'] })}

    -- A package as it is found: what its latest release says.
    create table catalogue.package (
      council_id uuid not null,
      name text not null,
      publisher_id text not null,
      kind text not null,
      description text not null,
      licence text not null,
      maturity text not null,
      languages text[] not null,
      -- Contracts and ports.
      provides text[] not null,
      latest text not null,
      published_at timestamptz not null,
      passed integer not null,
      applicable integer not null,
      -- Kinds of notices in force about the latest.
      noticed text[] not null,
      -- What it is found by: names first, then the description and keywords, then what it does.
      words tsvector not null,
      -- How its scope and its name look to somebody who does not look twice.
      scope_looks text not null,
      name_looks text not null,
      primary key (council_id, name)
    );
    create index package_publisher on catalogue.package (council_id, publisher_id, name);
    create index package_kind on catalogue.package (council_id, kind, name);
    create index package_looks on catalogue.package (council_id, length(scope_looks), length(name_looks));
    ${councilTable('catalogue.package')}

    create table catalogue.release (
      council_id uuid not null,
      name text not null,
      version text not null,
      publisher_id text not null,
      -- Of the packed package, in hexadecimal.
      sha512 text not null,
      facts jsonb not null,
      facts_digest text not null,
      digest text not null,
      -- The bill of materials as it was handed in; null where a feed had none.
      components text,
      published_at timestamptz not null,
      listed_at timestamptz not null,
      -- When a log that is believed had it first: this one, or that of another catalogue.
      logged_at timestamptz not null,
      feed_index bigint not null,
      from_feed text,
      -- Why it is listed no more.
      removed_because text,
      primary key (council_id, name, version)
    );
    create index release_publisher on catalogue.release (council_id, publisher_id, listed_at);
    create index release_digest on catalogue.release (council_id, digest);
    create index release_newest on catalogue.release (council_id, listed_at desc);
    ${councilTable('catalogue.release', { grants: ['select', 'insert', 'update'] })}

    -- What a publisher tells of its releases; told again, the newer one.
    create table catalogue.notice (
      council_id uuid not null,
      publisher_id text not null,
      notice_id text not null,
      kind text not null,
      package text not null,
      -- A range of npm's.
      versions text not null,
      notice jsonb not null,
      digest text not null,
      at timestamptz not null,
      listed_at timestamptz not null,
      primary key (council_id, publisher_id, notice_id)
    );
    create index notice_package on catalogue.notice (council_id, package);
    create index notice_newest on catalogue.notice (council_id, at desc);
    ${councilTable('catalogue.notice', { grants: ['select', 'insert', 'update'] })}

    create table catalogue.assessment (
      council_id uuid not null,
      digest text not null,
      -- The publisher whose key signed it.
      assessor_id text not null,
      standard text not null,
      assessed_on date not null,
      valid_until date not null,
      listed_at timestamptz not null,
      primary key (council_id, digest)
    );
    create index assessment_assessor on catalogue.assessment (council_id, assessor_id, assessed_on desc);
    create index assessment_ends on catalogue.assessment (council_id, valid_until);
    ${councilTable('catalogue.assessment', { grants: ['select', 'insert'] })}

    -- What was assessed: a deployment by its address, a package by its package URL without the version.
    create table catalogue.assessment_subject (
      council_id uuid not null,
      subject text not null,
      digest text not null,
      -- Versions of a package; null of a deployment.
      version text,
      also_versions text,
      primary key (council_id, subject, digest)
    );
    ${councilTable('catalogue.assessment_subject', { grants: ['select', 'insert'] })}

    -- What was handed in, and what became of it.
    create table catalogue.submission (
      council_id uuid not null,
      submission_id uuid not null,
      kind text not null check (kind in ('publisher', 'release', 'notice', 'assessment')),
      digest text not null,
      publisher_id text not null,
      -- Of a release: its package and version.
      about text not null,
      version text,
      state text not null check (state in ('waiting', 'listed', 'refused')),
      reasons text[] not null,
      -- Until it is decided.
      envelope jsonb,
      components text,
      tries integer not null default 0,
      -- When it is looked at again; null of what waits for a person.
      next_try_at timestamptz,
      submitted_at timestamptz not null,
      decided_at timestamptz,
      decided_by text,
      primary key (council_id, submission_id)
    );
    create unique index submission_digest on catalogue.submission (council_id, digest);
    create index submission_waiting on catalogue.submission (council_id, publisher_id, kind) where state = 'waiting';
    create index submission_due on catalogue.submission (council_id, next_try_at) where state = 'waiting';
    create index submission_newest on catalogue.submission (council_id, submitted_at desc);
    ${councilTable('catalogue.submission')}

    -- How far the feed has come. Whoever appends holds its row, so that entries have one order.
    create table catalogue.feed (
      council_id uuid not null,
      size bigint not null check (size >= 0),
      -- The hashes of the largest whole subtrees, from left to right (RFC 9162, 2.1).
      peaks bytea[] not null,
      -- A signed note (C2SP tlog-checkpoint).
      checkpoint text not null,
      primary key (council_id)
    );
    ${councilTable('catalogue.feed', { grants: ['select', 'insert', 'update'] })}

    -- What was listed. Never changed and never deleted: the application may not.
    create table catalogue.feed_entry (
      council_id uuid not null,
      index bigint not null,
      at timestamptz not null,
      kind text not null,
      about text not null,
      version text,
      digest text not null,
      -- The leaf as it was hashed: canonical JSON (RFC 8785).
      leaf text not null,
      primary key (council_id, index)
    );
    create index feed_entry_about on catalogue.feed_entry (council_id, about, index desc);
    ${councilTable('catalogue.feed_entry', { grants: ['select', 'insert'] })}

    -- The hash of each whole subtree: a proof takes as many as the tree is high.
    create table catalogue.feed_node (
      council_id uuid not null,
      height smallint not null,
      position bigint not null,
      hash bytea not null,
      primary key (council_id, height, position)
    );
    ${councilTable('catalogue.feed_node', { grants: ['select', 'insert'] })}
  `),
  contributionsMigration,
  federatingMigration,
  migration('040-notices-logged', `
    -- When a log that is believed had it first: this one, or that of another catalogue; where nothing stands, when it was listed. Why it is listed no more.
    alter table catalogue.notice add column logged_at timestamptz, add column removed_because text;
  `),
  migration('041-taken-off', `
    -- Whether somebody here has taken it off: then nobody brings it back by signing it anew.
    alter table catalogue.release add column is_taken_off boolean not null default false;
  `),
  migration('042-bills-fetched', `
    -- When another catalogue was asked for its bill of materials last, of what came with a feed.
    alter table catalogue.release add column components_asked_at timestamptz;
    create index release_lacks_components on catalogue.release (council_id, components_asked_at nulls first, listed_at desc) where components is null;
  `),
  migration('043-news-as-listed', `
    -- News goes by when it was listed here, and not by the day that whoever signed it wrote.
    create index notice_listed on catalogue.notice (council_id, listed_at desc);
    create index feed_entry_removed on catalogue.feed_entry (council_id, index desc) where kind = 'removed';
  `),
  counterClaimsMigration,
  judgedAgainMigration,
  migration('046-put-out', `
    -- Whom somebody here has put out, as it was last, and why. Who is let in again stands here no more.
    create table catalogue.put_out (
      council_id uuid not null,
      publisher_id text not null,
      state jsonb not null,
      because text not null,
      put_out_at timestamptz not null,
      primary key (council_id, publisher_id)
    );
    ${councilTable('catalogue.put_out', { grants: ['select', 'insert', 'delete'] })}
    -- Its names are free then, and its states no longer what the next has to be signed by. What was signed stays, and so does the log.
    grant delete on catalogue.publisher, catalogue.publisher_state, catalogue.publisher_scope to guildhall_app;
    -- Whether its publisher was put out: whom the name belongs to may publish the same version.
    alter table catalogue.release add column was_put_out boolean not null default false;
    -- Why it is listed no more, and since when; whether somebody here has taken it off: then nobody brings it back by telling it anew.
    alter table catalogue.notice add column removed_at timestamptz, add column is_taken_off boolean not null default false;
    -- When a log that is believed had it first; where nothing stands, when it was listed.
    alter table catalogue.assessment add column logged_at timestamptz, add column removed_because text, add column removed_at timestamptz;
    grant update (removed_because, removed_at) on catalogue.assessment to guildhall_app;
    create index assessment_newest on catalogue.assessment (council_id, listed_at desc);
    -- By which a person finds who waits to be let in.
    alter table catalogue.submission add column words text;
  `),
  picturesMigration,
];
