import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { forgetEmbeddedDatabase } from '../../libs/kernel/embedded-database/src/index';
import { openBrowser, openPage } from '../../libs/kernel/module/src/testing/browser';
import { publishedPackages } from '../reports/packages.mjs';
import { npmrc, startRegistry } from './registry.mjs';
import { BRACKENFIELD, OTHER_PAYMENTS, swapPaymentProvider, writeThirdCouncil } from './third-council.mjs';
import { appPort } from '../testing/app-port';

const root = path.join(__dirname, '../..');
const TEN_MINUTES = 600_000;
let folder: string;
let council: string;
let browser: Browser;
let app: { origin: string; stop(): Promise<void> } | undefined;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-publishing-'));
  council = path.join(folder, 'brackenfield');
  browser = await openBrowser();
  run('node', [path.join(root, 'node_modules/typescript/bin/tsc'), '-b'], root);
}, TEN_MINUTES);
afterAll(async () => {
  await app?.stop();
  await browser.close();
  await forgetEmbeddedDatabase(path.join(council, '.guildhall/postgres'));
  rmSync(folder, { recursive: true, force: true });
});

describe('a third council, from published packages alone', () => {
  it('is made by the published create-guildhall, and installed from a registry to which every package was published', async () => {
    const registry = await startRegistry(path.join(folder, 'registry'));
    try {
      writeFileSync(path.join(folder, 'npmrc'), npmrc(registry.url));
      const published = run('npm', ['publish', '--workspaces', '--registry', registry.url, '--userconfig', path.join(folder, 'npmrc'), '--loglevel=error'], root);
      expect(published.split('\n').filter((line) => line.startsWith('+ ')).sort()).toEqual(publishedPackages().map(({ manifest }) => `+ ${manifest.name}@${manifest.version}`).sort());
      writeThirdCouncil(council, registry.url, run);
      // What this machine has fetched before need not come again.
      run('npm', ['install', OTHER_PAYMENTS, '--prefer-offline', '--loglevel=error'], council);
    } finally {
      await registry.stop();
    }
    const locked = Object.entries((JSON.parse(readFileSync(path.join(council, 'package-lock.json'), 'utf8')) as { packages: Record<string, { link?: boolean }> }).packages);
    expect(locked.filter(([at, { link }]) => at.startsWith('node_modules/@guildhall/') && !link).length).toBeGreaterThan(15);
  }, TEN_MINUTES);

  it('passes the test that came with it', () => { expect(run('npm', ['test'], council)).toMatch(/^(#|ℹ) pass 1$/m); }, TEN_MINUTES);

  it('compiles against the published types, and serves its own name in its own look', async () => {
    compile();
    app = await start();
    const page = await openPage(browser);
    await page.goto(app.origin);
    expect(await page.title()).toContain(BRACKENFIELD.name);
    await page.context().close();
  }, TEN_MINUTES);

  it('takes a whole order: sign in, answers, its own fee, payment on the hosted page, reference and receipt', async () => {
    const page = await openPage(browser, { hasJavaScript: false });
    await orderGardenWaste(page, 'wren@resident.example');
    expect(page.url()).not.toContain(origin());
    await page.getByLabel('Card number').fill('4444 3333 2222 1111');
    await payBy(page, { month: '#expiryMonth', year: '#expiryYear', holder: 'Name on card', code: 'Card security code' });
    await expectReceipt(page);
  }, TEN_MINUTES);

  it('takes the next order by another payment provider, for which its name was changed where it is imported and where it is used', async () => {
    await app?.stop();
    const before = configuration();
    swapPaymentProvider(council);
    expect(configuration().filter((line) => !before.includes(line))).toHaveLength(2);
    compile();
    app = await start();
    const page = await openPage(browser, { hasJavaScript: false });
    await orderGardenWaste(page, 'robin@resident.example');
    await page.waitForLoadState();
    expect(await page.title()).toContain('Sandbox checkout');
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await payBy(page, { month: '#month', year: '#year', holder: 'Name on card', code: 'Security code' });
    await expectReceipt(page);
  }, TEN_MINUTES);
});

/** From the service's first page to the payment page. */
async function orderGardenWaste(page: Page, email: string): Promise<void> {
  const next = (name = 'Continue') => page.getByRole('button', { name }).first().click();
  await page.goto(`${origin()}/services/garden-waste`);
  await next('Start now');
  await page.getByLabel('Email address or mobile number').fill(email);
  await next('Send me a code');
  await page.getByLabel('Code').fill(await codeSentTo(email));
  await next();
  await page.getByLabel('Full name').fill('Wren Holloway');
  await page.getByLabel('English').check();
  await next();
  await page.getByLabel('Postcode').first().fill('ZZ99 1AA');
  await next('Find');
  await page.getByLabel('3 High Street, Riverbourne, ZZ99 1AA', { exact: true }).check();
  await next();
  await page.getByLabel('How many bins do you want?').fill('1');
  await next();
  await page.getByLabel('No', { exact: true }).check();
  await next();
  await page.getByLabel('I agree').check();
  await next('Pay £60.00');
}

async function payBy(page: Page, at: { month: string; year: string; holder: string; code: string }): Promise<void> {
  await page.locator(at.month).fill('10');
  await page.locator(at.year).fill('30');
  await page.getByLabel(at.holder).fill('Wren Holloway');
  await page.getByLabel(at.code).fill('123');
  await page.getByRole('button', { name: 'Pay £60.00' }).click();
}

async function expectReceipt(page: Page): Promise<void> {
  await page.waitForURL(`${origin()}/**`);
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/BR-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  expect(text).toContain('You paid £60.00');
  await page.getByRole('link', { name: 'receipt' }).click();
  expect(await page.locator('main').innerText()).toContain('£60.00');
}

/** The code in the newest message, once the worker has sent it. */
async function codeSentTo(email: string): Promise<string> {
  const page = await openPage(browser, { hasJavaScript: false });
  for (let attempt = 0; attempt < 100; attempt++) {
    await page.goto(`${origin()}/outbox`);
    await page.locator('#to').fill(email);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    const code = /(\d{6}) is your sign-in code/.exec(await page.locator('main').innerText())?.[1];
    if (code) {
      await page.context().close();
      return code;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`No code was sent to ${email}.`);
}

function compile(): void { run('node', [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', council], council); }
function configuration(): string[] { return readFileSync(path.join(council, 'src/council.config.ts'), 'utf8').split('\n'); }
function origin(): string { return app?.origin ?? ''; }

function run(program: string, args: string[], cwd: string): string {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: outside() });
  if (ran.status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

/** The environment of somebody who has never seen this repository. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_|NODE_OPTIONS|NODE_ENV|INIT_CWD|DATABASE_|JEST_)/.test(name)));
}

async function start(): Promise<{ origin: string; stop(): Promise<void> }> {
  const port = await appPort();
  const server: ChildProcess = spawn('node', ['dist/main.js', '--port', String(port)], { cwd: council, env: outside(), stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (bytes: Buffer) => output.push(bytes));
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) break;
    if (await fetch(`http://localhost:${port}/health/ready`).then(({ ok }) => ok, () => false)) return { origin: `http://localhost:${port}`, stop };
    await new Promise((passed) => setTimeout(passed, 100));
  }
  await stop();
  throw new Error(`The app does not serve:\n${Buffer.concat(output).toString()}`);
}
