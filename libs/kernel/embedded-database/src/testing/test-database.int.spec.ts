import { Client } from 'pg';
import { type TestTemplate, startDurableTestDatabase, startTestDatabase } from './index';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try { return (await client.query(text)).rows as unknown[]; } finally { await client.end(); }
}

describe('a test database', () => {
  it('belongs to one spec: two that run at once do not see each other', async () => {
    const [one, other] = await Promise.all([startTestDatabase(), startTestDatabase()]);
    try {
      await query(one.url, 'create table only_here (id int)');
      await expect(query(other.url, 'select * from only_here')).rejects.toThrow('does not exist');
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
    await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('is a copy of its template, which is prepared once however many ask at once', async () => {
    let prepared = 0;
    const template: TestTemplate = {
      key: 'a template of this spec',
      prepare: async ({ url }) => { prepared += 1; await query(url, 'create table kept (word text); insert into kept values (\'pothole\'); grant select on kept to guildhall_login'); },
    };
    const copies = await Promise.all([1, 2, 3].map(() => startTestDatabase({ template })));
    try {
      for (const copy of copies) expect(await query(copy.appUrl, 'select word from kept')).toEqual([{ word: 'pothole' }]);
      expect(prepared).toBe(1);
    } finally {
      await Promise.all(copies.map((copy) => copy.drop()));
    }
  });

  it('is prepared again when preparing failed', async () => {
    let attempts = 0;
    const template: TestTemplate = { key: 'a template that fails first', prepare: async () => { attempts += 1; if (attempts === 1) throw new Error('the first attempt fails'); } };
    await expect(startTestDatabase({ template })).rejects.toThrow('the first attempt fails');
    await (await startTestDatabase({ template })).drop();
    expect(attempts).toBe(2);
  });

  it('gives the application a login that is no superuser and cannot pass row-level security', async () => {
    const database = await startTestDatabase();
    try {
      expect(await query(database.appUrl, 'select current_user::text as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'))
        .toEqual([{ name: 'guildhall_login', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
      await expect(query(database.appUrl, 'create table mine (id int)')).rejects.toThrow('permission denied');
    } finally {
      await database.drop();
    }
  });

  it('has the extensions that council software needs', async () => {
    const database = await startTestDatabase();
    try {
      for (const extension of ['pg_trgm', 'pgcrypto', 'btree_gist', 'citext', 'unaccent', 'ltree']) await query(database.url, `create extension ${extension}`);
    } finally {
      await database.drop();
    }
  });
});

describe('a durable test database', () => {
  it('keeps what it acknowledged when it is killed, and comes back at the same address', async () => {
    const database = await startDurableTestDatabase();
    try {
      expect(await query(database.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
      await query(database.url, 'create table acknowledged (n int)');
      for (let n = 1; n <= 5; n++) await query(database.url, `insert into acknowledged values (${n})`);
      await database.kill();
      await expect(query(database.url, 'select 1')).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
      await database.startAgain();
      expect(await query(database.url, 'select sum(n)::int from acknowledged')).toEqual([{ sum: 15 }]);
    } finally {
      await database.drop();
    }
  });
});
