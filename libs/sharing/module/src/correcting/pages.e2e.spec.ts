import type { Browser, Page } from 'playwright-core';
import { defineServicePack, register } from '@guildhall/kernel-contract';
import { expectAccessible, openBrowser, openPage, takeScreenshot, type PageWidth } from '@guildhall/kernel/testing';
import { CHANGE_TAKER } from '@guildhall/sharing-contract';
import { KIM, askAboutKim, kimChooses, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OutgoingCorrections } from './outgoing';

const taker = defineServicePack({ id: 'waste', version: '0.1.0', options: {}, requires: [], registers: [register(CHANGE_TAKER, { id: 'waste.address', titleKey: 'sharing.information.title', attributes: ['address.current'], take: () => Promise.resolve() })] });

let two: TwoBodies;
let browser: Browser;
beforeAll(async () => {
  two = await startTwoBodies({ channels: [{ network: 'internet', device: 'unmanaged' }, { network: 'internet', device: 'server' }] }, { alsoInstalled: [taker] });
  await linkKim(two);
  await kimChooses(two, 'given');
  await two.app.drainJobs();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await two?.close();
});
beforeEach(() => two.clock.advance(60));

const pageOf = async (width: PageWidth, { cookies }: Pick<Awaited<ReturnType<TwoBodies['app']['residentVisitor']>>, 'cookies'>): Promise<Page> => {
  const page = await openPage(browser, { width });
  await page.context().addCookies([...cookies]);
  return page;
};

it.each([
  [320, 'cy', ['Parhau', 'Rhowch god post llawn', 'Dweud wrthynt', 'Gan bwy y mae eich cyfeiriad newydd']], [1280, 'en', ['Continue', 'Enter a full postcode', 'Tell them', 'Who has your new address']],
] as const)('a move is told once at %i pixels, in %s', async (width, language, [goOn, wrong, press, told]) => {
  const page = await pageOf(width, await two.app.residentVisitor(KIM.aldermoor, HOLDER));
  await page.goto(`${two.app.origin(HOLDER)}/account/information/tell-once?lang=${language}`);
  await expectAccessible(page);
  await page.locator('#line1').fill('3 Weir Lane');
  await page.locator('#town').fill('Riverbourne');
  await page.getByRole('button', { name: goOn }).click();
  await page.getByText(wrong).first().waitFor();
  await expectAccessible(page);
  await page.locator('#postcode').fill('zz99 1ac');
  await page.getByRole('button', { name: goOn }).click();
  await page.getByRole('button', { name: press }).waitFor();
  await expectAccessible(page);
  await takeScreenshot(page, 'tell-once-who');
  await page.getByRole('button', { name: press }).click();
  await page.getByRole('heading', { level: 1, name: told }).waitFor();
  await two.app.drainJobs();
  await page.reload();
  await expectAccessible(page);
  await takeScreenshot(page, 'tell-once-told');
});

it.each([320, 1280] as const)('what is said to be wrong is answered, and an officer looks elsewhere, at %i pixels', async (width) => {
  expect(await askAboutKim(two, { attributes: ['address.current'], by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } })).toMatchObject({ ok: true });
  const kim = await two.app.residentVisitor(KIM.aldermoor, HOLDER);
  const wrong = '/account/information/wrong/address.current';
  await kim.get(wrong);
  await kim.post(wrong, {});
  const page = await pageOf(width, await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, HOLDER));
  await page.goto(`${two.app.origin(HOLDER)}/desk/disputes`);
  await expectAccessible(page);
  await takeScreenshot(page, 'desk-disputes');
  await page.getByRole('link', { name: 'Current address' }).click();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await expectAccessible(page);
  await takeScreenshot(page, 'desk-dispute');
  await page.getByRole('button', { name: 'Ask them' }).click();
  await page.getByText('Choose what you need from them').first().waitFor();
  await expectAccessible(page);
  await page.getByLabel('To be certain who says so').check();
  await page.getByLabel('What do you ask them, in English?').fill('Bring something with your name on it to County Hall.');
  await page.getByRole('button', { name: 'Ask them' }).click();
  await page.getByText('The time stands still until it is certain').first().waitFor();
  await expectAccessible(page);
  await takeScreenshot(page, 'desk-dispute-asked');
  await page.getByRole('button', { name: 'It is certain who says so' }).click();
  await page.getByText('The time has begun.').waitFor();
  const waiting = await pageOf(width, kim);
  await waiting.goto(`${two.app.origin(HOLDER)}${wrong}`);
  await expectAccessible(waiting);
  await takeScreenshot(waiting, 'information-asked');
  await page.getByLabel('It was wrong, and it is put right').check();
  await page.getByLabel('What do you want to say to the resident, in English?').fill('We had your old address.');
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('Answer of aldermoor council').waitFor();
  await expectAccessible(page);
  const residents = await pageOf(width, kim);
  await residents.goto(`${two.app.origin(HOLDER)}${wrong}`);
  await expectAccessible(residents);
  await takeScreenshot(residents, 'information-answered');
  await residents.goto(`${two.app.origin(HOLDER)}/account/information`);
  await residents.getByText('Who was told that it was wrong').first().waitFor();
  await expectAccessible(residents);
  await takeScreenshot(residents, 'information-put-right');
  const desk = await pageOf(width, await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer'] }, RECEIVER));
  await desk.goto(`${two.app.origin(RECEIVER)}/desk/looking/people/${KIM.riverbourne}`);
  await desk.getByLabel('Gets Council Tax Reduction').check();
  await desk.getByRole('button', { name: 'Look' }).click();
  await desk.getByText('Say in words of your own').first().waitFor();
  await expectAccessible(desk);
  await takeScreenshot(desk, 'desk-looking');
  await desk.getByLabel('Why do you need to see it now?').fill('Checking application RB-7K3F-92QD');
  await desk.getByRole('button', { name: 'Look' }).click();
  await desk.getByRole('heading', { level: 1, name: 'What aldermoor council holds of this person' }).waitFor();
  await expectAccessible(desk);
});

it.each([320, 1280] as const)('an officer sees that what they asked is not read where it was said, at %i pixels', async (width) => {
  expect(await askAboutKim(two, { attributes: ['address.current'], by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } })).toMatchObject({ ok: true });
  const kim = await two.app.residentVisitor(KIM.riverbourne, RECEIVER);
  await kim.get('/account/information/wrong/address.current');
  await kim.post('/account/information/wrong/address.current', {});
  await two.app.drainJobs();
  const page = await pageOf(width, await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, HOLDER));
  await page.goto(`${two.app.origin(HOLDER)}/desk/disputes`);
  await page.getByRole('link', { name: 'Current address' }).click();
  await page.getByLabel('To know what is right').check();
  await page.getByLabel('What do you ask them, in English?').fill('Which flat is it?');
  await page.getByRole('button', { name: 'Ask them' }).click();
  await page.getByText('They are asked. The time goes on.').waitFor();
  const { rows } = await two.app.owner.query<{ id: string }>(`select message_id::text as id from sharing.outgoing where kind = 'time' and taken_at is null and turned_down_at is null and council_id = $1`, [two.holder.council.id]);
  await two.app.get(OutgoingCorrections).settle(two.holder, rows[0]?.id ?? '', 'turned-down', two.clock.now());
  await page.goto(page.url().replace(/\?.*/, ''));
  await page.getByText('riverbourne council, where they said it, does not show them what was said last').waitFor();
  await expectAccessible(page);
  await takeScreenshot(page, 'desk-dispute-not-passed-on');
  await page.getByLabel('It was wrong, and it is put right').check();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('Who was told that it was wrong').waitFor();
  await two.app.drainJobs();
});
