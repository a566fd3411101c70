import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { Client } from 'pg';
import { KeptLog } from '../testing';
import { kernelMigrations } from './kernel-migrations';
import { migrate, pendingMigrations } from './migrate';
import { migration, type Migration } from './migration';

const parts = [{ module: 'kernel', schema: 'kernel', migrations: kernelMigrations }];

describe('migrating', () => {
  let database: TestDatabase;
  beforeEach(async () => { database = await startTestDatabase(); });
  afterEach(() => database.drop());
  const run = (migrateUrl = database.url, appUrl = database.appUrl) => migrate({ migrateUrl, appUrl, parts, log: new KeptLog(), queues: ['work-failed', 'work'] });
  const ask = async (text: string): Promise<Record<string, string>[]> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, string>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('applies each migration once when twenty servers start at once on an empty database', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => run()));
    expect(runs.flatMap(({ applied }) => applied)).toEqual(kernelMigrations.map(({ id }) => `kernel ${id}`));
    expect((await ask('select id from kernel.schema_migration order by id')).map(({ id }) => id)).toEqual(kernelMigrations.map(({ id }) => id));
    expect((await ask('select name from queue.queue order by name')).map(({ name }) => name)).toEqual(['work', 'work-failed']);
  });

  describe('what removes something', () => {
    const first = migration('001-hall', 'create table hall.hall (id uuid primary key, colour text)');
    const wider = migration('002-shade', 'alter table hall.hall add column shade text; update hall.hall set shade = colour');
    const narrower = migration('003-no-colour', 'alter table hall.hall drop column colour', 'contract');
    const hall = (migrations: readonly Migration[], mayTakeAway = false) => migrate({ migrateUrl: database.url, appUrl: database.appUrl, parts: [...parts, { module: 'hall', schema: 'hall', migrations }], log: new KeptLog(), queues: [], mayTakeAway });
    const columns = async (): Promise<readonly string[]> => (await ask(`select column_name from information_schema.columns where table_schema = 'hall' and table_name = 'hall' order by 1`)).map(({ column_name: name = '' }) => name);

    it('waits for the version between, which may not have run everywhere, and changes nothing until then', async () => {
      await hall([first]);
      await expect(hall([first, wider, narrower])).rejects.toThrow('The migration 003-no-colour of hall takes away what the version that runs now may still use: 002-shade has not run yet.');
      expect(await columns()).toEqual(['colour', 'id']);
      await hall([first, wider]);
      expect((await hall([first, wider, narrower])).applied).toEqual(['hall 003-no-colour']);
      expect(await columns()).toEqual(['id', 'shade']);
    });
    it('waits for nobody on a database that is new, or where it is said that no older version runs', async () => {
      await hall([first]);
      expect((await hall([first, wider, narrower], true)).applied).toEqual(['hall 002-shade', 'hall 003-no-colour']);
      await ask('drop schema hall cascade');
      expect((await hall([first, wider, narrower])).applied).toEqual(['hall 001-hall', 'hall 002-shade', 'hall 003-no-colour']);
    });
  });

  it.each([['14.12', '140012'], ['19.1', '190001']])('refuses PostgreSQL %s, before it changes anything', async (version, number) => {
    const [{ name = '' } = {}] = await ask('select current_database() as name');
    // A server of that version is not to be had here; this one says that it is one.
    await ask(`create schema lies; grant usage on schema lies to public;
      create function lies.current_setting(text) returns text language sql as $$ select case $1 when 'server_version_num' then '${number}' else pg_catalog.current_setting($1) end $$;
      alter database ${name} set search_path = lies, pg_catalog, public`);
    const sentence = `The database is PostgreSQL ${version}, and Guildhall needs 15 to 18. Name another in DATABASE_URL, or move this one to such a version.`;
    await expect(run()).rejects.toThrow(sentence);
    await expect(pendingMigrations(database.appUrl, parts)).rejects.toThrow(sentence);
    expect(await ask(`select nspname from pg_namespace where nspname in ('kernel', 'queue')`)).toEqual([]);
  });

  it('says what an administrator has to grant when the roles exist and its login may not grant them, and needs nothing more', async () => {
    await run();
    const login = `plain_${Math.random().toString(36).slice(2)}`;
    const [{ name = '' } = {}] = await ask('select current_database() as name');
    await ask(`drop schema kernel, queue cascade; revoke create on database ${name} from guildhall_owner; create role ${login} login nosuperuser nocreaterole password 'plain'`);
    const plainUrl = Object.assign(new URL(database.url), { username: login, password: 'plain' }).href;
    try {
      const refused = await run(plainUrl).then(() => undefined, (error: Error) => error.message);
      expect(refused).toMatch(/^This login may not grant what is needed\. Have an administrator of the database run:\n/);
      const statements = refused?.split('\n\n')[1] ?? '';
      expect(statements).toMatch(new RegExp(`^grant guildhall_app, guildhall_work to "${login}".*;\n(?:alter role "${login}" noinherit;\n)?grant guildhall_owner to "${login}";\ngrant create, connect, temporary on database "${name}" to guildhall_owner;$`));
      await ask(statements);
      expect((await run(plainUrl)).applied).toEqual(kernelMigrations.map(({ id }) => `kernel ${id}`));
    } finally {
      await ask(`drop owned by ${login} cascade; drop role ${login}`);
    }
  });
});
