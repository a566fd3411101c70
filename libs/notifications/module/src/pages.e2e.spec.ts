import type { Browser, Page } from 'playwright-core';
import { Sessions, type GuildhallRequest } from '@guildhall/kernel';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import type { OfficerId, PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { NOTIFICATIONS, defineTemplate, messageOf, type NotificationsApi } from '@guildhall/notifications-contract';
import { kitNews } from '@guildhall/notifications-contract/testing';
import { FarEnd, KeepingFarEnd, kitPack, knowsPeople } from '../test/council';
import { notifications } from './index';

const everything = defineTemplate({
  id: 'kit.everything',
  title: { en: 'Your garden waste collection', cy: 'Eich casgliad gwastraff gardd' },
  placeholders: { name: 'text', bins: 'list', link: 'link', isRenewal: 'flag' },
  channels: {
    email: {
      subject: { en: 'Your garden waste collection begins', cy: 'Mae eich casgliad gwastraff gardd yn dechrau' },
      body: {
        en: '# Hello ((name))\n\n((is renewal??Thank you for renewing.)) We will empty:\n((bins))\n\n^ Put your bins out by 7am.\n\n## What happens now\n\n1. We send you a calendar\n2. We empty your bins every second Friday\n\n[See your collection](((link)))\n\n---\n\nYour waste team',
        cy: '# Helo ((name))\n\n((is renewal??Diolch am adnewyddu.)) Byddwn yn gwagio:\n((bins))\n\n^ Rhowch eich biniau allan erbyn 7am.\n\n## Beth sy’n digwydd nesaf\n\n1. Byddwn yn anfon calendr atoch\n2. Byddwn yn gwagio eich biniau bob yn ail ddydd Gwener\n\n[Gweld eich casgliad](((link)))\n\n---\n\nEich tîm gwastraff',
      },
    },
    sms: { body: { en: 'Riverbourne: ((name)), we will empty ((bins)). ((is renewal??Thank you for renewing. ))((link))', cy: 'Riverbourne: ((name)), byddwn yn gwagio ((bins)). ((is renewal??Diolch am adnewyddu. ))((link))' } },
    letter: {
      heading: { en: 'Your garden waste collection', cy: 'Eich casgliad gwastraff gardd' },
      body: { en: 'Dear ((name)),\n\n((is renewal??Thank you for renewing.)) We will empty:\n((bins))\n\nSee ((link))', cy: 'Annwyl ((name)),\n\n((is renewal??Diolch am adnewyddu.)) Byddwn yn gwagio:\n((bins))\n\nGweler ((link))' },
    },
  },
});

const ids = new SeededIds(31);
const personId = ids.uuid() as PersonId;
const identity = new InMemoryIdentity(new FixedClock(), ids);
let keeping: TestApp;
let failing: TestApp;
let browser: Browser;

async function send(app: TestApp, to: object, language: 'en' | 'cy' | 'both' = 'en'): Promise<string> {
  const messageId = ids.uuid();
  await app.get<NotificationsApi>(NOTIFICATIONS.token).send(app.systemContext(), messageOf(everything, {
    messageId, idempotencyKey: messageId, language, to: { ...to, personId }, values: { name: 'Ann Resident', bins: ['two brown bins', 'one sack'], link: '/status/RB-7K3F-92QD?key=abcdefghijklmnop', isRenewal: true },
  }));
  await app.drainJobs();
  return messageId;
}

/** Signs the browser in as the far end of a sign-in would. */
async function signIn(app: TestApp, page: Page, as: 'resident' | 'officer'): Promise<void> {
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  const cookies: { name: string; value: string }[] = [];
  const request = { headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(), reply, startedAt: 0n } } as unknown as GuildhallRequest;
  if (as === 'resident') await app.get(Sessions).signInResident(request, { personId, confidence: 'low' });
  else await app.get(Sessions).signInOfficer(request, { officerId: ids.uuid() as OfficerId, name: 'Sam Officer', roles: ['team-manager'], teams: [] });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin().replace('http:', 'https:'), secure: true })));
}

beforeAll(async () => {
  const far = new FarEnd();
  far.does = 'permanent';
  keeping = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [notifications({ providers: [new KeepingFarEnd().provider()] }), kitPack([everything, kitNews])])] });
  failing = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [notifications({ providers: [far.provider()] }), kitPack([everything, kitNews]), knowsPeople(identity)])] });
  identity.addPerson(failing.systemContext(), { personId, name: 'Ann Resident', email: 'ann.resident@riverbourne.example' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await keeping?.close();
  await failing?.close();
});

describe.each([320, 1280] as const)('pages about messages at %i pixels', (width) => {
  it('the outbox: list, e-mail, text and letter', async () => {
    const paths = ['/outbox'];
    for (const [to, language] of [[{ email: 'ann.resident@riverbourne.example', name: 'Ann Resident' }, 'both'], [{ phone: '07700 900123' }, 'cy'], [{ postalLines: ['Ann Resident', '1 Mill Lane', 'Riverbourne', 'ZZ99 1AA'] }, 'en']] as const) paths.push(`/outbox/${await send(keeping, to, language)}`);
    const page = await openPage(browser, { width, hasJavaScript: false });
    for (const [index, path] of paths.entries()) {
      await page.goto(keeping.origin() + path);
      await takeScreenshot(page, ['outbox', 'outbox-email', 'outbox-text', 'outbox-letter'][index] ?? 'outbox');
    }
    const seeing = await openPage(browser, { width });
    for (const path of paths) {
      await seeing.goto(keeping.origin() + path);
      await expectAccessible(seeing);
    }
  });

  it('an e-mail as a mail program shows it: links can be followed, and it is accessible', async () => {
    const id = await send(keeping, { email: 'ann.resident@riverbourne.example' }, 'both');
    const page = await openPage(browser, { width });
    await page.goto(`${keeping.origin()}/outbox/${id}`);
    const document = await (await page.request.get(`${keeping.origin()}/outbox/${id}/html`)).text();
    // The page itself runs no scripts, axe's neither: so the same document without its policy.
    const mail = await openPage(browser, { width });
    await mail.setContent(document);
    await expectAccessible(mail);
    await takeScreenshot(mail, 'email');
    await page.goto(`${keeping.origin()}/outbox/${id}/html`);
    await page.getByRole('link', { name: 'See your collection' }).click();
    await page.waitForURL(`${keeping.origin()}/status/RB-7K3F-92QD?key=abcdefghijklmnop`);
  });

  it.each(['en', 'cy'] as const)('the account, in %s', async (language) => {
    const delivered = await send(keeping, { email: 'ann.resident@riverbourne.example' }, language);
    const failed = await send(failing, { email: 'ann.resident@riverbourne.example' }, language);
    for (const [app, path, name] of [[keeping, '/account/messages', 'account-messages'], [keeping, `/account/messages/${delivered}`, 'account-message'], [failing, `/account/messages/${failed}`, 'account-message-failed']] as const) {
      const page = await openPage(browser, { width });
      await signIn(app, page, 'resident');
      await page.goto(`${app.origin()}${path}?lang=${language}`);
      await expectAccessible(page);
      await takeScreenshot(page, name);
    }
  });

  it.each([['en', 'Choose how we contact you', 'Text message', 'No, do not send me news', 'Save'], ['cy', 'Dewis sut rydym yn cysylltu â chi', 'Neges destun', 'Na ddylech, peidiwch ag anfon newyddion ataf', 'Cadw']] as const)('how somebody wishes to hear from us, by keyboard alone, in %s', async (language, link, text, stop, save) => {
    const page = await openPage(browser, { width });
    await signIn(keeping, page, 'resident');
    await page.goto(`${keeping.origin()}/account/messages?lang=${language}`);
    await page.getByRole('link', { name: link }).click();
    await page.waitForURL('**/account/messages/choices');
    await expectAccessible(page);
    for (const choice of [text, stop]) {
      await page.getByLabel(choice, { exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await takeScreenshot(page, 'account-choices');
    await page.getByRole('button', { name: save }).focus();
    await Promise.all([page.waitForURL('**/choices?saved=yes'), page.keyboard.press('Enter')]);
    await expectAccessible(page);
    await takeScreenshot(page, 'account-choices-saved');
    expect([await page.getByLabel(text, { exact: true }).isChecked(), await page.getByLabel(stop).isChecked()]).toEqual([true, true]);
  });

  it.each([['en', 'Stop news like this', 'Stop news', 'News is stopped', 'Send me news again', 'Stop news from us?'], ['cy', 'Stopio newyddion fel hyn', 'Stopio newyddion', 'Mae newyddion wedi’u stopio', 'Anfon newyddion ataf eto', 'Stopio newyddion gennym?']] as const)('the link that stops news, from the e-mail and back, in %s', async (language, link, stop, stopped, start, title) => {
    const messageId = ids.uuid();
    await keeping.get<NotificationsApi>(NOTIFICATIONS.token).send(keeping.systemContext(), messageOf(kitNews, { messageId, idempotencyKey: messageId, language, to: { email: 'wren@riverbourne.example' }, values: { name: 'Ann' } }));
    await keeping.drainJobs();
    const page = await openPage(browser, { width });
    await page.goto(`${keeping.origin()}/outbox/${messageId}?lang=${language}`);
    await takeScreenshot(page, 'outbox-news');
    await page.getByRole('link', { name: link }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'stop-news');
    await page.getByRole('button', { name: stop }).click();
    await page.getByRole('heading', { name: stopped }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'stop-news-stopped');
    await page.getByRole('button', { name: start }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.goto(page.url().replace(/key=.*/, 'key=too-old'));
    await expectAccessible(page);
    await takeScreenshot(page, 'stop-news-too-old');
  });

  it('the desk: failures, and one of them sent again by keyboard alone', async () => {
    await send(failing, { email: 'ann.resident@riverbourne.example' });
    const id = await send(failing, { phone: '07700 900123' }, 'cy');
    const page = await openPage(browser, { width });
    await signIn(failing, page, 'officer');
    await page.goto(`${failing.origin()}/desk/messages`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-failed-messages');
    await page.goto(`${failing.origin()}/desk/messages/${id}`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-failed-message');
    await page.getByRole('button', { name: 'Send again' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/result=sent-again/);
    await expectAccessible(page);
    const other = await send(failing, { email: 'gone@riverbourne.example', phone: '07700 900123' });
    await page.goto(`${failing.origin()}/desk/messages/${other}`);
    await page.getByRole('button', { name: 'Send as a text to 07700 …123' }).focus();
    await Promise.all([page.waitForURL(/result=sent-another-way/), page.keyboard.press('Enter')]);
    await expectAccessible(page);
  });

  it('the desk: how somebody hears from us, from a message that did not arrive and back, by keyboard alone, with a mistake on the way', async () => {
    const messageId = await send(failing, { email: 'ann.resident@riverbourne.example' });
    const page = await openPage(browser, { width });
    await signIn(failing, page, 'officer');
    const press = async (role: 'link' | 'button', name: string, then: string): Promise<void> => {
      await page.getByRole(role, { name, exact: true }).focus();
      await Promise.all([page.waitForURL(then), page.keyboard.press('Enter')]);
      await expectAccessible(page);
    };
    await page.goto(`${failing.origin()}/desk/messages/${messageId}`);
    await press('link', 'Change how they hear from us', '**/desk/messages/people/**');
    await page.getByRole('heading', { name: 'How Ann Resident hears from us' }).waitFor();
    for (const choice of ['Letter', 'No, do not send them news', 'We called back']) {
      await page.getByLabel(choice, { exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await press('button', 'Save', `**/desk/messages/people/${personId}`);
    expect(await page.title()).toMatch(/^Error: How Ann Resident hears from us/);
    await takeScreenshot(page, 'desk-choices-mistake');
    await page.getByRole('link', { name: 'Select on what authority you act' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    for (const choice of ['Letter', 'No, do not send them news', 'We called back', 'The caller, for themselves']) expect([choice, await page.getByLabel(choice, { exact: true }).isChecked()]).toEqual([choice, true]);
    await press('button', 'Save', '**saved=yes**');
    await takeScreenshot(page, 'desk-choices-saved');
    expect(await page.getByRole('alert').innerText()).toContain('Saved. We will contact them as they asked.');
    await press('link', 'Back', `**/desk/messages/${messageId}`);

    const resident = await openPage(browser, { width });
    await signIn(failing, resident, 'resident');
    await resident.goto(`${failing.origin()}/account/messages/choices`);
    for (const choice of ['Letter', 'No, do not send me news']) expect(await resident.getByLabel(choice, { exact: true }).isChecked()).toBe(true);
    await failing.get<NotificationsApi>(NOTIFICATIONS.token).changePreferences(failing.context('riverbourne', { actor: { kind: 'resident', personId, confidence: 'low' } }), personId, { stopsNews: false });
  });
});
