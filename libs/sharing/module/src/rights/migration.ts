import { migration } from '@guildhall/kernel';

export const rightsMigration = migration('009-rights', `
    -- When a person's key is destroyed, what is kept of their choices says the day alone: a moment would lead to the entry in the log, and with it to all that bears the same mark.
    grant update (choice_id, at) on sharing.choice to guildhall_app;
    grant update (receipt_id, at, document) on sharing.receipt to guildhall_app;

    -- Receipts named the person by their mark in the log. They have a name of their own now.
    alter table sharing.receipt no force row level security;
    update sharing.receipt set document = jsonb_set(case when document #>> '{events,0,entity_id}' = document ->> 'pii_principal_id' then jsonb_set(document, '{events,0,entity_id}', to_jsonb(receipt_id::text)) else document end, '{pii_principal_id}', to_jsonb(receipt_id::text));
    alter table sharing.receipt force row level security;

    create index receipt_agreement on sharing.receipt (council_id, agreement_id, at, receipt_id);

    -- A body whose link ended because the person was erased hears that too (UK GDPR, Article 19).
    alter table sharing.link_end add column is_erased boolean not null default false;
    -- So does a body's own inbox: what the other body had told is erased there.
    alter table sharing.change drop constraint change_kind_check, add constraint change_kind_check check (kind in ('changed', 'corrected', 'erased'));
  `);

export const erasedBeforeMigration = migration('025-erased-before', `
    -- Of whoever was erased before 009-rights: what is kept of their choices says the day alone from now on, in the order in which they chose, and no id of it says a moment (RFC 9562, version 7). Whoever has no key was erased; where it is so already nothing changes.
    lock table sharing.subject_key, sharing.choice, sharing.receipt in access exclusive mode;
    alter table sharing.subject_key no force row level security;
    alter table sharing.choice no force row level security;
    alter table sharing.receipt no force row level security;
    with by_day as (
      select c.council_id, c.choice_id, c.local_id, c.agreement_id, c.state, c.at,
        date_trunc('day', c.at, 'UTC') + row_number() over (partition by c.council_id, c.local_id, date_trunc('day', c.at, 'UTC') order by c.at, c.state, c.agreement_id) * interval '1 millisecond' as day
      from sharing.choice c where not exists (select from sharing.subject_key k where k.council_id = c.council_id and k.local_id = c.local_id)
    ), receipts as (
      update sharing.receipt r set at = d.day, receipt_id = n.id, document = jsonb_set(jsonb_set(
        jsonb_set(case when r.document #>> '{events,0,entity_id}' <> 'adviser' then jsonb_set(r.document, '{events,0,entity_id}', to_jsonb(n.id::text)) else r.document end, '{pii_principal_id}', to_jsonb(n.id::text)),
        '{record_id}', to_jsonb(n.id::text)), '{events,0,event_time}', to_jsonb(to_char(d.day at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from by_day d, sharing.receipt o cross join lateral (select case when substr(o.receipt_id::text, 15, 1) = '7' then gen_random_uuid() else o.receipt_id end as id) n
      where r.council_id = d.council_id and r.local_id = d.local_id and r.agreement_id = d.agreement_id and r.at = d.at and r.state = d.state and o.council_id = r.council_id and o.receipt_id = r.receipt_id
    )
    update sharing.choice c set at = d.day, choice_id = case when substr(c.choice_id::text, 15, 1) = '7' then gen_random_uuid() else c.choice_id end from by_day d where c.council_id = d.council_id and c.choice_id = d.choice_id;
    alter table sharing.receipt force row level security;
    alter table sharing.choice force row level security;
    alter table sharing.subject_key force row level security;
  `);
