import { Client } from 'pg';
import { startTestDatabase } from '../../libs/kernel/embedded-database/src/testing/index';
import { describeDatabase } from './schema.mjs';

describe('the report of the database', () => {
  it('says all that separates one council from another: keys, policies, forced row security, rights down to columns', async () => {
    const database = await startTestDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(`
        create schema parking;
        create table parking.permit (council_id uuid not null, permit_id uuid not null, plate text not null check (plate <> ''), fee bigint default 0, upper_plate text generated always as (upper(plate)) stored, primary key (council_id, permit_id));
        create unique index permit_plate on parking.permit (council_id, plate) where fee > 0;
        alter table parking.permit enable row level security;
        alter table parking.permit force row level security;
        create policy own_council on parking.permit using (council_id = nullif(current_setting('app.council_id', true), '')::uuid) with check (true);
        grant usage on schema parking to guildhall_login;
        grant select on parking.permit to guildhall_login;
        grant update (plate) on parking.permit to guildhall_login;
        create view parking.plates with (security_invoker = on) as select plate from parking.permit;
      `);
      const report = (await describeDatabase(database.url)).get('schema/parking.sql');
      for (const line of [
        'grant usage on schema parking to guildhall_login;',
        '  plate text not null,', '  fee bigint default 0,', '  upper_plate text generated always as (upper(plate)) stored,',
        '  constraint permit_pkey PRIMARY KEY (council_id, permit_id),', `  constraint permit_plate_check CHECK ((plate <> ''::text))`,
        'CREATE UNIQUE INDEX permit_plate ON parking.permit USING btree (council_id, plate) WHERE (fee > 0);',
        'alter table parking.permit enable row level security;', 'alter table parking.permit force row level security;',
        `create policy own_council on parking.permit using (council_id = (NULLIF(current_setting('app.council_id'::text, true), ''::text))::uuid) with check true;`,
        'grant select on parking.permit to guildhall_login;', 'grant update (plate) on parking.permit to guildhall_login;',
        'create view parking.plates with (security_invoker=on) as',
      ]) expect(report?.split('\n')).toContain(line);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
