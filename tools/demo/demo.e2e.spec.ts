import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, openBrowser, openPage } from '../../libs/kernel/module/src/testing/browser';
import { appPort } from '../testing/app-port';

const DEMO = path.join(__dirname, 'demo.mjs');
const MINUTES = 60_000;

let folder: string;
let port: number;
let demo: { readonly process: ChildProcess; readonly output: () => string };
let browser: Browser;
/** Where the council and the county are. */
const riverbourne = (): string => `http://localhost:${port}`;
const county = (): string => `http://aldermoor-county.localhost:${port + 20}`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-demo-'));
  port = await appPort();
  browser = await openBrowser();
  demo = await start();
}, 5 * MINUTES);
afterAll(async () => {
  await browser.close();
  await stop();
  const { status, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../workspace/reset.mjs'), '--data', folder], { encoding: 'utf8' });
  expect({ status, stderr, isForgotten: !existsSync(folder) }).toEqual({ status: 0, stderr: '', isForgotten: true });
}, MINUTES);

/** Starts it as somebody would, and returns when it says what to try. */
async function start(): Promise<typeof demo> {
  const child = spawn(process.execPath, [DEMO, '--port', String(port), '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
  let output = '';
  const said = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl-C stops')) resolve();
    });
    child.once('exit', () => reject(new Error(`It ended:\n${output}`)));
  });
  await said;
  return { process: child, output: () => output };
}

/** Ctrl-C. */
async function stop(): Promise<number | null> {
  if (demo.process.exitCode !== null) return demo.process.exitCode;
  const ended = once(demo.process, 'exit');
  demo.process.kill('SIGINT');
  await ended;
  return demo.process.exitCode;
}

function ask(what: string): { readonly status: number | null; readonly words: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DEMO, '--data', folder, 'ask', what], { encoding: 'utf8' });
  return { status, words: `${stdout}${stderr}`.trim() };
}

/** Somebody who signs in by the practice sign-in on the way to a page. */
async function opensAs(name: string, address: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(address);
  await page.locator('form[action*="sign-in/with/"] button').click();
  await page.getByRole('button', { name }).click();
  await page.waitForURL(address);
  return page;
}

/** The newest line of a trail. */
const newestLine = async (page: Page): Promise<string> => (await page.locator('.moj-timeline__item').first().innerText()).replace(/\s+/g, ' ');

describe('three bodies on one machine', () => {
  it('a resident allows, one council asks the other, both show it, and it is stopped in two presses', async () => {
    expect(ask('county').words).toContain('Nothing was told. The resident has not said yes');
    const tom = await opensAs('Tom Bell', `${riverbourne()}/account/information`);
    await tom.getByRole('link', { name: /Concessions for garden waste/ }).first().click();
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    expect(ask('county').words).toBe('address.current: 52 High Street, Riverbourne, ZZ99 1AE, as at 2026-11-01, from council-tax-register.\ncouncil-tax-reduction.receives: yes, as at 2026-11-01, from council-tax-register.');

    await tom.goto(`${riverbourne()}/account/information`);
    await expectAccessible(tom);
    expect(await newestLine(tom)).toMatch(/^Riverbourne Borough Council asked Aldermoor County Council.*To decide what you pay for garden waste.*Told ✓ Proved on both sides/);
    const tomAtCounty = await opensAs('Tom Bell', `${county()}/account/information`);
    await expectAccessible(tomAtCounty);
    expect(await newestLine(tomAtCounty)).toMatch(/^Riverbourne Borough Council asked Aldermoor County Council.*To decide what you pay for garden waste/);

    // The first press, and the second.
    await tom.getByRole('link', { name: 'Stop this' }).first().click();
    await tom.getByRole('button', { name: 'Stop' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor();
    expect(ask('county').words).toContain('Nothing was told. The resident has said no');
    await Promise.all([tom, tomAtCounty].map((page) => page.context().close()));
  }, 3 * MINUTES);

  it('a resident who buys something is asked whether the county may be asked, and uses what it tells', async () => {
    const mair = await opensAs('Mair Evans', `${riverbourne()}/account`);
    await mair.goto(`${riverbourne()}/services/garden-waste?lang=en`);
    await mair.getByRole('button', { name: /^Start now/ }).or(mair.getByRole('link', { name: /^Start now/ })).first().click();
    await mair.getByRole('button', { name: 'Get it from Aldermoor County Council' }).click();
    await mair.getByText('9 Chantry Road').waitFor();
    await expectAccessible(mair);
    expect(await mair.locator('main').innerText()).toContain('From Aldermoor County Council');
    await mair.getByRole('button', { name: 'Use this' }).click();
    await mair.waitForURL((url) => !url.pathname.endsWith('/address'));
    await mair.context().close();
  }, 3 * MINUTES);

  it('the care trust answers from its own database, for whoever says yes', async () => {
    expect(ask('care').words).toContain('The resident has not said yes');
    const tom = await opensAs('Tom Bell', `${riverbourne()}/account/information/agreements/assisted-collection`);
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    expect(ask('care').words).toBe('care.receives: yes, as at 2026-11-01, from care-case-system.');
    await tom.context().close();
  }, 3 * MINUTES);

  it('one change of address reaches the county, and the resident sees that it has', async () => {
    const tom = await opensAs('Tom Bell', `${riverbourne()}/account/information/agreements/change-of-address`);
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    await tom.goto(`${riverbourne()}/account/information/tell-once`);
    await tom.getByLabel('Address line 1').fill('3 Chantry Road');
    await tom.getByLabel('Town or city').fill('Riverbourne');
    await tom.getByLabel('Postcode').fill('ZZ99 1AD');
    await tom.getByRole('button', { name: 'Continue' }).click();
    await tom.getByRole('button', { name: 'Tell them' }).click();
    const county = tom.locator('.govuk-summary-list__row').filter({ hasText: 'Aldermoor County Council' });
    // It is brought at once, and again and again until the county has it.
    while (!/Told, not confirmed yet|Confirmed/.test(await county.innerText())) {
      await tom.waitForTimeout(500);
      await tom.reload();
    }
    await tom.context().close();
  }, 3 * MINUTES);

  it('an officer looks at what the care trust holds, for a reason that the resident reads', async () => {
    const look = /\/desk\/looking\/people\/[0-9a-f-]{36}/.exec(demo.output())?.[0] ?? '';
    const helen = await opensAs('Helen Shaw', `${riverbourne()}${look}`);
    await helen.getByRole('link', { name: /Aldermoor Care Trust/ }).click();
    await helen.getByLabel('Gets care at home').check();
    await helen.getByLabel('Why do you need to see it now?').fill('Deciding whether bins are fetched from the door');
    await helen.getByRole('button', { name: 'Look' }).click();
    await helen.getByText('You see this once').waitFor();
    expect(await helen.locator('.govuk-summary-list__value').first().innerText()).toContain('Yes');
    await helen.context().close();
    const tom = await opensAs('Tom Bell', `${riverbourne()}/account/information`);
    expect(await newestLine(tom)).toContain('Deciding whether bins are fetched from the door');
    await tom.context().close();
  }, 3 * MINUTES);

  it('an officer reads the one point on which the care trust holds something else to be right', async () => {
    const draft = /\/desk\/sharing\/drafts\/[0-9a-f-]{36}/.exec(demo.output())?.[0] ?? '';
    const helen = await opensAs('Helen Shaw', `${riverbourne()}${draft}`);
    await expectAccessible(helen);
    const words = (await helen.locator('main').innerText()).replace(/\s+/g, ' ');
    expect(words.match(/Nobody keeps for more than three months what we tell\. This agreement keeps what is told for 1 year\./g)).toHaveLength(1);
    await helen.context().close();
  }, 3 * MINUTES);

  it('stops with Ctrl-C, leaves nothing running, and goes on where it was', async () => {
    expect(await stop()).toBe(0);
    for (const one of [port, port + 20, port + 40]) await once(createServer().listen(one, '127.0.0.1').once('listening', function free(this: ReturnType<typeof createServer>) { this.close(); }), 'close');
    expect(ask('county')).toEqual({ status: 1, words: 'Riverbourne does not answer. Start the demonstration first, with npm run demo:sharing.' });
    demo = await start();
    expect(demo.output()).not.toContain('Signing');
    expect(ask('county').words).toContain('The resident has said no');
    expect(ask('care').words).toContain('care.receives: yes');
  }, 5 * MINUTES);
});
