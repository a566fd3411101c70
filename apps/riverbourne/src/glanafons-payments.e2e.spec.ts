import { glanafonWithNeighboursPayments } from '@guildhall/app-glanafon';
import { glanafonJourneys, presses } from '@guildhall/app-glanafon/journeys';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { checkConnections } from '@guildhall/kernel';
import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { freePorts } from '../test/killed-process';
import { CARDS } from '../test/journeys';
import { riverbourne } from './council.config';

let riverbournesApp: TestApp;
let app: TestApp;
let browser: Browser;

// Two apps with a database each, which know nothing of one another but an address and a credential.
beforeAll(async () => {
  const port = await freePorts();
  riverbournesApp = await startTestApp({ councils: [riverbourne], withCompanions: true, settings: { GLANAFON_ORIGIN: `http://localhost:${port}` } });
  const { clientId, secret } = await riverbournesApp.get<IdentityApi>(IDENTITY.token).registerMachine(riverbournesApp.systemContext(), {
    clientId: 'glanafon', title: 'Glanafon Council', permissions: ['payments.view', 'payments.take', 'payments.refund'], expiresAt: new Date(Date.now() + 86_400_000),
  });
  const pages = riverbournesApp.companions.running.filter(({ companion }) => companion.id.startsWith('payments')).map(({ page }) => new URL(page).origin);
  app = await startTestApp({ councils: [glanafonWithNeighboursPayments], port, withCompanions: true, seed: true, settings: { PAYMENTS_ORIGIN: riverbournesApp.origin(), PAYMENTS_CREDENTIAL: `${clientId}.${secret}`, PAYMENTS_PAGES: pages.join(',') } });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await riverbournesApp?.close();
});

// Once, with JavaScript: what differs without is the same in every configuration.
glanafonJourneys(() => ({ app, browser }), async (page, holder, pay) => {
  const paysWith = async (card: string, window = page): Promise<void> => {
    for (const [field, typed] of [['cardNumber', card], ['expiryMonth', '12'], ['expiryYear', '40'], ['holder', holder], ['securityCode', '123']] as const) await window.locator(`#${field}`).fill(typed);
    await presses(window, pay);
  };
  // What comes to nothing there is said here, and the next try leads there again.
  const isTold = async (heading: string): Promise<void> => {
    expect(page.url().startsWith(app.origin())).toBe(true);
    expect(await page.locator('h1').innerText()).toBe(heading);
    await presses(page, 'Ceisio talu £30.00 eto');
  };
  await paysWith(CARDS.redirect.declined);
  await isTold('Cafodd eich taliad ei wrthod');
  await presses(page, 'Gadael i’r taliad hwn ddod i ben');
  await isTold('Daeth amser eich taliad i ben');
  await presses(page, 'Canslo’r taliad');
  await isTold('Rydych wedi canslo eich taliad');

  // The back button leads to a page that still stands. Paid in another window, which is closed then, it is not paid again in this one.
  await page.goBack();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await presses(other, 'Parhau a thalu £30.00');
  await paysWith(CARDS.redirect.succeeds, other);
  expect(other.url()).toContain(`${app.origin()}/services/garden-waste/`);
  await other.close();
  await presses(page, /alu £30\.00/);
}, [['with Riverbourne’s payments over HTTP', true]]);

it('leaves the money in Riverbourne’s books, under Glanafon’s name, and the connection is as it should be', async () => {
  const { rows } = await riverbournesApp.owner.query('select client_id, is_elsewhere, state, amount_in_pence::int from payments.payment');
  expect(rows).toEqual([{ client_id: 'glanafon', is_elsewhere: true, state: 'succeeded', amount_in_pence: 3000 }]);
  const told = await app.owner.query(`select type from kernel.event where type like 'payments.%'`);
  expect(told.rows.map(({ type }: { type: string }) => type).sort()).toEqual(['payments.payment-failed', 'payments.payment-failed', 'payments.payment-failed', 'payments.payment-succeeded']);
  expect((await checkConnections(app.systemContext())).find(({ provider }) => provider === 'payments-over-http.far-side')).toEqual({ provider: 'payments-over-http.far-side', isSandbox: false, ok: true, message: `${riverbournesApp.origin()} takes our payments.` });
});
