import { councilTable, migration } from '@guildhall/kernel';

export const rememberLogoutNotices = migration('002-signed-out-elsewhere', `
  -- Notices by which far ends said that somebody signed out there: each is acted on once, whichever server it reaches.
  create table identity.logout_notice (
    council_id uuid not null,
    issuer text not null,
    notice_hash text not null,
    expires_at timestamptz not null,
    primary key (council_id, issuer, notice_hash)
  );
  create index logout_notice_age on identity.logout_notice (council_id, expires_at);
  ${councilTable('identity.logout_notice', { grants: ['select', 'insert', 'delete'] })}
`);
