import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { Secret, type ConnectionCheck } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, testContext, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { SqlTable } from './sql-register.options';
import { sqlRegister } from './sql-register';
import { SqlRegister } from './sql-register.provider';

const ctx = testContext();
const LOGIN = `reads_${randomBytes(4).toString('hex')}`;
let database: TestDatabase;
let admin: Client;
let readsUrl: string;
let log: RecordedLog;
const open: SqlRegister[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
  admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`
    create role ${LOGIN} login password 'reads'; create schema town; grant usage on schema town to ${LOGIN};
    create domain town.number as integer check (value > 0);
    create table town.people (id int primary key, key uuid, ref town.number, code numeric(10), price numeric(8, 2), born date, name text, seen timestamptz, alone boolean, kind bytea);
    insert into town.people values (7, '0199a3f2-0000-7000-8000-000000000007', 70, 700, 7.00, '1951-02-28', 'Ann', '2026-03-31 23:30+00', true, '');
    create view town.slow as select id, name || pg_sleep(3)::text as name from town.people;
    create table town.touched (at timestamptz); create function town.touch() returns text language sql security definer as 'insert into town.touched values (now()) returning ''touched''';
    create view town.writing as select id, town.touch() as name from town.people;
    create view town.broken as select id, name, (id / 0)::text as born from town.people;
    create schema hidden; create table hidden.people (id int primary key, name text);
    create table town.unindexed (id text, name text); create table town.half (id int primary key, name text, born date); grant select (id, name) on town.half to ${LOGIN};
    create table town.few (id text, name text, seen text); insert into town.few values (null, 'Canary', '2026-11-01'), ('7', 'Canary', '2026-11-01'), ('7', 'Bob', '2026-11-01'), ('8', 'Dan', 'yesterday'), (' ', 'Eve', '2026-11-01'), ('9', null, '2026-11-01');
    create table town.many as select id, 'Canary' as name from generate_series(1, 5001) id;
    grant select on town.few, town.many, town.people, town.slow, town.writing, town.broken, town.unindexed to ${LOGIN}; grant select on hidden.people to ${LOGIN}`);
  const url = new URL(database.url);
  url.username = LOGIN;
  url.password = 'reads';
  readsUrl = url.href;
});
beforeEach(() => { log = new RecordedLog(); });
afterEach(async () => { for (const each of open.splice(0)) await each.close(); });
afterAll(async () => {
  await admin.query(`drop owned by ${LOGIN}; drop role ${LOGIN}`);
  await admin.end();
  await database.drop();
});

const NAME: SqlTable['attributes'] = { 'person.name': { column: 'name' } };
const tableOf = (table: string, changes: Partial<SqlTable> = {}): SqlTable => ({ table, localId: 'id', source: 'register', attributes: NAME, ...changes });

function registerOf(tables: readonly SqlTable[], options: { readonly url?: string; readonly timeoutInSeconds?: number } = {}): SqlRegister {
  const { url = readsUrl, ...others } = options;
  const register = sqlRegister({ connection: new Secret(url), tables, ...others }).create(testProviderDependencies({ log, clock: new FixedClock('2026-07-31T23:30:00Z') })) as SqlRegister;
  open.push(register);
  return register;
}
async function tells(table: SqlTable, localId: string): Promise<readonly unknown[]> {
  const register = registerOf([table]);
  return (await register.read(ctx, localId, register.attributes)).map(({ value }) => value);
}
const checked = (...tables: readonly SqlTable[]): Promise<ConnectionCheck> => registerOf(tables).check();
const changedUrl = (change: (url: URL) => void): string => { const url = new URL(readsUrl); change(url); return url.href; };

describe('a person is found', () => {
  it.each([['id', '7'], ['key', '0199a3f2-0000-7000-8000-000000000007'], ['ref', '70'], ['code', '700'], ['name', 'Ann']])('by %s %s, whatever type it is of', async (localId, value) => {
    expect(await tells(tableOf('town.people', { localId }), value)).toEqual(['Ann']);
  });
  it.each([['id', '07'], ['id', '+7'], ['id', '7.0'], ['id', '-7'], ['id', '2147483648'], ['id', '99999999999999999999'], ['key', '0199A3F2-0000-7000-8000-000000000007'], ['key', 'x'], ['code', '700.0'], ['code', '9'.repeat(30)], ['name', 'ann'], ['name', 'Ann ']])('by %s and not by %s', async (localId, value) => {
    expect(await tells(tableOf('town.people', { localId }), value)).toEqual([]);
    expect(log.lines).toEqual([]);
  });
  it('by letters that its database does not have: not', async () => {
    const name = `latin_${randomBytes(4).toString('hex')}`;
    await admin.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    const latin = new Client({ connectionString: url.href });
    await latin.connect();
    try {
      await latin.query("create table people (id text primary key, name text); insert into people values ('Siân', 'Siân')");
      const register = registerOf([tableOf('people')], { url: url.href });
      expect((await register.read(ctx, 'Siân', ['person.name']))[0]?.value).toBe('Siân');
      expect(await register.read(ctx, 'Llŷr', ['person.name'])).toEqual([]);
    } finally {
      await latin.end();
      for (const each of open.splice(0)) await each.close();
      await admin.query(`drop database ${name} with (force)`);
    }
  });
});

describe('what is told', () => {
  it('is made of columns of any type, by the day here', async () => {
    const register = registerOf([tableOf('town.people', { asOf: 'seen', attributes: { ...NAME, 'person.date-of-birth': { column: 'born' }, 'household.single-adult': { column: 'alone' } } })]);
    expect(await register.read(ctx, '7', register.attributes)).toEqual([['person.name', 'Ann'], ['person.date-of-birth', '1951-02-28'], ['household.single-adult', true]].map(([attribute, value]) => ({ attribute, value, asOf: '2026-04-01', source: 'register', verified: null })));
  });
  it('is known to be so on the day on which it is read, unless told', async () => expect((await registerOf([tableOf('town.people')]).read(ctx, '7', ['person.name']))[0]?.asOf).toBe('2026-08-01'));
  it('is read from the columns of what is asked for, and no others', async () => {
    const register = registerOf([tableOf('town.broken', { attributes: { ...NAME, 'person.date-of-birth': { column: 'born' } } })]);
    expect((await register.read(ctx, '7', ['person.name']))[0]?.value).toBe('Ann');
    await expect(register.read(ctx, '7', ['person.date-of-birth'])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('22012') as string });
  });
  it('is not what does not fit, which is counted for whoever looks after it', async () => {
    const register = registerOf([tableOf('town.people', { attributes: { 'person.date-of-birth': { column: 'name' } } })]);
    for (let times = 0; times < 2; times++) expect(await register.read(ctx, '7', ['person.date-of-birth'])).toEqual([]);
    expect((await register.check()).message).toContain('2 times since the start person.date-of-birth (town.people) did not fit');
    expect(log.lines[0]).toEqual({ level: 'warn', event: 'sharing-sql.not-told', ids: { source: 'sql', what: 'person.date-of-birth', where: 'town.people' } });
  });
});

describe('a database that is not ours', () => {
  it('is not written to, even by a view that would', async () => {
    await expect(registerOf([tableOf('town.writing')], { url: database.url }).read(ctx, '7', ['person.name'])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('25006') as string });
    expect((await admin.query('select from town.touched')).rowCount).toBe(0);
  });
  it('is not waited for longer than told', async () => {
    await expect(registerOf([tableOf('town.slow')], { timeoutInSeconds: 0.2 }).read(ctx, '7', ['person.name'])).rejects.toMatchObject({ code: 'unavailable', message: 'The register sql cannot be read: it does not answer in time (57014).' });
  });
  it('may end its connections: the next question has another', async () => {
    const register = registerOf([tableOf('town.people')]);
    for (let times = 0; times < 3; times++) {
      expect(await Promise.all(Array.from({ length: 8 }, () => register.read(ctx, '7', ['person.name'])))).toHaveLength(8);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [LOGIN]);
    }
    expect(await register.read(ctx, '7', ['person.name'])).toHaveLength(1);
  });
  it('may change: what has gone is Unavailable, and when it is back it is read', async () => {
    const register = registerOf([tableOf('town.people')]);
    await register.read(ctx, '7', ['person.name']);
    await admin.query('alter table town.people rename name to called');
    await expect(register.read(ctx, '7', ['person.name'])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('42703') as string });
    await expect(register.read(ctx, '7', ['person.name'])).rejects.toMatchObject({ code: 'unavailable', message: 'town.people has no column name.' });
    await admin.query('alter table town.people rename called to name');
    expect(await register.read(ctx, '7', ['person.name'])).toHaveLength(1);
  });
});

describe('what the rows of a table are like', () => {
  const none = { count: 0, lines: [] };
  it('is counted, without what stands there', async () => {
    expect(await registerOf([tableOf('town.few', { asOf: 'seen' })]).report()).toEqual([{
      name: 'town.few', takenAt: '2026-07-31T23:30:00.000Z', rows: 6, people: 2, withoutLocalId: { count: 2, lines: [] }, withoutDay: { count: 1, lines: [] }, doubles: { count: 1, lines: [] }, attributes: { 'person.name': { known: 2, misfits: none } },
    }]);
  });
  it('is said of the first five thousand, and that there are more', async () => {
    expect(await registerOf([tableOf('town.many')]).report()).toMatchObject([{ rows: 5000, hasMore: true, people: 5000, attributes: { 'person.name': { known: 5000 } } }]);
  });
  it('cannot be said while the table cannot be read, nor can its first rows be shown', async () => {
    const register = registerOf([tableOf('town.nobody')]);
    for (const look of [() => register.report(), () => register.preview(ctx, 5)]) await expect(look()).rejects.toMatchObject({ code: 'unavailable', message: 'There is no table or view town.nobody.' });
  });
});

describe('the check of a connection', () => {
  it('says what can be read', async () => expect(await checked(tableOf('town.people'))).toEqual({ ok: true, message: 'sql: town.people can be read.' }));
  it.each([
    [tableOf('town.nobody'), 'There is no table or view town.nobody.'],
    [tableOf('town.people', { attributes: { 'person.name': { column: 'Name' } } }), 'town.people has no column Name; it has name.'],
    [tableOf('town.half', { attributes: { 'person.date-of-birth': { column: 'born' } } }), 'The login may not read born of town.half. Grant it select on that column, and usage on the schema.'],
    [tableOf('hidden.people'), 'The login may not read id, name of hidden.people.'],
    [tableOf('town.people', { localId: 'seen' }), 'Nobody can be found by town.people.seen, which is of type timestamptz'],
  ])('says what is missing: %j', async (table, sentence) => {
    expect(await checked(table)).toMatchObject({ ok: false, message: expect.stringContaining(sentence) as string });
    await expect(registerOf([table]).read(ctx, '7', Object.keys(table.attributes) as 'person.name'[])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(sentence) as string });
  });
  it('warns of a table that has no index for it, and of a login that may write', async () => {
    expect(await checked(tableOf('town.unindexed'))).toMatchObject({ ok: true, message: expect.stringContaining('No index begins with town.unindexed.id') as string });
    expect(await registerOf([tableOf('town.people')], { url: database.url }).check()).toMatchObject({ ok: true, message: expect.stringContaining('The login may write there.') as string });
    await admin.query(`grant update (name) on town.unindexed to ${LOGIN}`);
    expect(await checked(tableOf('town.people'))).toMatchObject({ ok: true, message: expect.stringContaining('The login may write there.') as string });
    await admin.query(`revoke update (name) on town.unindexed from ${LOGIN}`);
  });
  it.each([
    ['a wrong password', (url: URL) => { url.password = 'wrong'; }, 'it does not accept the login or its password'], ['no such database', (url: URL) => { url.pathname = '/nowhere'; }, 'there is no such database'],
    ['nobody there', (url: URL) => { url.port = '9'; }, 'it does not answer (ECONNREFUSED)'],
  ])('says of %s what to do, and keeps the password', async (_, change, sentence) => {
    const { ok, message } = await registerOf([tableOf('town.people')], { url: changedUrl(change) }).check();
    expect(ok).toBe(false);
    expect(message).toContain(sentence);
    expect(message + JSON.stringify(log.lines)).not.toMatch(/wrong|reads/);
  });
});

describe('what cannot work is refused at the start', () => {
  it.each([
    [[tableOf('town.people; drop table town.people')], '"town.people; drop table town.people" is no name of a table'], [[tableOf('a.b.c')], 'is no name of a table'], [[tableOf('town.')], 'is no name of a table'], [[tableOf('"town"."people"')], 'is no name of a table'],
    [[tableOf('town.people', { localId: 'id" or "1' })], '"id" or "1" is no name of a column'], [[tableOf('town.people', { attributes: { 'person.name': { column: 'first || last' } } })], '"first || last" is no name of a column'],
    [[tableOf('town.people', { asOf: 'now()' })], '"now()" is no name of a column'], [[tableOf('town.people', { localId: 'x'.repeat(64) })], 'is no name of a column'], [[tableOf('town.people'), tableOf('town.half')], 'person.name is in two tables'],
    [[], 'no tables'], [[tableOf('town.people', { source: 'The Register' })], 'source must match'],
  ])('%j', (tables, sentence) => expect(() => sqlRegister({ connection: new Secret(readsUrl), tables })).toThrow(sentence));
  it('an address that is none, without showing it', () => {
    expect(() => sqlRegister({ connection: new Secret('db.example;password=hunter2'), tables: [tableOf('town.people')] })).toThrow('must be an address like postgres://');
    expect(() => sqlRegister({ connection: new Secret(readsUrl), tables: [tableOf('town.people')], name: 'Council Tax' })).toThrow('lower-case words');
    expect(sqlRegister({ connection: new Secret(readsUrl), tables: [tableOf('town.people')], name: 'council-tax' }).id).toBe('sharing.sql-council-tax');
  });
});
