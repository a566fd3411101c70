import { migration } from '@guildhall/kernel';

/** Links are made in series: when one series is ended, none of its links shows anything any more. */
export const documents002 = migration('002-links', 'alter table documents.document add column links_series int not null default 0;');
