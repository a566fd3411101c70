import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { definePort, defineProvider, type Companion, type ConnectionCheck, type Outbound } from '@guildhall/kernel-contract';
import { Client } from 'pg';
import { defineModule } from '../assembling/define-module';
import { KeptLog, testCouncilDefinition } from '../testing';
import { schemaParts } from '../guildhall.module';
import { installCouncils } from '../assembling/installed-council';
import { migrate } from '../data/migrate';
import { FAILED_QUEUE, WORK_QUEUE } from '../working/worker';
import { runCouncil } from './run-council';
import type { Report } from './doctor';

/** Asks its far end whether it is there. */
class Bell {
  constructor(private readonly outbound: Outbound, private readonly origin: string | undefined) {}
  async check(): Promise<ConnectionCheck> {
    if (!this.origin) return { ok: false, message: 'The bell’s far end is not running.' };
    return { ok: (await this.outbound.fetch(this.origin)).status === 200, message: 'The bell answers.' };
  }
}
const BELL = definePort<Bell>('ringing.bell', '1.0.0');
const companion: Companion = { id: 'bell', title: 'A bell', start: () => Promise.reject(new Error('The doctor starts nothing.')) };
const bell = defineProvider<Bell>({ port: BELL, id: 'ringing.sandbox-bell', isSandbox: true, companion, create: ({ outbound, companionOrigin }) => new Bell(outbound, companionOrigin), check: (one) => one.check() });
class RingingModule {}
const ringing = defineModule<{ providers: readonly (typeof bell)[] }>({ id: 'ringing', version: '0.1.0', packageFolder: __dirname, nest: RingingModule });
const riverbourne = testCouncilDefinition('riverbourne', 1, [ringing({ providers: [bell] })]);

describe('the doctor', () => {
  const PORT = 14_000 + Math.floor(Math.random() * 800);
  const before = { ...process.env };
  let database: TestDatabase;
  let dataFolder: string;
  let farEnd: Server | undefined;
  const shut = async (): Promise<void> => {
    farEnd?.closeAllConnections();
    if (farEnd) await new Promise((resolve) => farEnd?.close(resolve));
    farEnd = undefined;
  };
  const ring = (): Promise<void> => new Promise((resolve, reject) => {
    farEnd = createServer((_request, response) => response.end('ding')).once('error', reject).listen(PORT + 100, '127.0.0.1', resolve);
  });
  const sees = async (...more: string[]): Promise<{ readonly said: string; readonly exitCode: typeof process.exitCode }> => {
    const said: string[] = [];
    const saying = [jest.spyOn(console, 'log'), jest.spyOn(console, 'error')].map((spy) => spy.mockImplementation((line: string) => void said.push(line)));
    process.exitCode = undefined;
    try {
      await runCouncil(riverbourne, ['doctor', '--port', String(PORT), '--data', dataFolder, ...more]);
      return { said: said.join('\n'), exitCode: process.exitCode };
    } finally {
      process.exitCode = undefined;
      for (const spy of saying) spy.mockRestore();
    }
  };
  const ask = async (text: string): Promise<void> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  beforeAll(async () => {
    database = await startTestDatabase();
    dataFolder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'doctor-'));
    Object.assign(process.env, { DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent' });
  });
  afterEach(shut);
  afterAll(async () => {
    for (const name of ['DATABASE_URL', 'LOG_LEVEL']) if (before[name] === undefined) delete process.env[name]; else process.env[name] = before[name];
    await database.drop();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('says which migrations are lacking and what to do', async () => {
    const { said, exitCode } = await sees();
    expect(said).toMatch(/^MEND {2}The database lacks kernel 001-kernel\. Run "migrate"\./m);
    expect(exitCode).toBe(1);
    const councils = installCouncils([riverbourne], {}, { port: PORT, isDevelopment: true });
    await migrate({ migrateUrl: database.url, appUrl: database.appUrl, parts: schemaParts(councils), log: new KeptLog(), queues: [FAILED_QUEUE, WORK_QUEUE] });
  });

  it('finds nothing to mend where all is well, the practice far ends of the running server too', async () => {
    await ring();
    const { said, exitCode } = await sees('--json');
    const { lines, councils } = JSON.parse(said) as Report;
    expect(lines.map(({ ok, subject }) => `${subject} ${ok}`)).toEqual(['migrations true', 'database true', 'data folder true', 'riverbourne ringing.sandbox-bell true', 'work true']);
    expect(councils).toEqual([{ slug: 'riverbourne', languages: ['en', 'cy'], nation: 'england', contracts: {}, modules: [{ id: 'ringing', version: '0.1.0', kind: 'module' }] }]);
    expect(exitCode).toBe(0);
  });

  it('says of a provider that it does not answer', async () => {
    const { said, exitCode } = await sees();
    expect(said).toMatch(/^MEND {2}riverbourne ringing\.sandbox-bell: .*did not answer/m);
    expect(exitCode).toBe(1);
  });

  it('says that no file can be taken where the data folder cannot be written', async () => {
    await ring();
    await rm(join(dataFolder, 'uploads'), { recursive: true, force: true });
    await writeFile(join(dataFolder, 'uploads'), 'a file stands where the folder belongs');
    const { said, exitCode } = await sees();
    await rm(join(dataFolder, 'uploads'));
    expect(said).toMatch(/^MEND {2}The data folder cannot be written, .*GUILDHALL_DATA/m);
    expect(exitCode).toBe(1);
  });

  it('says which sandboxes production would not start with', async () => {
    Object.assign(process.env, { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://riverbourne.example' });
    const { said, exitCode } = await sees();
    delete process.env['PUBLIC_ORIGIN'];
    process.env['NODE_ENV'] = before['NODE_ENV'];
    expect(said).toMatch(/^MEND {2}This is production \(NODE_ENV\), and nothing of a sandbox is real:\n.*riverbourne: ringing\.sandbox-bell is a sandbox\. .*acceptedSandboxes/m);
    expect(exitCode).toBe(1);
  });

  it('says that production would lose what it promised to keep where the server does not wait for the disk', async () => {
    const seen = await sees();
    expect(seen.said).not.toMatch(/fsync/);
    Object.assign(process.env, { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://riverbourne.example' });
    const { said, exitCode } = await sees();
    delete process.env['PUBLIC_ORIGIN'];
    process.env['NODE_ENV'] = before['NODE_ENV'];
    expect(said).toMatch(/^MEND {2}The database server runs with fsync = off and full_page_writes = off: a power cut may take/m);
    expect(exitCode).toBe(1);
  });

  it('counts work that failed for good, and says how to run it again; the command does', async () => {
    await ring();
    await ask(`insert into queue.job (name, data) select 'work-failed', '{"council": "01990000-0000-7000-8000-000000000001", "kind": "do:ringing.ring", "data": {"data": {}, "correlationId": "c", "language": "en"}}' from generate_series(1, 2)`);
    const { said, exitCode } = await sees();
    expect(said).toMatch(/^MEND {2}2 pieces of work failed for good: do:ringing\.ring \(2\)\. .*node main\.js retry$/m);
    expect(exitCode).toBe(1);
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await runCouncil(riverbourne, ['retry', '--data', dataFolder]);
    expect(log.mock.calls).toEqual([['2 pieces of work will be done again.']]);
    log.mockRestore();
    expect((await sees()).exitCode).toBe(0);
  });
});
