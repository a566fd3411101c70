import path from 'node:path';
import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import type { Browser, Page } from 'playwright-core';
import { photoWithPlace } from '@guildhall/documents-contract/testing';
import type { DocumentId } from '@guildhall/documents-contract';
import { CASES, CASE_PANEL, SEE_CASES, type CasesApi } from '@guildhall/cases-contract';
import { Ctx, Requires, Sessions, defineModule, extensionsOf, page as pageOf, type GuildhallRequest, type PageResult } from '@guildhall/kernel';
import { NotFound, type OfficerId, type RequestContext } from '@guildhall/kernel-contract';
import { expectAccessible, openBrowser, openPage, takeScreenshot } from '@guildhall/kernel/testing';
import { startBackOfficeApp, type BackOfficeApp } from '../test/council';

/** Stands for the officer's case page: shows the panel as that page does. */
@Controller('desk/cases')
class CasePageController {
  constructor(@Inject(CASES.token) private readonly cases: CasesApi) {}
  @Get(':reference') @Requires(SEE_CASES)
  async show(@Ctx() ctx: RequestContext, @Param('reference') reference: string): Promise<PageResult> {
    const view = await this.cases.find(ctx, { reference });
    if (!view) throw new NotFound();
    return pageOf('case-page/case', { item: await extensionsOf(ctx, CASE_PANEL)[0]?.load(ctx, view) });
  }
}
@Module({ controllers: [CasePageController] })
class CasePageModule {}
const casePage = defineModule({ id: 'case-page', version: '0.1.0', packageFolder: path.join(__dirname, '../test'), nest: CasePageModule, viewsFolder: path.join(__dirname, '../test/views') });

let app: BackOfficeApp;
let browser: Browser;
beforeAll(async () => {
  app = await startBackOfficeApp({ sends: { photos: true } }, [casePage()]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Signs the browser in as the far end of a sign-in would. */
async function signIn(page: Page): Promise<void> {
  const cookies: { name: string; value: string }[] = [];
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  await app.get(Sessions).signInOfficer({ headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(), reply, startedAt: 0n } } as unknown as GuildhallRequest, { officerId: '01990000-0000-7000-8000-0000000000ff' as OfficerId, name: 'Sam Officer', roles: ['case-officer'], teams: [] });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin().replace('http:', 'https:'), secure: true })));
}

it('an officer sees which cases were not taken and why, tries one again, sees that it is there, and ends the links to its photos: at 320 and 1280 pixels', async () => {
  for (const width of [320, 1280] as const) {
    await app.owner.query('delete from back_office.hand_over');
    const page = await openPage(browser, { width });
    await signIn(page);
    const looks = async (name: string): Promise<void> => {
      await expectAccessible(page);
      await takeScreenshot(page, `desk-back-office-${name}`);
    };
    await page.goto(`${app.origin()}/desk/back-office`);
    await looks('all-taken');
    app.far.behaviour = 'refuse-for-good';
    const [caseId, photo] = [crypto.randomUUID(), crypto.randomUUID()];
    await app.documents.store(app.context(undefined, { actor: { kind: 'nobody', sessionId: 'a-session' } }), { documentId: photo as DocumentId, kind: 'photo', bytes: photoWithPlace, filename: 'hole.jpg', subject: { type: 'case', id: caseId } });
    const { reference } = await app.opened({ caseId, documents: [photo] });
    await app.opened();
    await app.drainJobs();
    await page.goto(`${app.origin()}/desk/back-office`);
    expect(await page.getByRole('row').count()).toBe(3);
    await looks('not-taken');
    await page.getByRole('link', { name: reference }).click();
    await looks('refused');
    app.far.behaviour = 'accept';
    await page.getByRole('button', { name: 'Try again' }).click();
    await app.drainJobs();
    await page.reload();
    expect(await page.locator('.govuk-tag').textContent()).toContain('Handed over');
    await looks('handed-over');
    await page.getByRole('button', { name: 'End links to photos' }).click();
    await page.getByText('Links to photos ended').waitFor();
    await looks('links-ended');
    await page.context().close();
  }
});
