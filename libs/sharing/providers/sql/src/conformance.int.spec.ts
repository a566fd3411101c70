import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { Secret, testReportedConformance, type HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressValue, AttributeId } from '@guildhall/sharing-contract';
import { DOUBLE, HALF_KNOWN, MANY, MISFIT, NAMESAKES, WELL_KNOWN, evidenceSourceKit, type EvidenceSourceHarness, type KnownPerson } from '@guildhall/sharing-contract/testing';
import type { SqlTable } from './sql-register.options';
import { sqlRegister } from './sql-register';
import { SqlRegister } from './sql-register.provider';

let database: TestDatabase;
let admin: Client;
let readsUrl: string;

const TABLES: readonly SqlTable[] = [
  { table: 'ctax.account', localId: 'account_no', asOf: 'updated_on', source: 'council-tax-register', verified: 'bill', attributes: { 'address.current': { lines: ['addr1', 'addr2', 'addr3'], postcode: 'pc', uprn: 'uprn' }, 'council-tax-reduction.receives': { column: 'ctr_award', yesWhen: ['Y'] } } },
  { table: 'ctax.person', localId: 'account_no', asOf: { day: '2026-11-01' }, source: 'council-tax-register', verified: 'bill', dates: 'dd/mm/yyyy', attributes: { 'person.name': { column: 'Full_Name' }, 'person.date-of-birth': { column: 'dob' } } },
];

beforeAll(async () => {
  database = await startTestDatabase();
  admin = new Client({ connectionString: database.url });
  await admin.connect();
  // As an old back office has it: padded columns, names in capitals, days as text, and nobody knows why.
  await admin.query(`
    create schema ctax;
    create table ctax.account (account_no char(12), addr1 varchar(100), addr2 text, addr3 text, pc char(10), uprn numeric(12), ctr_award text, updated_on timestamptz);
    create index on ctax.account (account_no);
    create table ctax.person (account_no text, "Full_Name" text, dob text, secret text);
    create index on ctax.person (account_no)`);
  for (const person of [WELL_KNOWN, HALF_KNOWN, ...NAMESAKES, ...MANY]) await keep(person);
  await admin.query("insert into ctax.person values ($1, 'Tom Misfit', '30/02/1980', 'x'), ($2, 'Ann', null, 'x'), ($2, 'Bob', null, 'x')", [MISFIT.localId, DOUBLE.localId]);
  await admin.query("insert into ctax.account values ($1, '7 High Street', '', null, 'NOT KNOWN', null, 'PENDING', '2026-11-01 00:30+00'), ($2, '1 Mill Lane', '', null, 'ZZ99 1AB', null, 'Y', now()), ($2, '2 Mill Lane', '', null, 'ZZ99 1AB', null, 'N', now())", [MISFIT.localId, DOUBLE.localId]);
  const login = `reads_${database.url.split('/').pop()}`;
  await admin.query(`create role ${login} login password 'reads'; grant usage on schema ctax to ${login}; grant select on ctax.account to ${login}; grant select (account_no, "Full_Name", dob) on ctax.person to ${login}`);
  const url = new URL(database.url);
  url.username = login;
  url.password = 'reads';
  readsUrl = url.href;
});
afterAll(async () => {
  const login = new URL(readsUrl).username;
  await admin.query(`drop owned by ${login}; drop role ${login}`);
  await admin.end();
  await database.drop();
});

async function keep({ localId, evidence }: KnownPerson): Promise<void> {
  const value = (id: AttributeId): unknown => evidence.find(({ attribute }) => attribute === id)?.value ?? null;
  const { lines = [], postcode, uprn } = (value('address.current') ?? {}) as Partial<AddressValue>;
  const dob = value('person.date-of-birth') as string | null;
  await admin.query('insert into ctax.account values ($1, $2, $3, $4, $5, $6, $7, $8)', [localId, lines[0] ?? null, '', lines[1] ?? null, postcode?.replace(' ', '') ?? null, uprn ?? null, value('council-tax-reduction.receives') === true ? 'Y' : 'N', '2026-11-01 00:30+00']);
  await admin.query('insert into ctax.person values ($1, $2, $3, $4)', [localId, value('person.name'), dob === null ? '' : dob.split('-').reverse().join('/'), 'nobody asked for this']);
}

const source: HarnessSource<EvidenceSourceHarness & { readonly source: SqlRegister }> = {
  abilities: ['raw', 'far-end', 'contents', 'find', 'report'],
  open: async () => {
    const log = new RecordedLog();
    const register = sqlRegister({ connection: new Secret(readsUrl), tables: TABLES }).create(testProviderDependencies({ log })) as SqlRegister;
    const login = new URL(readsUrl).username;
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

const reported = testReportedConformance(evidenceSourceKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../conformance.json');
  const written = `${JSON.stringify(reported('@guildhall/sharing-provider-sql'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
