import { glanafon } from '@guildhall/app-glanafon';
import { bytesTransferred, openBrowser, openPage, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { Person } from '../test/person';
import { buyGardenWaste, reportAProblem, signInByCode, signInOfficer, type Town } from '../test/journeys';
import { Visit } from '../test/visit';
import { riverbourne } from './council.config';

const FIRST_VISIT_IN_BYTES = 60_000;
const LATER_PAGE_IN_BYTES = 15_000;
let app: TestApp;
let browser: Browser;
let town: Town;

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne, glanafon], withCompanions: true, seed: true });
  town = { home: app.origin(), work: () => app.drainJobs() };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Photos and maps are left aside: they weigh what they show. */
const counts = (url: URL): boolean => !/^\/(map|documents)\b|\/photos\/|\.(png|jpe?g|webp)$/.test(url.pathname) && !/map\b.*\.svg/.test(url.pathname);

describe.each(['riverbourne', 'glanafon'])('the pages of %s', (slug) => {
  it.each(['/', '/services', '/services/garden-waste', '/sign-in', '/desk/sign-in'])('%s weighs at most 60 kB on a first visit', async (path) => {
    const page = await openPage(browser);
    const bytes = await bytesTransferred(page, () => page.goto(app.origin(slug) + path), counts);
    expect(bytes).toBeGreaterThan(3_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_VISIT_IN_BYTES);
    await page.context().close();
  });
});

describe('a page after the first weighs at most 15 kB', () => {
  it('on the way through the services, in the account, at the status page and at the desk', async () => {
    const resident = new Person(town.home);
    await signInByCode(town, resident, 'light.pages@post.example');
    const bought = await buyGardenWaste(resident);
    const reported = await reportAProblem(resident, 'pothole');
    await town.work();
    const officer = new Person(town.home);
    await signInOfficer(officer, 'helen.shaw');
    const weights: Record<string, number> = {};
    const walk = async (who: Person, first: string, paths: readonly string[]): Promise<void> => {
      const page = await openPage(browser);
      await page.context().addCookies([...who.visitor().cookies]);
      const whole = await bytesTransferred(page, () => page.goto(town.home + first), counts);
      if (whole > FIRST_VISIT_IN_BYTES) weights[`first ${first}`] = whole;
      for (const path of paths) {
        const bytes = await bytesTransferred(page, () => page.goto(town.home + path), counts);
        if (new URL(page.url()).pathname !== path.replace(/\?.*/, '')) throw new Error(`${path} leads to ${page.url()}`);
        if (bytes > LATER_PAGE_IN_BYTES || bytes < 500) weights[path] = bytes;
      }
      await page.context().close();
    };
    await walk(resident, '/', ['/services', '/services/report-a-problem', '/services/garden-waste', '/account', '/account/cases', '/account/payments', '/account/details', bought.donePath, bought.receiptPath ?? '', reported.statusPath ?? '', '/your-area']);
    await walk(officer, '/desk', ['/desk?view=all', '/desk/search?q=High', `/desk/cases/${bought.reference}`, '/desk/assist', '/desk/assist/garden-waste']);
    expect(weights).toEqual({});
  });
});

describe('two councils beside each other', () => {
  it('look like two councils: name, colour, emblem, language, telephone', async () => {
    const looks = [];
    for (const slug of ['riverbourne', 'glanafon']) {
      const visit = await Visit.open(browser);
      await visit.go(app.origin(slug));
      await visit.picture(`home-${slug}`);
      looks.push(await visit.page.evaluate(`({
        language: document.documentElement.lang, name: document.querySelector('header').innerText.split('\\n')[0], heading: document.querySelector('h1').innerText,
        colour: getComputedStyle(document.querySelector('.gh-header')).backgroundColor, emblem: document.querySelector('header svg, header img').outerHTML, contact: document.querySelector('footer').innerText,
      })`) as Record<string, string>);
      await visit.go(`${app.origin(slug)}/?lang=${slug === 'glanafon' ? 'en' : 'cy'}`);
      await visit.picture(`home-${slug}`);
      await visit.close();
    }
    const [one, other] = looks;
    expect([one?.['language'], other?.['language']]).toEqual(['en', 'cy']);
    expect(one?.['name']).toContain('Riverbourne');
    expect(other?.['name']).toContain('Glanafon');
    for (const what of ['name', 'heading', 'colour', 'emblem', 'contact']) expect(one?.[what]).not.toBe(other?.[what]);
    expect(one?.['contact']).toContain('01632 960100');
    expect(other?.['contact']).toContain('01632 960200');
  });
});
