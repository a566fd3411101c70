import { Client } from 'pg';
import { startTestDatabase } from '@guildhall/embedded-database/testing';
import type { AddressValue, AttributeId } from '@guildhall/sharing-contract';
import { DOUBLE, HALF_KNOWN, MANY, MISFIT, NAMESAKES, WELL_KNOWN, type KnownPerson } from '@guildhall/sharing-contract/testing';
import type { SqlTable } from '../sql-register.options';

/** A back office's PostgreSQL that runs, with the people of the kit in it. */
export interface OldBackOffice {
  /** The superuser's connection. */
  readonly admin: Client;
  /** Who may read what is named, and nothing else. */
  readonly login: string;
  readonly readsUrl: string;
  drop(): Promise<void>;
}

/** Where a council would find it in the back office below. */
export const TABLES: readonly SqlTable[] = [
  { table: 'ctax.account', localId: 'account_no', asOf: 'updated_on', source: 'council-tax-register', verified: 'bill', attributes: { 'address.current': { lines: ['addr1', 'addr2', 'addr3'], postcode: 'pc', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'ctr_award', yesWhen: ['Y'] } } },
  { table: 'ctax.person', localId: 'account_no', asOf: { day: '2026-11-01' }, source: 'council-tax-register', verified: 'bill', dates: 'dd/mm/yyyy', attributes: { 'person.name': { column: 'Full_Name' }, 'person.date-of-birth': { column: 'dob' } } },
];

/** Starts one as old ones are: padded columns, names in capitals, days as text, and nobody knows why. */
export async function startOldBackOffice(): Promise<OldBackOffice> {
  const database = await startTestDatabase();
  const admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`
    create schema ctax;
    create table ctax.account (account_no char(12), addr1 varchar(100), addr2 text, addr3 text, pc char(10), uprn numeric(12), ctr_award text, updated_on timestamptz);
    create index on ctax.account (account_no);
    create table ctax.person (account_no text, "Full_Name" text, dob text, secret text);
    create index on ctax.person (account_no)`);
  for (const person of [WELL_KNOWN, HALF_KNOWN, ...NAMESAKES, ...MANY]) await keep(admin, person);
  await admin.query("insert into ctax.person values ($1, 'Tom Misfit', '30/02/1980', 'x'), ($2, 'Ann', null, 'x'), ($2, 'Bob', null, 'x')", [MISFIT.localId, DOUBLE.localId]);
  await admin.query("insert into ctax.account values ($1, '7 High Street', '', null, 'NOT KNOWN', null, 'PENDING', '2026-11-01 00:30+00'), ($2, '1 Mill Lane', '', null, 'ZZ99 1AB', null, 'Y', now()), ($2, '2 Mill Lane', '', null, 'ZZ99 1AB', null, 'N', now())", [MISFIT.localId, DOUBLE.localId]);
  const login = `reads_${database.url.split('/').pop()}`;
  await admin.query(`create role ${login} login password 'reads'; grant usage on schema ctax to ${login}; grant select on ctax.account to ${login}; grant select (account_no, "Full_Name", dob) on ctax.person to ${login}`);
  return {
    admin, login, readsUrl: Object.assign(new URL(database.url), { username: login, password: 'reads' }).href,
    drop: async () => {
      await admin.query(`drop owned by ${login}; drop role ${login}`);
      await admin.end();
      await database.drop();
    },
  };
}

async function keep(admin: Client, { localId, evidence }: KnownPerson): Promise<void> {
  const value = (id: AttributeId): unknown => evidence.find(({ attribute }) => attribute === id)?.value ?? null;
  const { lines = [], postcode, uprn } = (value('address.current') ?? {}) as Partial<AddressValue>;
  const dob = value('person.date-of-birth') as string | null;
  await admin.query('insert into ctax.account values ($1, $2, $3, $4, $5, $6, $7, $8)', [localId, lines[0] ?? null, '', lines[1] ?? null, postcode?.replace(' ', '') ?? null, uprn ?? null, value('council-tax-reduction.receives') === true ? 'Y' : 'N', '2026-11-01 00:30+00']);
  await admin.query('insert into ctax.person values ($1, $2, $3, $4)', [localId, value('person.name'), dob === null ? '' : dob.split('-').reverse().join('/'), 'nobody asked for this']);
}
