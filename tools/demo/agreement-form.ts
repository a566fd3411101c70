import type { Page } from 'playwright-core';
import { expectAccessible } from '../../libs/kernel/module/src/testing/browser';

/** Presses a button of a form, and is on the page that comes of it. */
export async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).first().click()]);
}

/** Follows a link to the page behind it. */
export async function follow(page: Page, name: string | RegExp): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name }).first().click()]);
}

/** Types a day, as `2026-11-30`, into the three fields of it. */
export async function typeDay(page: Page, id: string, day: string): Promise<void> {
  const [year = '', month = '', date = ''] = day.split('-').map((part) => String(Number(part)));
  for (const [part, value] of Object.entries({ day: date, month, year })) await page.locator(`#${id}-${part}`).fill(value);
}

/** What an officer writes who would let the county keep a decision when somebody says no, and look at it again in two years. */
export interface Writing { readonly name: string; readonly nameInWelsh: string; readonly from: string; readonly until: string; readonly review: string }

/** Drafts an agreement with the county by the form, page after page, from the list of agreements. */
export async function draft(page: Page, { name, nameInWelsh, from, until, review }: Writing): Promise<void> {
  await page.getByLabel('What is the agreement called?', { exact: true }).fill(name);
  await page.getByLabel('What is the agreement called?, in Welsh').fill(nameInWelsh);
  await page.getByLabel('Aldermoor County Council', { exact: true }).check();
  await page.getByLabel('Riverbourne Borough Council asks, and the other body tells').check();
  await save(page);
  await page.getByLabel('To decide what you pay for garden waste').check();
  await page.getByLabel('What do residents gain?', { exact: true }).fill('No proof to upload');
  await page.getByLabel('What do residents gain?, in Welsh').fill('Dim prawf i’w lanlwytho');
  await page.getByLabel('Public task').check();
  await page.getByLabel('Which Act and section lets you?').fill('Localism Act 2011, section 1');
  await save(page);
  await page.getByLabel('Current address').check();
  await page.getByLabel('Gets Council Tax Reduction').check();
  await page.getByLabel('None: there is no special-category data in it').check();
  await save(page);
  await page.getByLabel('Nothing is shared until they say yes').check();
  await page.getByLabel('What can they do instead?', { exact: true }).fill('You can send a letter');
  await page.getByLabel('What can they do instead?, in Welsh').fill('Gallwch anfon llythyr');
  await page.getByLabel('What was decided with it stands').check();
  await save(page);
  for (const [id, day] of Object.entries({ from, until, review })) await typeDay(page, id, day);
  await page.getByLabel('For how long is kept what is told?').fill('1');
  await page.getByLabel('In', { exact: true }).selectOption('Y');
  await save(page);
  await page.getByLabel('What is the reference of the data protection impact assessment?').fill('DPIA-20');
  await typeDay(page, 'dpiaDate', from);
  await page.getByLabel('A server over the internet').check();
  await page.getByLabel('1 Data in transit protection').check();
  await page.getByLabel('somebody independent').check();
  await page.getByLabel('How many days old may that be?').fill('400');
  await save(page);
  await page.getByLabel('Email address of whoever answers questions at Riverbourne Borough Council').fill('data@riverbourne.example');
  await page.getByLabel('Email address of whoever answers questions at Aldermoor County Council').fill('data@aldermoor-county.example');
  await page.getByLabel('Where does it hold?').fill('E07000999 Riverbourne');
  await save(page);
}

async function save(page: Page): Promise<void> {
  await expectAccessible(page);
  await press(page, 'Save and continue');
}
