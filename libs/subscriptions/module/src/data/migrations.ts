import { councilTable, migration } from '@guildhall/kernel';

export const migrations = [
  migration('001-subscription', `
    create table subscriptions.subscription (
      council_id uuid not null,
      subscription_id uuid not null,
      title text not null,
      url text not null,
      event_types text[] not null,
      case_types text[] not null default '{}',
      state text not null check (state in ('active', 'paused', 'disabled')),
      disabled_because text check (disabled_because in ('gone', 'failing')),
      version int not null default 1,
      -- Secrets are made from the council's key and this number: none is stored.
      secret_number int not null default 1,
      former_secret_until timestamptz,
      -- Whoever sends to it, and until when nobody else may.
      lease_id uuid,
      lease_until timestamptz,
      -- How often in a row a try has failed, since when, and until when it is left alone.
      failures_in_row int not null default 0,
      failing_since timestamptz,
      wait_until timestamptz,
      last_delivered_at timestamptz,
      created_at timestamptz not null,
      primary key (council_id, subscription_id),
      check ((state = 'disabled') = (disabled_because is not null))
    );
    ${councilTable('subscriptions.subscription')}

    -- What other systems may be told of an event: ids and facts, nothing about a person.
    create table subscriptions.message (
      council_id uuid not null,
      event_id uuid not null,
      type text not null,
      version int not null,
      subject text not null,
      case_type text,
      data jsonb not null,
      at timestamptz not null,
      is_test boolean not null default false,
      primary key (council_id, event_id)
    );
    create index message_age on subscriptions.message (council_id, at, event_id);
    ${councilTable('subscriptions.message')}

    create table subscriptions.delivery (
      council_id uuid not null,
      subscription_id uuid not null,
      event_id uuid not null,
      state text not null check (state in ('waiting', 'delivered', 'dead')),
      is_test boolean not null default false,
      tries int not null default 0,
      next_try_at timestamptz not null,
      last_tried_at timestamptz,
      last_status int,
      last_failure text check (last_failure in ('status', 'timeout', 'unreachable', 'certificate', 'not-public', 'disabled')),
      created_at timestamptz not null,
      settled_at timestamptz,
      primary key (council_id, subscription_id, event_id),
      foreign key (council_id, subscription_id) references subscriptions.subscription on delete cascade,
      foreign key (council_id, event_id) references subscriptions.message,
      check ((state = 'waiting') = (settled_at is null))
    );
    create index delivery_due on subscriptions.delivery (council_id, subscription_id, next_try_at, event_id) where state = 'waiting' and not is_test;
    create index delivery_list on subscriptions.delivery (council_id, subscription_id, created_at desc, event_id desc);
    create index delivery_of_state on subscriptions.delivery (council_id, subscription_id, state, created_at desc, event_id desc);
    create index delivery_dead on subscriptions.delivery (council_id, settled_at) where state = 'dead' and not is_test;
    create index delivery_event on subscriptions.delivery (council_id, event_id);
    create index delivery_age on subscriptions.delivery (council_id, settled_at) where state <> 'waiting';
    ${councilTable('subscriptions.delivery')}
  `),
];
