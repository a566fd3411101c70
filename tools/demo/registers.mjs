import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { TRUST, TRUSTS_GUIDELINE } = require('./what-they-agreed.cjs');

/** Who lives in the demonstration: the invented residents who can sign in at both councils, and what is known of them where. */
export const PEOPLE = [
  { who: 'tom-bell', name: 'Tom Bell', email: 'tom.bell@post.example', client: 'C-2041', address: ['52 High Street', 'Riverbourne', 'ZZ99 1AE'], uprn: '990000100101', hasReduction: true, hasCare: true },
  { who: 'mair-evans', name: 'Mair Evans', email: 'mair.evans@post.example', client: 'C-2077', address: ['9 Chantry Road', 'Riverbourne', 'ZZ99 2BA'], uprn: '990000102001', hasReduction: false, hasCare: false },
];

/** What the county's revenues system knows of a reduction, and exports with the rest: nobody asks for it, and nobody is told. */
const REDUCTION = 'Pension Credit GX-7731: 23.10 a week';

/** The county's nightly export. @param ids who each is at the county, by `who` */
export async function exportRevenues(folder, ids) {
  const rows = PEOPLE.map(({ who, name, address: [line, town, postcode], uprn, hasReduction }) => [ids[who], name, line, town, postcode, uprn, hasReduction ? 'Y' : 'N', hasReduction ? REDUCTION : '', '01/11/2026']);
  await writeExport(folder, 'council-tax-20261101.csv', [['portal_id', 'name', 'addr1', 'town', 'pc', 'uprn', 'ctr_award', 'ctr_details', 'updated_on'], ...rows]);
}

/** The trust's nightly export: names and addresses, which its case system does not have. */
export async function exportClients(folder) {
  await writeExport(folder, 'clients-20261101.csv', [['client_no', 'name', 'addr1', 'town', 'pc'], ...PEOPLE.map(({ client, name, address }) => [client, name, ...address])]);
}

async function writeExport(folder, file, rows) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, file), `${rows.map((cells) => cells.join(',')).join('\n')}\n`);
  // The job writes this last: then the file is complete.
  await writeFile(path.join(folder, `${file}.done`), '');
}

/** The trust's case system: a database of its own, and a login that may read three columns of one table. @returns {Promise<string>} the address with that login */
export async function fillBackOffice(database, password) {
  const { Client } = require('pg');
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`
      create schema if not exists care;
      create table if not exists care.client (client_no text primary key, has_care_at_home text not null, reviewed_on date not null, notes text);
      do $$ begin if not exists (select from pg_roles where rolname = 'guildhall_reads') then create role guildhall_reads login connection limit 10; end if; end $$;
      alter role guildhall_reads password '${password}';
      grant usage on schema care to guildhall_reads; grant select (client_no, has_care_at_home, reviewed_on) on care.client to guildhall_reads`);
    for (const { client: number, hasCare } of PEOPLE) await client.query(`insert into care.client values ($1, $2, '2026-11-01', 'What nobody else may read') on conflict do nothing`, [number, hasCare ? 'Y' : 'N']);
  } finally {
    await client.end();
  }
  const address = new URL(database.url);
  [address.username, address.password] = ['guildhall_reads', password];
  return address.href;
}

/** The one file by which the trust joins. */
export async function writeNodeFile(file, exports) {
  await writeFile(file, JSON.stringify({
    id: '01990000-0000-7000-8000-0000000000c1', body: TRUST, name: { en: 'Aldermoor Care Trust', cy: 'Ymddiriedolaeth Gofal Aldermoor' }, logOrigin: 'care.aldermoor.example/log', keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england',
    contact: { telephone: '01632 960000', email: 'data@care.aldermoor.example', address: '1 Care Lane, Aldermoor ZZ99 4AA' }, guideline: TRUSTS_GUIDELINE, officers: { kind: 'practice' },
    sources: [
      { kind: 'sql', name: 'case-system', connection: 'CASE_SYSTEM', tables: [{ table: 'care.client', source: 'care-case-system', sourceTitle: { en: 'Care records', cy: 'Cofnodion gofal' }, localId: 'client_no', asOf: 'reviewed_on', attributes: { 'care.receives': { column: 'has_care_at_home' } } }] },
      { kind: 'csv', name: 'clients', folder: exports, file: 'clients-*.csv', completeWhen: { marker: '.done' }, goodForInDays: 366, columns: { source: 'care-clients', sourceTitle: { en: 'Care client list', cy: 'Rhestr cleientiaid gofal' }, localId: 'client_no', attributes: { 'person.name': { column: 'name' }, 'address.current': { lines: ['addr1', 'town'], postcode: 'pc' } } } },
    ],
  }, null, 2));
}
