import type { Browser, Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScrolling, openBrowser, openPage, takeScreenshot } from '@guildhall/kernel/testing';
import type { PersonId } from '@guildhall/kernel-contract';
import type { WantedAnswer } from '@guildhall/services-contract';
import { KIM, linkKim } from '../../test/residents';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OnceOnly } from '../once-only/once-only';

const ID = 'garden-waste-concession';
const PAGE = '/account/information';
let two: TwoBodies;
let browser: Browser;
const wanted = (attribute: WantedAnswer['attribute']): WantedAnswer => ({ personId: KIM.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' } }, attribute, purposes: [ID] });
beforeAll(async () => {
  two = await startTwoBodies();
  await linkKim(two);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await two?.close();
});

describe.each([[320, 'cy', 'Peidio â chadw hyn', 'Heb ei rannu mwyach, ond yn dal i gael ei gadw', 'Stopio'], [1280, 'en', 'Do not keep this', 'No longer shared, still kept', 'Stop']] as const)('what is kept, at %i pixels', (width, language, doNotKeep, stillKept, stop) => {
  let page: Page;
  beforeAll(async () => {
    const source = two.app.get(OnceOnly);
    const ctx = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: KIM.riverbourne as PersonId, confidence: 'low' } });
    await two.app.owner.query('delete from sharing.evidence; delete from sharing.choice; update sharing.agreement set ended_on = null');
    two.clock.advance(3600);
    await source.typed(ctx, wanted('address.current'), { value: { lines: ['5 New Road'], postcode: 'ZZ99 1AB' }, because: 'asked' });
    const { offer } = await source.look(ctx, wanted('council-tax-reduction.receives'));
    expect(await source.get(ctx, wanted('council-tax-reduction.receives'), { id: ID, shown: offer?.shown ?? '', returnTo: '/services/garden-waste' })).toMatchObject({ ok: true });
    await two.app.owner.query(`update sharing.agreement set ended_on = '2026-11-22'`);
    page = await openPage(browser, { width });
    await page.context().addCookies([...(await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).cookies]);
  });
  afterAll(() => page?.context().close());

  it('is forgotten from “What we hold” by two presses', async () => {
    await page.goto(`${two.app.origin(RECEIVER)}${PAGE}?lang=${language}`);
    await expectAccessible(page);
    await takeScreenshot(page, 'information-still-kept');
    await page.getByRole('link', { name: doNotKeep }).click();
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await takeScreenshot(page, 'information-kept');
    await page.getByRole('button', { name: doNotKeep }).click();
    await page.waitForURL(/information#held$/);
    expect(await page.getByText('5 New Road').count()).toBe(0);
  });
  it('is stopped though its agreement has ended, where somebody has let it be told', async () => {
    await page.goto(`${two.app.origin(RECEIVER)}${PAGE}`);
    await page.getByRole('heading', { name: stillKept }).waitFor();
    await page.getByRole('button', { name: new RegExp(`^${stop}`) }).click();
    await page.waitForURL(/receipts\//);
    await expectAccessible(page);
  });
});
