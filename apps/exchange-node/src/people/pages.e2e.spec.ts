import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, type TestApp } from '@guildhall/kernel/testing';
import { exchangeNode } from '../node-config';

/** Somebody with a link, and a choice that stays. */
const ROWS = [
  `subject_key (council_id, local_id, key) values ($1, $2, decode(repeat('ab', 32), 'hex'))`, `peer (council_id, peer_id, body, pinned_at) values ($1, 'riverbourne', '{}', now())`,
  `link (council_id, peer_id, pairwise, local_id, proven_by, proven_at) values ($1, 'riverbourne', 'pw:abcdefgh', $2, 'in-person', now())`,
  `choice (council_id, choice_id, local_id, agreement_id, at, state, scope, notice_digest, language, chosen_by) values ($1, gen_random_uuid(), $2, 'garden-waste-concession', now(), 'given', 'a', 'b', 'en', 'resident')`,
];

describe.each([320, 1280] as const)('an officer of a node, on a screen of %i px', (width) => {
  let folder: string;
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'node-pages-'));
    const file = join(folder, 'node.json');
    await writeFile(file, JSON.stringify({
      id: '01990000-0000-7000-8000-0000000000c1', body: 'aldermoor-care-trust', name: { en: 'Aldermoor Care Trust', cy: 'Ymddiriedolaeth Gofal Aldermoor' }, logOrigin: 'care.aldermoor.example/log', keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england',
      contact: { telephone: '01632 960000', email: 'data@care.aldermoor.example', address: '1 Care Lane' }, officers: { kind: 'practice' },
    }));
    app = await startTestApp({ councils: [exchangeNode(file)] });
    const { council } = app.systemContext('aldermoor-care-trust');
    for (const row of ROWS) await app.owner.query(`insert into sharing.${row.replace('$1', `'${council.id}'`).replace('$2', `'P-1042'`)}`);
    browser = await openBrowser();
    page = await openPage(browser, { width });
    const visitor = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, 'aldermoor-care-trust');
    await page.context().addCookies([...visitor.cookies]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const looks = async (name: string): Promise<void> => {
    await expectAccessible(page);
    await takeScreenshot(page, `node-people-${name}`);
  };
  const press = async (name: string): Promise<void> => { await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]); };

  it('finds somebody by the id of a register, gives them a copy, and erases after a second press', async () => {
    await page.goto(`${app.origin('aldermoor-care-trust')}/desk/sharing/people`);
    await looks('ask');
    await press('Show what is kept');
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Enter the id');
    await page.getByLabel('Their id in the register').fill('P-1042');
    await press('Show what is kept');
    expect(await page.locator('h1').innerText()).toBe('What is kept of P-1042');
    expect(page.url()).not.toContain('P-1042');
    await looks('person');
    const [copy] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download to be read (PDF)' }).click()]);
    expect(copy.suggestedFilename()).toMatch(/^XN-.*\.pdf$/);
    await press('Erase');
    await looks('confirm');
    await press('Yes, erase it');
    expect(await page.locator('h1').innerText()).toBe('Erased');
    await looks('erased');
    expect((await app.owner.query(`select 1 from sharing.link where local_id = 'P-1042'`)).rowCount).toBe(0);
  });
});
