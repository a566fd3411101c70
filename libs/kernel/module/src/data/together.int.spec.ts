import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import type { PoolClient } from 'pg';
import { LivingPool, PreparedPool } from './prepared-driver';
import { sendTogether } from './together';

const READ = 'select name, people, drawn_at, facts from ward order by name limit $1';
const SHARE = 'select 6 / $1::int as share';

describe.each([[true, 'prepared'], [false, 'not prepared']])('statements that go together (%s: %s)', (isPrepared) => {
  let database: TestDatabase;
  let pool: LivingPool;
  let connection: PoolClient;
  const send = (...statements: readonly (readonly [string, ...unknown[]])[]): Promise<object[][]> => sendTogether(connection, statements.map(([text, ...values]) => ({ text, values })), isPrepared);
  const one = { name: 'Weirside', people: 7, drawn_at: new Date('2026-01-05T10:00:00Z'), facts: { bins: [1, null] } };
  const two = { name: null, people: null, drawn_at: null, facts: null };
  beforeAll(async () => {
    database = await startTestDatabase();
    pool = new (isPrepared ? PreparedPool : LivingPool)({ connectionString: database.url, max: 2, pipeline: true } as never);
    connection = await pool.connect();
    await connection.query('create table ward (name text unique, people int, drawn_at timestamptz, facts jsonb)');
  });
  afterAll(async () => {
    connection?.release();
    await pool?.end();
    await database?.drop();
  });

  it('are one transaction, in their order, and each has its own rows: the first time and later', async () => {
    const insert = 'insert into ward values ($1, $2, $3, $4)';
    expect(await send([insert, one.name, one.people, one.drawn_at, one.facts], [insert, null, undefined, null, null], [READ, 9])).toEqual([[], [], [one, two]]);
    for (let time = 0; time < 2; time++) {
      expect(await send([READ, 2], [READ, 0], ['select 1 as n'], ['update ward set people = people where name = $1', 'Weirside'], ['update ward set people = people where name = $1 returning people', 'Weirside'], [READ, 1])).toEqual([[one, two], [], [{ n: 1 }], [], [{ people: 7 }], [one]]);
    }
    expect(await Promise.all([send([READ, 2]), send([READ, 1])])).toEqual([[[one, two]], [[one]]]);
    const [first = [], second = []] = await send(['select pg_current_xact_id()::text as id'], ['select pg_current_xact_id()::text as id']);
    expect(second).toEqual(first);
    expect(first).toHaveLength(1);
  });
  it('leave nothing behind when one of them fails, and say each time why', async () => {
    for (let time = 0; time < 3; time++) {
      await expect(send(['insert into ward (name) values ($1)', 'Millbank'], [SHARE, 0], ['select 2 as never_looked_at', 1].slice(0, 1) as [string])).rejects.toMatchObject({ code: '22012' });
      expect(await send([SHARE, 2], ['select count(*)::int as n from ward where name = $1', 'Millbank'], ['select 2 as never_looked_at'])).toEqual([[{ share: 3 }], [{ n: 0 }], [{ never_looked_at: 2 }]]);
    }
    await expect(send(['insert into ward (name) values ($1)', 'Millbank'], ['select nothing'])).rejects.toMatchObject({ code: '42703' });
    expect(await send(['select count(*)::int as n from ward where name = $1', 'Millbank'])).toEqual([[{ n: 0 }]]);
  });
  it('do not leave at all when a value of theirs cannot be sent', async () => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    await expect(send(['insert into ward (name) values ($1)', 'Millbank'], ['select $1::jsonb as facts', circle])).rejects.toThrow('circular');
    expect(await send(['select count(*)::int as n from ward where name = $1', 'Millbank'])).toEqual([[{ n: 0 }]]);
  });
  it('stop the clock of a time-out that the council has set, so that the connection is not cut when all is done', async () => {
    const hasty = new PreparedPool({ connectionString: database.url, max: 1, pipeline: true, query_timeout: 100 } as never);
    const one = await hasty.connect();
    try {
      expect(await sendTogether(one, [{ text: 'select 1 as n', values: [] }], isPrepared)).toEqual([[{ n: 1 }]]);
      await new Promise((passed) => setTimeout(passed, 250));
      expect(await sendTogether(one, [{ text: 'select 2 as n', values: [] }], isPrepared)).toEqual([[{ n: 2 }]]);
      await expect(sendTogether(one, [{ text: 'select pg_sleep(5)', values: [] }], isPrepared)).rejects.toThrow('timeout');
    } finally {
      one.release(true);
      await hasty.end();
    }
  });
  it('fail when what is only found out at their end is wrong', async () => {
    await connection.query('create table seat (name text references ward (name) deferrable initially deferred)');
    await expect(send(['insert into seat values ($1)', 'nowhere'], ['select 1 as n'])).rejects.toMatchObject({ code: '23503' });
    expect(await send(['select count(*)::int as n from seat'])).toEqual([[{ n: 0 }]]);
  });
  it('keep to a transaction that was begun, and say when it was not committed', async () => {
    await send(['BEGIN'], ['insert into ward (name) values ($1)', 'Eastgate']);
    await send(['COMMIT']);
    expect(await send(['select count(*)::int as n from ward where name = $1', 'Eastgate'])).toEqual([[{ n: 1 }]]);
    await send(['BEGIN']);
    await send([SHARE, 0]).catch(() => undefined);
    await expect(send(['COMMIT'])).rejects.toThrow('rolled back');
  });
  it('give nobody rows in the shape of old when columns have changed', async () => {
    const read = () => send(['select people from ward where name = $1', 'Weirside']);
    expect(await read()).toEqual([[{ people: 7 }]]);
    await connection.query('alter table ward alter people type text');
    if (isPrepared) await expect(read()).rejects.toMatchObject({ code: '0A000' });
    else expect(await read()).toEqual([[{ people: '7' }]]);
    connection.release();
    connection = await pool.connect();
  });
});
