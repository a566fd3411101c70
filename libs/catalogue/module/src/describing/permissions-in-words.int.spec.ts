import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import { AdmitsPublishers } from '../publishing/admits-publishers';

const SLUG = 'westmarch';
const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
const END = { id: 'parking.end-permits', title: { en: 'End permits early', cy: 'Dod â thrwyddedau i ben yn gynnar' } };
let app: TestApp;
let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  app = await startTestApp({ councils: [testCouncilDefinition(SLUG, 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.origin } })])], clock });
  const [api, ctx, westmarch] = [app.get<CatalogueApi>(CATALOGUE.token), app.context(SLUG), examplePublisher('westmarch')];
  const submitted = await api.submitPublisher(ctx, westmarch.envelope);
  if (!submitted.ok) throw new Error(submitted.refusal.message);
  await app.get(AdmitsPublishers).admit(app.systemContext(SLUG), submitted.value.id);
  for (const [version, permissions, permissionTitles] of [['1.0.0', [END.id], undefined], ['1.1.0', [END.id, 'parking.tow-away'], { [END.id]: END.title }]] as const) {
    const files = exampleFiles('@westmarch/parking', version, { guildhall: { kind: 'module', id: 'parking', owner: 'Westmarch Digital', maturity: 'beta', provides: { parking: '0.1.0' }, languages: ['en', 'cy'], personalData: [], permissions, permissionTitles } }, version === '1.1.0' ? { 'publiccode.yml': 'publiccodeYmlVersion: "0.4"\ndescription:\n  cy:\n    shortDescription: Trwyddedau parcio.\n' } : {});
    expect(await api.submitRelease(ctx, exampleRelease(westmarch, files, await registry.put(files), { at: clock.now() }))).toMatchObject({ ok: true });
    await app.drainJobs();
  }
});
afterAll(async () => {
  await app?.close();
  await registry?.close();
});
const page = async (path: string): Promise<string> => {
  const { status, text } = await app.visitor(SLUG).get(path);
  expect(status).toBe(200);
  return text;
};

describe('what officers can be allowed to do, on the page of a package', () => {
  it('is in its maker’s words, in the reader’s language, and else as far as its id says it, in English', async () => {
    for (const [language, title] of Object.entries(END.title)) expect(await page(`/catalogue/packages/@westmarch/parking?lang=${language}`)).toMatch(new RegExp(`<li>${title} <span class="govuk-hint gh-catalogue__name" lang="en">parking\\.end-permits</span></li><li><span lang="en">Tow away</span> `));
    expect(await page('/catalogue/packages/@westmarch/parking/1.0.0?lang=cy')).toContain('<li><span lang="en">End permits</span> ');
  });
  it('is so where versions are compared', async () => {
    const text = await page('/catalogue/compare?of=@westmarch/parking@1.0.0&of=@westmarch/parking@1.1.0&lang=cy');
    for (const words of [END.title.cy, 'End permits', 'Tow away']) expect(text).toContain(words);
    expect(text).not.toContain(END.title.en);
  });
});

it('is described in Welsh where its publiccode.yml says it, and in English else', async () => {
  expect(await page('/catalogue/packages/@westmarch/parking?lang=cy')).toContain('<p class="govuk-body-l" lang="cy">Trwyddedau parcio.</p>');
  for (const path of ['?lang=en', '/1.0.0?lang=cy']) expect(await page(`/catalogue/packages/@westmarch/parking${path}`)).toContain('<p class="govuk-body-l" lang="en">Does what parking is for.</p>');
});
