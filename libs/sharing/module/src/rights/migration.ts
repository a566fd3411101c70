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
