import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-message', `
    create table notifications.message (
      council_id uuid not null,
      message_id uuid not null,
      template_id text not null,
      channel text not null check (channel in ('email', 'sms', 'letter')),
      language text not null check (language in ('en', 'cy', 'both')),
      state text not null check (state in ('created', 'sending', 'sent', 'delivered', 'failed')),
      failure text check (failure in ('temporary', 'permanent', 'technical')),
      failure_code text,
      -- Of the last try that failed, while it is tried again.
      last_failure text check (last_failure in ('temporary', 'technical')),
      is_secret boolean not null,
      -- What may stand in a log for good; the words and the address go when their time is over.
      plain_title text not null,
      title text not null,
      sent_to text not null,
      address jsonb,
      content jsonb,
      person_id uuid,
      about_type text,
      about_id text,
      provider_id text,
      provider_reference text,
      tries int not null default 0,
      next_try_at timestamptz not null,
      give_up_at timestamptz not null,
      claimed_until timestamptz,
      asked_at timestamptz,
      created_at timestamptz not null,
      sent_at timestamptz,
      settled_at timestamptz,
      wipe_at timestamptz not null,
      dealt_with_at timestamptz,
      dealt_with_by uuid,
      primary key (council_id, message_id),
      check ((state = 'failed') = (failure is not null)),
      check ((about_type is null) = (about_id is null))
    );
    create index message_person on notifications.message (council_id, person_id, created_at desc, message_id desc) where person_id is not null;
    create index message_about on notifications.message (council_id, about_type, about_id, created_at desc, message_id desc) where about_id is not null;
    create index message_provider on notifications.message (council_id, provider_id, provider_reference) where provider_reference is not null;
    create index message_failed on notifications.message (council_id, settled_at desc, message_id desc) where state = 'failed' and dealt_with_at is null;
    create index message_waiting on notifications.message (council_id, next_try_at) where state = 'created';
    create index message_sending on notifications.message (council_id, sent_at) where state = 'sending';
    create index message_wipe on notifications.message (council_id, wipe_at) where content is not null;
    create index message_age on notifications.message (council_id, created_at);
    ${councilTable('notifications.message')}
  `),
  migration('002-preference', `
    alter table notifications.message add column is_news boolean not null default false;
    create table notifications.preference (
      council_id uuid not null,
      person_id uuid not null,
      channel text check (channel in ('email', 'sms', 'letter')),
      stops_news boolean not null,
      changed_at timestamptz not null,
      primary key (council_id, person_id)
    );
    ${councilTable('notifications.preference')}
    -- Of whoever is no person to us: a keyed hash, by which an address is known again and cannot be read.
    create table notifications.stopped_address (
      council_id uuid not null,
      address_hash text not null,
      stopped_at timestamptz not null,
      primary key (council_id, address_hash)
    );
    ${councilTable('notifications.stopped_address')}
  `),
  migration('003-another-way', `
    -- To whom and with which values it was asked for, so that it can go by another channel when it has failed; wiped with the words, and never kept of a secret.
    alter table notifications.message add column asked jsonb;
  `),
  migration('004-ask-at', `
    -- When the provider is asked next what became of it: soon at first, then ever more seldom; null until it was asked. In place of asked_at, by which everything was asked at the same pace.
    alter table notifications.message add column ask_at timestamptz;
    create index message_to_ask on notifications.message (council_id, (coalesce(ask_at, sent_at))) where state = 'sending';
    drop index notifications.message_sending;
  `),
];
