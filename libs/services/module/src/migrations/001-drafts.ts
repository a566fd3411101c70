import { councilTable, migration } from '@guildhall/kernel';

export const drafts = migration('001-drafts', `
  create table services.draft (
    council_id uuid not null,
    draft_id uuid not null,
    -- Whose it is: 's:' and a session, 'p:' and a person, 'c:' and the draft itself for one that an officer fills in for a caller.
    owner_key text not null,
    officer_id uuid,
    service text not null,
    service_version text not null,
    channel text not null check (channel in ('web', 'telephone', 'counter')),
    language text not null check (language in ('en', 'cy')),
    state text not null default 'open' check (state in ('open', 'paying', 'submitting', 'submitted')),
    -- The one that its owner fills in now; another one may lie beside it until it is carried on.
    is_current boolean not null default true,
    -- Begun in the middle, because the session had ended: what was typed joins what its owner had before.
    is_continuation boolean not null default false,
    answers jsonb not null default '{}',
    version int not null default 1,
    -- What was confirmed, word for word; made before anything is asked of anybody, wiped when the case has it.
    submission jsonb,
    assisted jsonb,
    case_id uuid,
    reference text,
    payment_id uuid,
    status_path text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null,
    submitted_at timestamptz,
    -- When somebody should look whether a confirmed draft has got to its end.
    next_try_at timestamptz,
    tries int not null default 0,
    primary key (council_id, draft_id),
    check (state = 'open' or (case_id is not null and reference is not null)),
    check (state <> 'paying' or payment_id is not null),
    check (state in ('open', 'submitted') or submission is not null)
  );
  create unique index draft_current on services.draft (council_id, owner_key, service) where is_current;
  create index draft_owner on services.draft (council_id, owner_key, updated_at);
  create index draft_expiry on services.draft (council_id, expires_at);
  create index draft_unfinished on services.draft (council_id, next_try_at) where next_try_at is not null;
  ${councilTable('services.draft')}

  -- How often each service was used in the last 90 days, counted by a job: no page counts drafts.
  create table services.usage (
    council_id uuid not null,
    service text not null,
    day date not null,
    submitted int not null,
    primary key (council_id, service, day)
  );
  ${councilTable('services.usage')}
`);
