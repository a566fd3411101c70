import { CannotDo, chosen, given, type Command, type World } from './command';

const world: World = { folder: '/nowhere', now: new Date('2026-11-30T12:00:00Z'), env: {}, say: () => undefined, confirm: () => Promise.resolve(undefined) };
const USAGE = 'Usage: guildhall greet [--loudly]\n';
const greet: Command = { summary: 'greets', usage: USAGE, run: (argv) => Promise.resolve({ code: 0, out: given(argv, { loudly: { type: 'boolean' } }, USAGE).values.loudly ? 'HELLO' : 'hello' }) };
const broken: Command = { summary: 'fails', usage: USAGE, run: () => Promise.reject(new CannotDo('There is no package.json here.')) };
const run = (...argv: readonly string[]) => chosen(argv, { greet, broken }, world);

describe('guildhall', () => {
  it('runs what is named', async () => { expect(await run('greet', '--loudly')).toEqual({ code: 0, out: 'HELLO' }); });
  it('says how it is used, as a whole and of each command', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('greet') as string });
    expect(await run('greet', '--help')).toEqual({ code: 0, out: USAGE });
  });
  it('says what is wrong, and that it has done nothing', async () => {
    expect(await run('salute')).toMatchObject({ code: 2, err: expect.stringContaining('There is no command “salute”.') as string });
    expect(await run('toString')).toMatchObject({ code: 2 });
    expect(await run('greet', '--quietly')).toMatchObject({ code: 2, err: expect.stringContaining('--quietly') as string });
    expect(await run('broken')).toEqual({ code: 2, out: '', err: 'There is no package.json here.\n' });
  });
});
