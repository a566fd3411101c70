import type { Page } from 'playwright-core';

/** How somebody signs in on the way, where their bins stand, and what it costs. */
export interface Order { readonly signsIn: (page: Page) => Promise<void>; readonly postcode?: string; /** The first that is offered unless told. */ readonly street?: string; readonly amount: string }

/** From the first page of garden waste to the page on which it is paid. */
export async function orders(page: Page, origin: string, { signsIn, postcode = 'ZZ99 1AA', street, amount }: Order): Promise<void> {
  await page.goto(`${origin}/services/garden-waste`);
  await next(page, 'Start now');
  await signsIn(page);
  await page.getByLabel('Postcode').first().fill(postcode);
  await next(page, 'Find');
  await (street === undefined ? page.locator('input[name=property-choice][value^="uprn:"]').first() : page.getByLabel(street, { exact: true })).check();
  await next(page);
  await page.getByLabel('How many bins do you want?').fill('1');
  await next(page);
  await page.getByLabel('No', { exact: true }).check();
  await next(page);
  await page.getByLabel('I agree').check();
  await next(page, `Pay ${amount}`);
}

/** One of the invented people, of whom all is known that a service asks. */
export async function signsInAsInvented(page: Page): Promise<void> {
  await next(page, 'Sign in as an invented person');
  await next(page, 'Continue as Tom Bell');
}

export async function paysAtGovUkPay(page: Page, amount: string): Promise<void> {
  await page.locator('#cardNumber').fill('4444 3333 2222 1111');
  await page.locator('#expiryMonth').fill('10');
  await page.locator('#expiryYear').fill('30');
  await page.locator('#holder').fill('Tom Bell');
  await page.locator('#securityCode').fill('123');
  await next(page, `Pay ${amount}`);
}

export async function next(page: Page, name = 'Continue'): Promise<void> { await page.getByRole('button', { name }).first().click(); }
