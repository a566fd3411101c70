import { councilTable, migration } from '@guildhall/kernel';

/** What is known of each document; its bytes lie in the store, under its id. */
export const documents001 = migration('001-documents', `
  create table documents.document (
    council_id uuid not null,
    document_id uuid not null,
    kind text not null check (kind in ('photo', 'file')),
    state text not null check (state in ('receiving', 'loose', 'attached', 'removed')),
    -- Whose it is: session:, person:, officer:, machine:, job: and an id; a session by its public name, never its secret.
    owner text,
    subject_type text,
    subject_id text,
    content_type text not null,
    size_in_bytes bigint not null check (size_in_bytes > 0),
    -- Of what is kept, and of what came: by the second one the same upload is known again.
    sha256 text not null,
    received_sha256 text not null,
    filename text not null,
    width int,
    height int,
    has_thumbnail boolean not null,
    -- Whether the store may hold bytes of it: what is removed is not forgotten before they are gone.
    has_bytes boolean not null default true,
    stored_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (council_id, document_id),
    check ((subject_type is null) = (subject_id is null)),
    check (state <> 'attached' or subject_id is not null),
    check ((width is null) = (height is null))
  );
  create index document_subject on documents.document (council_id, subject_type, subject_id, stored_at, document_id) where subject_id is not null;
  -- What the sweeper looks for: few rows, whatever a council keeps.
  create index document_to_sweep on documents.document (council_id, changed_at, document_id) where state in ('receiving', 'loose') or (state = 'removed' and has_bytes);
  ${councilTable('documents.document')}
`);
