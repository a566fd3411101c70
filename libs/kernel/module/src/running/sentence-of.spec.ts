import { sentenceOf } from './sentence-of';

const failed = (code: string, message: string) => Object.assign(new Error(message), { code });

describe('what went wrong at the start', () => {
  it.each([['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'], ['ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere.example'], ['28P01', 'password authentication failed for user "app"'], ['3D000', 'database "council" does not exist']])('is that the database cannot be reached (%s), with what it said and the setting to look at', (code, message) => {
    expect(sentenceOf(failed(code, message))).toBe(`The database cannot be reached: ${message}. See that PostgreSQL runs and that DATABASE_URL names it: postgres://login:password@host/database`);
  });
  it('is told by its code where Node says nothing more, as of a host with two addresses', () => {
    expect(sentenceOf(failed('ECONNREFUSED', ''))).toContain('The database cannot be reached: ECONNREFUSED.');
  });
  it('is that the database cannot be reached where its Unix socket is not there, and not where any other file is missing', () => {
    expect(sentenceOf(Object.assign(failed('ENOENT', 'connect ENOENT /run/postgresql/.s.PGSQL.5432'), { syscall: 'connect' }))).toContain('The database cannot be reached: connect ENOENT');
    expect(sentenceOf(Object.assign(failed('ENOENT', 'no such file council.config.js'), { syscall: 'open' }))).toBe('no such file council.config.js');
  });
  it('is otherwise what the error says', () => {
    expect(sentenceOf(new Error('Run "migrate" first.'))).toBe('Run "migrate" first.');
  });
});
