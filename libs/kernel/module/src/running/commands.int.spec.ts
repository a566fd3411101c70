import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { register } from '@guildhall/kernel-contract';
import { BEFORE_WORK } from '../assembling/before-work';
import { defineModule } from '../assembling/define-module';
import { installCouncils } from '../assembling/installed-council';
import { migrate } from '../data/migrate';
import { schemaParts } from '../guildhall.module';
import { KeptLog, testCouncilDefinition } from '../testing';
import { FAILED_QUEUE, WORK_QUEUE } from '../working/worker';
import { COMMAND, type ModuleCommand } from './commands';
import { runCouncils } from './run-council';

const happened: string[] = [];
const ring: ModuleCommand = {
  name: 'ring', takes: 'HOW OFTEN', does: 'ring the bell', flags: { loudly: { does: 'so that all hear it' }, for: { takes: 'WHOM', does: 'who is rung for' } },
  run: (_app, ctx, { words, flags }) => {
    if (words[0] === 'never') throw new Error('The bell rings, or it does not.');
    return Promise.resolve([ctx.council.slug, ctx.actor.kind, ...happened, ...words, flags['loudly'] ? 'loudly' : '', flags['for'] ?? ''].join(' '));
  },
};
class RingingModule {}
class SilentModule {}
const ringing = defineModule({ id: 'ringing', version: '0.1.0', packageFolder: __dirname, nest: RingingModule, registers: [register(COMMAND, ring), register(BEFORE_WORK, { ready: () => Promise.resolve().then(() => void happened.push('made-ready')) })] });
const silent = defineModule({ id: 'silent', version: '0.1.0', packageFolder: __dirname, nest: SilentModule });
const councils = [testCouncilDefinition('riverbourne', 1, [ringing()]), testCouncilDefinition('glanafon', 2, [silent()])];

describe('a command that a module brings', () => {
  const before = { ...process.env };
  let database: TestDatabase;
  let dataFolder: string;
  beforeAll(async () => {
    database = await startTestDatabase();
    dataFolder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'commands-'));
    Object.assign(process.env, { DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent' });
    await migrate({ migrateUrl: database.url, appUrl: database.appUrl, parts: schemaParts(installCouncils(councils, {}, { port: 4000, isDevelopment: true })), log: new KeptLog(), queues: [FAILED_QUEUE, WORK_QUEUE] });
  });
  beforeEach(() => {
    happened.length = 0;
    // Whoever is refused is gone two seconds later: not this process.
    const real = globalThis.setTimeout;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((does: () => void, ms?: number) => (String(does).includes('process.exit') ? { unref: () => undefined } : real(does, ms))) as never);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });
  afterAll(async () => {
    for (const name of ['DATABASE_URL', 'LOG_LEVEL']) if (before[name] === undefined) delete process.env[name]; else process.env[name] = before[name];
    await database.drop();
    await rm(dataFolder, { recursive: true, force: true });
  });
  const says = async (...argv: string[]): Promise<readonly [string, typeof process.exitCode]> => {
    const said: string[] = [];
    for (const spy of [jest.spyOn(console, 'log'), jest.spyOn(console, 'error')]) spy.mockImplementation((line: string) => void said.push(line.trim()));
    await runCouncils(councils, [...argv, '--data', dataFolder]);
    return [said.join('\n'), process.exitCode];
  };

  it('on a database without migrations says so in one sentence, and nothing before it', async () => {
    const empty = await startTestDatabase();
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      process.env['DATABASE_URL'] = empty.appUrl;
      expect(await says('ring', 'once', '--council', 'riverbourne')).toEqual([expect.stringMatching(/^The database lacks \d+ migrations? \(kernel 001-kernel[^\n]*\)\. Run "migrate" first\.$/), 1]);
      expect(written.mock.calls).toEqual([]);
    } finally {
      process.env['DATABASE_URL'] = database.appUrl;
      await empty.drop();
    }
  });

  it('stands in the usage with its flags', async () => {
    const [usage] = await says('--help');
    expect(usage).toMatch(/\n {2}seed {7}put .*\n {2}ring HOW OFTEN {1,}ring the bell\n\n {2}--port/);
    expect(usage).toMatch(/\n {2}--for WHOM {6}ring: who is rung for$/);
  });
  it('is told its words and flags, for the council that is named, once all that the council has changed is in place', async () => {
    expect(await says('ring', 'three', 'times', '--loudly', '--for', 'Ann', '--council', 'riverbourne')).toEqual(['riverbourne system made-ready three times loudly Ann', undefined]);
  });
  it('is refused without a council where several run here, and at one that has not chosen its module', async () => {
    expect(await says('ring')).toEqual(['Of which council? --council is one of riverbourne, glanafon.', 1]);
    expect(await says('ring', '--council', 'glanafon')).toEqual(['glanafon has not chosen the module that brings the command ring.', 1]);
    expect(happened).toEqual([]);
  });
  it('that fails is said with its sentence, and flags that it does not have with the usage', async () => {
    expect(await says('ring', 'never', '--council', 'riverbourne')).toEqual(['The bell rings, or it does not.', 1]);
    expect(await says('ring', '--softly')).toEqual([expect.stringMatching(/^Unknown option '--softly'[^]*Usage: node main\.js/), 1]);
    expect(await says('toll')).toEqual([expect.stringMatching(/^Usage: node main\.js/), 1]);
  });
});
