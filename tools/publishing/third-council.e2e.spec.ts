import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openPage } from '../../libs/kernel/module/src/testing/browser';
import { publishedPackages } from '../reports/packages.mjs';
import { walksEveryPackage } from './every-package';
import { next, orders } from './orders';
import { OutsideWorld, root, run, type Serving } from './outside-world';
import { npmrc } from './registry.mjs';
import { BRACKENFIELD, OTHER_PAYMENTS, swapPaymentProvider, writeThirdCouncil } from './third-council.mjs';

const TEN_MINUTES = 600_000;
let world: OutsideWorld;
let council: string;
let app: Serving | undefined;

beforeAll(async () => {
  world = await OutsideWorld.open();
  council = path.join(world.folder, 'brackenfield');
}, TEN_MINUTES);
afterAll(() => world?.close());

describe('a third council, from published packages alone', () => {
  it('is made by the published create-guildhall, and installed from a registry to which every package was published', () => {
    const { url } = world.registry;
    writeFileSync(path.join(world.folder, 'npmrc'), npmrc(url));
    const published = run('npm', ['publish', '--workspaces', '--registry', url, '--userconfig', path.join(world.folder, 'npmrc'), '--loglevel=error'], root);
    expect(published.split('\n').filter((line) => line.startsWith('+ ')).sort()).toEqual(publishedPackages().map(({ manifest }) => `+ ${manifest.name}@${manifest.version}`).sort());
    writeThirdCouncil(council, url, run);
    // What this machine has fetched before need not come again.
    run('npm', ['install', OTHER_PAYMENTS, '--prefer-offline', '--loglevel=error'], council);
    const locked = Object.entries((JSON.parse(readFileSync(path.join(council, 'package-lock.json'), 'utf8')) as { packages: Record<string, { link?: boolean }> }).packages);
    expect(locked.filter(([at, { link }]) => at.startsWith('node_modules/@guildhall/') && !link).length).toBeGreaterThan(15);
  }, TEN_MINUTES);

  it('passes the test that came with it', () => { expect(run('npm', ['test'], council)).toMatch(/^(#|ℹ) pass 1$/m); }, TEN_MINUTES);

  it('compiles against the published types, and serves its own name in its own look', async () => {
    world.compile(council);
    app = await world.start(council);
    const page = await openPage(world.browser);
    await page.goto(app.origin);
    expect(await page.title()).toContain(BRACKENFIELD.name);
    await page.context().close();
  }, TEN_MINUTES);

  it('takes a whole order: sign in, answers, its own fee, payment on the hosted page, reference and receipt', async () => {
    const page = await openPage(world.browser, { hasJavaScript: false });
    await ordersAs(page, 'wren@resident.example');
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
    world.compile(council);
    app = await world.start(council);
    const page = await openPage(world.browser, { hasJavaScript: false });
    await ordersAs(page, 'robin@resident.example');
    await page.waitForLoadState();
    expect(await page.title()).toContain('Sandbox checkout');
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await payBy(page, { month: '#month', year: '#year', holder: 'Name on card', code: 'Security code' });
    await expectReceipt(page);
    await app.stop();
  }, TEN_MINUTES);
});

walksEveryPackage(() => world, () => council);

/** From the service's first page to the payment page, as somebody who was never here. */
function ordersAs(page: Page, email: string): Promise<void> {
  return orders(page, origin(), {
    street: '3 High Street, Riverbourne, ZZ99 1AA', amount: '£60.00',
    signsIn: async () => {
      await page.getByLabel('Email address or mobile number').fill(email);
      await next(page, 'Send me a code');
      await page.getByLabel('Code').fill(await codeSentTo(email));
      await next(page);
      await page.getByLabel('Full name').fill('Wren Holloway');
      await page.getByLabel('English').check();
      await next(page);
    },
  });
}

async function payBy(page: Page, at: { month: string; year: string; holder: string; code: string }): Promise<void> {
  await page.locator(at.month).fill('10');
  await page.locator(at.year).fill('30');
  await page.getByLabel(at.holder).fill('Wren Holloway');
  await page.getByLabel(at.code).fill('123');
  await next(page, 'Pay £60.00');
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
  const page = await openPage(world.browser, { hasJavaScript: false });
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

function configuration(): string[] { return readFileSync(path.join(council, 'src/council.config.ts'), 'utf8').split('\n'); }
function origin(): string { return app?.origin ?? ''; }
