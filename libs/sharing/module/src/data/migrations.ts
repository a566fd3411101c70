import { councilTable, migration } from '@guildhall/kernel';
import { questionsMigration } from '../asking/migration';
import { choiceScopeMigration, choicesHeardMigration } from '../choosing/migration';
import { figuresMigration } from '../counting/migration';
import { evidenceMigration } from '../evidence/migration';
import { closeAnsweredMigration, correctionsMigration, disputeTimeMigration, writtenThereMigration } from '../correcting/migration';
import { informationMigration } from '../information/migration';
import { followedGuidelinesMigration, publicationsMigration, trustMigration } from '../trusting/migration';
import { endingMigration } from '../ending/migration';
import { linkingMigration } from '../linking/migration';
import { reminderMigration } from '../reminding/migration';
import { erasedBeforeMigration, rightsMigration } from '../rights/migration';
import { keptChangesIndexesMigration, keptChangesMigration, supersededMigration, toldByMigration } from '../telling-once/migration';
import { contradictionsMigration, twinsMigration, unprovedMigration, watchingMigration } from '../watching/migration';

export const migrations = [
  migration('001-log', `
    -- How far each council's log has come. Whoever appends holds its row, so that entries have one order.
    create table sharing.log (
      council_id uuid not null,
      size bigint not null check (size >= 0),
      -- The hashes of the largest whole subtrees, from left to right (RFC 9162, 2.1).
      peaks bytea[] not null,
      -- A signed note (C2SP tlog-checkpoint).
      checkpoint text not null,
      primary key (council_id)
    );
    ${councilTable('sharing.log', { grants: ['select', 'insert', 'update'] })}

    -- What happened. Never changed and never deleted: the application may not.
    create table sharing.entry (
      council_id uuid not null,
      index bigint not null,
      at timestamptz not null,
      kind text not null,
      exchange_id uuid,
      peer text,
      agreement text,
      subject text not null,
      allow boolean,
      -- The leaf as it was hashed: canonical JSON (RFC 8785).
      leaf text not null,
      primary key (council_id, index)
    );
    create index entry_subject on sharing.entry (council_id, subject, index desc);
    create index entry_exchange on sharing.entry (council_id, exchange_id, kind) where exchange_id is not null;
    create index entry_time on sharing.entry (council_id, kind, at) where allow;
    ${councilTable('sharing.entry', { grants: ['select', 'insert'] })}

    -- The hash of each whole subtree: a proof takes as many as the tree is high.
    create table sharing.subtree (
      council_id uuid not null,
      height smallint not null,
      position bigint not null,
      hash bytea not null,
      primary key (council_id, height, position)
    );
    ${councilTable('sharing.subtree', { grants: ['select', 'insert'] })}

    -- Names of messages that have come, for as long as their signatures are believed.
    create table sharing.nonce (
      council_id uuid not null,
      keyid text not null,
      nonce text not null,
      until timestamptz not null,
      primary key (council_id, keyid, nonce)
    );
    create index nonce_age on sharing.nonce (council_id, until);
    ${councilTable('sharing.nonce', { grants: ['select', 'insert', 'delete'] })}
  `),
  migration('002-sharing', `
    -- Bodies with which this one shares, as they were when they were pinned or came with a list.
    create table sharing.peer (
      council_id uuid not null,
      peer_id text not null,
      body jsonb not null,
      -- What runs there, as it says (SHA-256 in hexadecimal), and what others have found of it (DSSE).
      running text,
      assessments jsonb not null default '[]',
      pinned_at timestamptz not null,
      -- How far its log had come when it was last proved to be one story: its size, and the largest whole subtrees.
      seen_size bigint not null default 0,
      seen_peaks bytea[] not null default '{}',
      -- Two signed notes that cannot both be true, where there are such: kept as evidence, and nothing is shared with it.
      contradiction text[],
      primary key (council_id, peer_id)
    );
    ${councilTable('sharing.peer')}

    -- What each has said of its log, until that is proved to be one story with what it had said before.
    create table sharing.heard (
      council_id uuid not null,
      peer_id text not null,
      size bigint not null,
      root text not null,
      note text not null,
      primary key (council_id, peer_id, size, root)
    );
    ${councilTable('sharing.heard', { grants: ['select', 'insert', 'delete'] })}

    create table sharing.agreement (
      council_id uuid not null,
      agreement_id text not null,
      version int not null,
      -- Signed by all parties (DSSE).
      envelope jsonb not null,
      document jsonb not null,
      kept_at timestamptz not null,
      ended_on date,
      primary key (council_id, agreement_id, version)
    );
    ${councilTable('sharing.agreement')}

    -- One person, known here and at another body, under a name that only the two have.
    create table sharing.link (
      council_id uuid not null,
      peer_id text not null,
      pairwise text not null,
      -- Who it is here: a person of this council, a row of a back office.
      local_id text not null,
      proven_by text not null check (proven_by in ('signed-in', 'exact-match', 'in-person')),
      proven_at timestamptz not null,
      primary key (council_id, peer_id, pairwise),
      unique (council_id, local_id, peer_id),
      foreign key (council_id, peer_id) references sharing.peer
    );
    ${councilTable('sharing.link')}

    -- What turns a person into a mark in the log. Destroyed with their record: then nobody can say any more whose mark it is.
    create table sharing.subject_key (
      council_id uuid not null,
      local_id text not null,
      key bytea not null,
      primary key (council_id, local_id)
    );
    ${councilTable('sharing.subject_key', { grants: ['select', 'insert', 'delete'] })}

    -- What somebody has said of an agreement; the latest counts, the earlier ones say what counted then.
    create table sharing.choice (
      council_id uuid not null,
      choice_id uuid not null,
      local_id text not null,
      agreement_id text not null,
      at timestamptz not null,
      state text not null check (state in ('given', 'withdrawn')),
      notice_digest text not null,
      language text not null,
      chosen_by text not null check (chosen_by in ('resident', 'adviser', 'peer')),
      primary key (council_id, choice_id),
      unique (council_id, local_id, agreement_id, at, state)
    );
    ${councilTable('sharing.choice', { grants: ['select', 'insert'] })}

    -- What was answered, sealed, so that whoever did not get it can ask again: the same is told, once.
    create table sharing.answer (
      council_id uuid not null,
      peer_id text not null,
      exchange_id uuid not null,
      question text not null,
      sealed bytea not null,
      status int not null,
      until timestamptz not null,
      primary key (council_id, peer_id, exchange_id)
    );
    create index answer_age on sharing.answer (council_id, until);
    ${councilTable('sharing.answer', { grants: ['select', 'insert', 'delete'] })}

    -- Exchanges that stand in this log and should stand in the other one: whether they do, when it was asked last.
    create table sharing.twin (
      council_id uuid not null,
      exchange_id uuid not null,
      peer_id text not null,
      state text not null check (state in ('there', 'missing')),
      looked_at timestamptz not null,
      primary key (council_id, exchange_id)
    );
    ${councilTable('sharing.twin')}

    -- What somebody says is wrong of themselves, until it is answered: not shared meanwhile.
    create table sharing.dispute (
      council_id uuid not null,
      local_id text not null,
      attribute text not null,
      raised_at timestamptz not null,
      answered_at timestamptz,
      primary key (council_id, local_id, attribute, raised_at)
    );
    create index dispute_open on sharing.dispute (council_id, local_id, attribute) where answered_at is null;
    ${councilTable('sharing.dispute')}
  `),
  migration('003-drafts', `
    -- Agreements that not all parties have signed yet.
    create table sharing.agreement_draft (
      council_id uuid not null,
      draft_id uuid not null,
      -- As far as it is written.
      document jsonb not null,
      -- The signatures that are there (DSSE); null while nobody has signed.
      envelope jsonb,
      is_signed_here boolean not null default false,
      version int not null default 1,
      created_at timestamptz not null,
      primary key (council_id, draft_id),
      check (envelope is not null or not is_signed_here)
    );
    create index draft_list on sharing.agreement_draft (council_id, created_at desc, draft_id desc);
    ${councilTable('sharing.agreement_draft')}

    -- When a body's signature on a text was first seen here. Signatures themselves say nothing of when.
    create table sharing.agreement_signature (
      council_id uuid not null,
      digest text not null,
      body_id text not null,
      seen_at timestamptz not null,
      primary key (council_id, digest, body_id)
    );
    ${councilTable('sharing.agreement_signature', { grants: ['select', 'insert'] })}

    -- What another body holds to be right in sharing, as it handed it over.
    create table sharing.peer_guideline (
      council_id uuid not null,
      peer_id text not null,
      guideline jsonb not null,
      taken_at timestamptz not null,
      primary key (council_id, peer_id),
      foreign key (council_id, peer_id) references sharing.peer
    );
    ${councilTable('sharing.peer_guideline')}

    -- How much is shared by an agreement, counted from the log: by month, and for refusals by what failed.
    create table sharing.figure (
      council_id uuid not null,
      agreement_id text not null,
      month date not null,
      figure text not null check (figure in ('told', 'refused', 'refused-because', 'said-yes', 'said-no')),
      reason text not null default '',
      count bigint not null,
      primary key (council_id, agreement_id, month, figure, reason)
    );
    ${councilTable('sharing.figure', { grants: ['select', 'insert', 'update'] })}

    -- How many entries of the log are in the figures.
    create table sharing.figures_counted (
      council_id uuid not null,
      entries bigint not null,
      at timestamptz not null,
      primary key (council_id)
    );
    ${councilTable('sharing.figures_counted', { grants: ['select', 'insert', 'update'] })}
  `),
  informationMigration,
  evidenceMigration,
  correctionsMigration,
  trustMigration,
  linkingMigration,
  rightsMigration,
  twinsMigration,
  questionsMigration,
  choiceScopeMigration,
  choicesHeardMigration,
  figuresMigration,
  supersededMigration,
  endingMigration,
  toldByMigration,
  keptChangesMigration,
  contradictionsMigration,
  followedGuidelinesMigration,
  watchingMigration,
  publicationsMigration,
  reminderMigration,
  closeAnsweredMigration,
  keptChangesIndexesMigration,
  disputeTimeMigration,
  unprovedMigration,
  erasedBeforeMigration,
  writtenThereMigration,
];
