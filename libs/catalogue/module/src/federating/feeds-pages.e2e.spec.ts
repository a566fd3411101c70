import { signAssessment } from '@guildhall/assurance-contract';
import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { examplePublisher } from '@guildhall/catalogue-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { verifierKey } from '@guildhall/sharing-contract';
import { generateKeyPairSync } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { catalogue } from '../catalogue.module';
import { AdmitsPublishers } from '../publishing/admits-publishers';

const NAMES = ['catalogue.glanafon.example/feed', 'catalogue.aldermoor.example/feed', 'catalogue.brackenfield.example/feed'];
const NOTE = (size: number, root: string): string => `${NAMES[1] ?? ''}\n${size}\n${Buffer.alloc(32, root).toString('base64')}\n\n— ${NAMES[1] ?? ''} ${Buffer.alloc(68, root).toString('base64')}\n`;
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  const feeds = NAMES.map((name) => ({ origin: `https://${name.split('/', 1)[0] ?? ''}`, key: verifierKey({ name, key: generateKeyPairSync('ed25519').privateKey }) }));
  app = await startTestApp({ councils: [testCouncilDefinition('westmarch', 1, [catalogue({ feedOrigin: 'catalogue.westmarch.example/feed', keys: [{ name: '2026-1' }], registries: {}, feeds })])] });
  const [api, ctx, system] = [app.get<CatalogueApi>(CATALOGUE.token), app.context(), app.systemContext()];
  const assessor = examplePublisher('assess-it', { name: { en: 'Assess It', cy: 'Asesu' }, kind: 'assessor' });
  const handed = await api.submitPublisher(ctx, assessor.envelope);
  await app.get(AdmitsPublishers).admit(system, handed.ok ? handed.value.id : '');
  const found = [['10', 'met'], ['2', 'not-met'], ['1', 'partly-met']] as const;
  await api.submitAssessment(ctx, signAssessment([{ name: 'https://share.riverbourne.example/sharing', digest: { sha256: 'a'.repeat(64) } }], {
    standard: 'ncsc-csp', assessedOn: '2026-06-01', validUntil: '2029-05-31', findings: found.map(([principle, result]) => ({ principle, result, how: 'tested' })), counterClaims: [{ principle: '2', text: 'Backups lie in another building since July.' }],
  }, assessor.lead.signer));
  await api.submitAssessment(ctx, signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.1.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2025-06-01', validUntil: '2026-05-31', findings: [{ principle: '10', result: 'met', how: 'reviewed' }] }, assessor.lead.signer));
  const { council: { id } } = ctx;
  await app.owner.query(`insert into catalogue.followed_feed (council_id, name, size, asked_at, heard_at, complete_at, fault, alarm) values
    ($1, $2, 1204, '2026-11-30T10:00:00Z', '2026-11-30T10:00:00Z', '2026-11-30T10:00:00Z', null, null), ($1, $3, 311, '2026-11-30T10:00:00Z', '2026-11-29T10:00:00Z', null, null, $5::jsonb), ($1, $4, 77, '2026-11-30T10:00:00Z', '2026-11-20T10:00:00Z', null, 'It did not answer.', null)`,
  [id, ...NAMES, JSON.stringify({ reason: 'forked', at: '2026-11-29T10:00:00Z', notes: [NOTE(311, 'a'), NOTE(312, 'b')] })]);
  await app.owner.query(`insert into catalogue.feed_conflict (council_id, feed, index, kind, about, version, digest, reason, message, found_at) values
    ($1, $2, 12, 'publisher', 'brackenfield', null, 'sha256:x', 'two-states', $3, '2026-11-28T10:00:00Z'), ($1, $2, 40, 'removed', '@westmarch/parking', '1.0.0', 'sha256:y', 'removed-there', $4, '2026-11-29T10:00:00Z')`,
  [id, NAMES[0], `${NAMES[0] ?? ''} shows another number 1 of brackenfield than is known here: somebody has signed two.`, `@westmarch/parking 1.0.0 is listed here, and ${NAMES[0] ?? ''} has taken it off: It asks for a second form.`]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each([[320, 'cy'], [1280, 'en']] as const)('at %i pixels, in %s', (width, language) => {
  it.each([
    ['feeds', ['catalogue.aldermoor.example/feed\n312', 'somebody has signed two', 'It asks for a second form.', 'catalogue.westmarch.example/feed+']],
    ['assurance', ['https://share.riverbourne.example/sharing', '@westmarch/parking 1.1.0', 'Backups lie in another building since July.']],
  ] as const)('%s says who is heard, who found what, and what does not fit', async (name, words) => {
    const page = await openPage(browser, { width });
    await page.goto(`${app.origin()}/catalogue/${name}?lang=${language}`);
    const text = await page.locator('main').innerText();
    for (const one of words) expect(text).toContain(one);
    await expectAccessible(page);
    await takeScreenshot(page, `catalogue-${name}`);
    await page.context().close();
  });
});
