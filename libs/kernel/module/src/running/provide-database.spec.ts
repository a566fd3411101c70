import { provideDatabase } from './provide-database';

const provided = (settings: NodeJS.ProcessEnv) => provideDatabase({ settings, dataFolder: '/nowhere', isDevelopment: false, say: () => undefined });

describe('the address of the database', () => {
  it.each([['DATABASE_URL', 'notaurl'], ['DATABASE_URL', 'mysql://app:not-a-secret@localhost/council'], ['DATABASE_WORK_URL', 'localhost:5432']])('is refused by its shape, without saying what was written: %s=%s', async (name, value) => {
    await expect(provided({ DATABASE_URL: 'postgres://localhost/council', [name]: value })).rejects.toThrow(new Error(`${name} is not the address of a PostgreSQL. Write it like this: postgres://login:password@host/database`));
  });
  it.each(['postgres://app:x@localhost/council', 'postgresql:///council?host=/var/run/postgresql', 'socket:/var/run/postgresql?db=council', '/var/run/postgresql council'])('is taken as %s', async (url) => {
    expect((await provided({ DATABASE_URL: url })).migrateUrl).toBe(url);
  });
});
