import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import type { PoolClient } from 'pg';
import { PreparedPool } from './prepared-driver';

describe('a connection that prepares its statements', () => {
  let database: TestDatabase;
  let pool: PreparedPool;
  let connection: PoolClient;
  beforeAll(async () => {
    database = await startTestDatabase();
    pool = new PreparedPool({ connectionString: database.url, max: 2, pipeline: true } as never);
    connection = await pool.connect();
    await connection.query('create table ward (name text, people int, drawn_at timestamptz, facts jsonb)');
  });
  afterAll(async () => {
    connection.release();
    await pool.end();
    await database.drop();
  });

  it('reads the same of every answer to a statement, the first and the later ones', async () => {
    const one = { name: 'Weirside', people: 7, drawn_at: new Date('2026-01-05T10:00:00Z'), facts: { bins: [1, null] } };
    await connection.query('insert into ward values ($1, $2, $3, $4)', [one.name, one.people, one.drawn_at, JSON.stringify(one.facts)]);
    await connection.query('insert into ward values ($1, $2, $3, $4)', [null, null, null, null]);
    const two = { name: null, people: null, drawn_at: null, facts: null };
    const read = async (most: number) => {
      const { rows, rowCount, command, fields } = await connection.query('select name, people, drawn_at, facts from ward order by name limit $1', [most]);
      return { rows, rowCount, command, fields: fields.map(({ name }) => name) };
    };
    const both = { rows: [one, two], rowCount: 2, command: 'SELECT', fields: ['name', 'people', 'drawn_at', 'facts'] };
    expect(await read(2)).toEqual(both);
    expect(await read(2)).toEqual(both);
    expect(await read(0)).toEqual({ ...both, rows: [], rowCount: 0 });
    expect(await read(1)).toEqual({ ...both, rows: [one], rowCount: 1 });
    const [again, yetAgain] = await Promise.all([read(2), read(1)]);
    expect([again.rows, yetAgain.rows]).toEqual([[one, two], [one]]);
  });

  it('keeps apart what has rows and what has none', async () => {
    for (let time = 0; time < 3; time++) {
      const changed = await connection.query('update ward set people = $1 where name = $2', [time, 'Weirside']);
      expect([changed.rows, changed.rowCount]).toEqual([[], 1]);
      expect((await connection.query('update ward set people = $1 where name = $2 returning people', [time, 'Weirside'])).rows).toEqual([{ people: time }]);
    }
  });

  it('goes on after a statement that failed, and says each time why', async () => {
    for (let time = 0; time < 3; time++) {
      await expect(connection.query('select 1 / $1::int as share', [0])).rejects.toMatchObject({ code: '22012' });
      expect((await connection.query('select 6 / $1::int as share', [2])).rows).toEqual([{ share: 3 }]);
      expect((await connection.query('select 1 / $1::int as share', [1])).rows).toEqual([{ share: 1 }]);
    }
  });

  it('gives nobody rows in the shape of old when columns have changed', async () => {
    const read = () => connection.query('select people from ward where name = $1', ['Weirside']);
    expect((await read()).rows).toEqual([{ people: 2 }]);
    await connection.query('alter table ward alter people type text');
    await expect(read()).rejects.toMatchObject({ code: '0A000' });
    const other = await pool.connect();
    try {
      expect((await other.query('select people from ward where name = $1', ['Weirside'])).rows).toEqual([{ people: '2' }]);
    } finally {
      other.release();
    }
  });
});
