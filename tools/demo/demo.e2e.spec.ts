import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { expectAccessible, openBrowser } from '../../libs/kernel/module/src/testing/browser';
import { appPort } from '../testing/app-port';
import { part4Agreements } from './part-4-agreements';
import { Demonstration, newestLine, opensAs } from './visitors';

const MINUTES = 60_000;
jest.setTimeout(3 * MINUTES);

let demo: Demonstration;
let browser: Browser;

beforeAll(async () => {
  demo = new Demonstration(await mkdtemp(path.join(os.tmpdir(), 'guildhall-demo-')), await appPort());
  browser = await openBrowser();
  await demo.start();
}, 5 * MINUTES);
afterAll(async () => {
  await browser.close();
  await demo.stop();
  const { status, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../workspace/reset.mjs'), '--data', demo.folder], { encoding: 'utf8' });
  expect({ status, stderr, isForgotten: !existsSync(demo.folder) }).toEqual({ status: 0, stderr: '', isForgotten: true });
}, MINUTES);

describe('part 1: garden waste, asked once', () => {
  it('a resident who buys something is asked whether the county may be asked, and uses what it tells', async () => {
    const mair = await opensAs(browser, 'Mair Evans', `${demo.riverbourne}/account`);
    await mair.goto(`${demo.riverbourne}/services/garden-waste?lang=en`);
    await mair.getByRole('button', { name: /^Start now/ }).or(mair.getByRole('link', { name: /^Start now/ })).first().click();
    await mair.getByRole('button', { name: 'Get it from Aldermoor County Council' }).click();
    await mair.getByText('9 Chantry Road').waitFor();
    await expectAccessible(mair);
    expect(await mair.locator('main').innerText()).toContain('From Aldermoor County Council');
    await mair.getByRole('button', { name: 'Use this' }).click();
    await mair.waitForURL((url) => !url.pathname.endsWith('/address'));
    await mair.context().close();
  });
});

describe('part 2: your information', () => {
  it('a resident allows, one council asks the other, both show it, and it is stopped in two presses', async () => {
    expect(demo.ask('county').words).toContain('Nothing was told. The resident has not said yes');
    const tom = await opensAs(browser, 'Tom Bell', `${demo.riverbourne}/account/information`);
    await tom.getByRole('link', { name: /Concessions for garden waste/ }).first().click();
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    expect(demo.ask('county').words).toBe('address.current: 52 High Street, Riverbourne, ZZ99 1AE, as at 2026-11-01, from council-tax-register.\ncouncil-tax-reduction.receives: yes, as at 2026-11-01, from council-tax-register.');

    await tom.goto(`${demo.riverbourne}/account/information`);
    await expectAccessible(tom);
    expect(await newestLine(tom)).toMatch(/^Riverbourne Borough Council asked Aldermoor County Council.*To decide what you pay for garden waste.*Told ✓ Proved on both sides/);
    const tomAtCounty = await opensAs(browser, 'Tom Bell', `${demo.county}/account/information`);
    await expectAccessible(tomAtCounty);
    expect(await newestLine(tomAtCounty)).toMatch(/^Riverbourne Borough Council asked Aldermoor County Council.*To decide what you pay for garden waste/);

    // The first press, and the second.
    await tom.getByRole('link', { name: 'Stop this' }).first().click();
    await tom.getByRole('button', { name: 'Stop' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor();
    expect(demo.ask('county').words).toContain('Nothing was told. The resident has said no');
    await Promise.all([tom, tomAtCounty].map((page) => page.context().close()));
  });

  it('the care trust answers from its own database, for whoever says yes', async () => {
    expect(demo.ask('care').words).toContain('The resident has not said yes');
    const tom = await opensAs(browser, 'Tom Bell', `${demo.riverbourne}/account/information/agreements/assisted-collection`);
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    expect(demo.ask('care').words).toBe('care.receives: yes, as at 2026-11-01, from care-case-system.');
    await tom.context().close();
  });
});

describe('part 3: tell us once', () => {
  it('one change of address reaches the county, and the resident sees that it has', async () => {
    const tom = await opensAs(browser, 'Tom Bell', `${demo.riverbourne}/account/information/agreements/change-of-address`);
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    await tom.goto(`${demo.riverbourne}/account/information/tell-once`);
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
  });
});

describe('part 4: agreements', () => part4Agreements(() => demo, () => browser));

describe('part 5: an officer looks', () => {
  it('an officer looks at what the care trust holds, for a reason that the resident reads', async () => {
    const helen = await opensAs(browser, 'Helen Shaw', `${demo.riverbourne}${demo.said(/\/desk\/looking\/people\/[0-9a-f-]{36}/)}`);
    await helen.getByRole('link', { name: /Aldermoor Care Trust/ }).click();
    await helen.getByLabel('Gets care at home').check();
    await helen.getByLabel('Why do you need to see it now?').fill('Deciding whether bins are fetched from the door');
    await helen.getByRole('button', { name: 'Look' }).click();
    await helen.getByText('You see this once').waitFor();
    expect(await helen.locator('.govuk-summary-list__value').first().innerText()).toContain('Yes');
    await helen.context().close();
    const tom = await opensAs(browser, 'Tom Bell', `${demo.riverbourne}/account/information`);
    expect(await newestLine(tom)).toContain('Deciding whether bins are fetched from the door');
    await tom.context().close();
  });
});

describe('the demonstration', () => {
  it('stops with Ctrl-C, leaves nothing running, and goes on where it was', async () => {
    expect(await demo.stop()).toBe(0);
    for (const one of [demo.port, demo.port + 20, demo.port + 40]) await once(createServer().listen(one, '127.0.0.1').once('listening', function free(this: ReturnType<typeof createServer>) { this.close(); }), 'close');
    expect(demo.ask('county')).toEqual({ status: 1, words: 'Riverbourne does not answer. Start the demonstration first, with npm run demo:sharing.' });
    await demo.start();
    expect(demo.output).not.toContain('Signing');
    expect(demo.ask('county').words).toContain('The resident has said no');
    expect(demo.ask('care').words).toContain('care.receives: yes');
  }, 5 * MINUTES);
});
