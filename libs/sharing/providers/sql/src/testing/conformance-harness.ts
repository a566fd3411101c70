import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { evidenceSourceKit, type EvidenceSourceHarness } from '@guildhall/sharing-contract/testing';
import { sqlRegister } from '../sql-register';
import type { SqlRegister } from '../sql-register.provider';
import { TABLES, startOldBackOffice, type OldBackOffice } from './old-back-office';

/** Nothing is written there, so that one serves all cases. */
let office: Promise<OldBackOffice> | undefined;

export const source: HarnessSource<EvidenceSourceHarness & { readonly source: SqlRegister }> = {
  abilities: ['raw', 'far-end', 'contents', 'find', 'report'],
  open: async () => {
    const { admin, login, readsUrl } = await (office ??= startOldBackOffice());
    const log = new RecordedLog();
    const register = sqlRegister({ connection: new Secret(readsUrl), tables: TABLES, timeoutInSeconds: 20 }).create(testProviderDependencies({ log })) as SqlRegister;
    return {
      source: register, log,
      breakFarEnd: async () => {
        await admin.query(`alter role ${login} nologin`);
        await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
      },
      mendFarEnd: async () => { await admin.query(`alter role ${login} login`); },
      contents: async () => (await admin.query('select (select json_agg(a order by account_no, addr1) from ctax.account a) as accounts, (select json_agg(p order by account_no, "Full_Name") from ctax.person p) as people')).rows,
    };
  },
  close: async ({ source: register, mendFarEnd }) => {
    await register.close();
    await mendFarEnd?.();
  },
};

/** Puts away the back office that the cases shared. */
export async function end(): Promise<void> { await (await office)?.drop(); }

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: evidenceSourceKit.id, source, end }];
