import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { returnPath } from '@guildhall/identity-contract';
import type { RedirectSignIn } from '@guildhall/identity-contract';
import type { RunningCompanion } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { demoOfficers, demoResidents } from '../index';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { OFFICERS_ID, RESIDENTS_ID, startSignIn } from './sign-in-companion';

const council = testCouncil({ origin: 'http://testham.localhost:4999', name: { en: 'Testham <Borough> Council', cy: 'Cyngor Testham' } });

describe('the development identity provider', () => {
  let folder: string;
  let companion: RunningCompanion;
  let log: RecordedLog;
  let browser: SmallBrowser;
  const start = () => startSignIn({ port: 0, dataFolder: folder, councils: [council], outbound: plainOutbound, log });
  const made = (who: 'resident' | 'officer') => (who === 'officer' ? demoOfficers() : demoResidents()).create(testProviderDependencies({ council, companionOrigin: companion.origin })) as RedirectSignIn;
  const begin = (who: 'resident' | 'officer', language: 'en' | 'cy' = 'en') => made(who).begin({ redirectUri: `${council.origin}${returnPath(who, who === 'officer' ? OFFICERS_ID : RESIDENTS_ID)}`, language });
  const pageOf = async (who: 'resident' | 'officer', language: 'en' | 'cy' = 'en') => browser.open((await begin(who, language)).url, companion.origin);
  const submit = (url: URL, form: Record<string, string>) => browser.open(url.href, companion.origin, new URLSearchParams(form));

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dev-oidc-'));
    log = new RecordedLog();
    browser = new SmallBrowser();
    companion = await start();
  });
  afterEach(async () => {
    await companion.stop();
    await rm(folder, { recursive: true });
  });

  it('lists invented residents to residents, and officers to officers', async () => {
    const residents = (await pageOf('resident')).body;
    expect(residents).toContain('Continue as Mair Evans');
    expect(residents).toContain('Somebody new');
    expect(residents).not.toContain('Gwen Parry');
    const officers = (await pageOf('officer')).body;
    expect(officers).toContain('Continue as Gwen Parry');
    expect(officers).toContain('gwen.parry@testham.example');
    expect(officers).not.toContain('Mair Evans');
    expect(officers).not.toContain('Somebody new');
  });

  it('speaks Welsh to whoever comes from a Welsh page, and escapes what it is told', async () => {
    const { body } = await pageOf('resident', 'cy');
    expect(body).toContain('<html lang="cy">');
    expect(body).toContain('Fel pwy hoffech chi fewngofnodi?');
    expect((await pageOf('resident')).body).toContain('Testham &#60;Borough&#62; Council');
  });

  it('lets somebody new in, and knows them when they come back after a restart', async () => {
    const subjects: string[] = [];
    for (let round = 0; round < 2; round++) {
      const provider = made('resident');
      const { url, keep } = await provider.begin({ redirectUri: `${council.origin}${returnPath('resident', RESIDENTS_ID)}`, language: 'en' });
      const page = await browser.open(url, companion.origin);
      if (round === 1) expect(page.body).toContain('Continue as Nia New');
      const end = await submit(page.url, { choice: 'new', name: 'Nia New', email: ' Nia.New@Post.Example ' });
      const outcome = await provider.complete(Object.fromEntries(end.url.searchParams), keep);
      expect(outcome).toMatchObject({ ok: true, value: { name: 'Nia New', verifiedEmail: 'nia.new@post.example' } });
      if (outcome.ok) subjects.push(outcome.value.subject);
      await companion.stop();
      companion = await start();
    }
    expect(subjects[0]).toBe(subjects[1]);
  });

  it('says what is missing at the field and in the summary, and keeps what was typed', async () => {
    const page = await pageOf('resident');
    const { body } = await submit(page.url, { choice: 'new', name: '', email: 'nia"@' });
    expect(body).toContain('<title>Error: Who do you want to sign in as?</title>');
    expect(body).toContain('<a href="#name">Enter a name</a>');
    expect(body).toContain('id="email-error"');
    expect(body).toContain('value="nia&#34;@"');
  });

  it('does not let a resident in as an officer, nor anybody whom it does not list', async () => {
    const page = await pageOf('resident');
    for (const choice of ['officer-testham-gwen.parry', 'nobody', '']) expect((await submit(page.url, { choice })).status).toBe(400);
    const desk = await pageOf('officer');
    expect((await submit(desk.url, { choice: 'new', name: 'Eve', email: 'eve@post.example' })).status).toBe(400);
  });

  it('does not act on a sign-in that another browser began', async () => {
    const page = await pageOf('resident');
    expect((await new SmallBrowser().open(page.url.href, companion.origin)).status).toBe(400);
    expect((await new SmallBrowser().open(page.url.href, companion.origin, new URLSearchParams({ choice: 'resident-mair-evans' }))).status).toBe(400);
  });

  it('refuses to lead anywhere but to its councils', async () => {
    const url = new URL((await begin('resident')).url);
    url.searchParams.set('redirect_uri', 'https://evil.example/');
    const end = await browser.open(url.href, companion.origin);
    expect(end.url.origin).toBe(companion.origin);
    expect(end.status).toBe(400);
  });

  it('keeps its keys for its own eyes, and the same ones ever after', async () => {
    const keys = async () => (await (await fetch(`${companion.origin}/jwks`)).json() as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const before = await keys();
    expect((await stat(path.join(folder, 'dev-oidc', 'keys.json'))).mode & 0o077).toBe(0);
    await companion.stop();
    companion = await start();
    expect(await keys()).toEqual(before);
  });

  it('writes nobody into its log', async () => {
    const page = await pageOf('resident');
    await submit(page.url, { choice: 'new', name: 'Nia New', email: 'nia.new@post.example' });
    expect(JSON.stringify(log.lines)).not.toMatch(/nia.?new/i);
    expect(page.url.href).not.toMatch(/nia.?new|mair.?evans/i);
  });
});
