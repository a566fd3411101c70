import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { returnPath } from '@guildhall/identity-contract';
import type { RedirectSignIn } from '@guildhall/identity-contract';
import { SmallBrowser, redirectSignInKit } from '@guildhall/identity-contract/testing';
import type { FarEndPerson, RedirectSignInHarness } from '@guildhall/identity-contract/testing';
import type { Council, CouncilId, ProviderInstallation, RunningCompanion } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { OFFICERS_ID, RESIDENTS_ID, startSignIn } from '../companion/sign-in-companion';
import { demoOfficers, demoResidents } from '../index';

const riverside = testCouncil({ origin: 'http://riverside.localhost:4999' });
const elsewhere = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere', origin: 'http://elsewhere.localhost:4999' });

interface Opened extends RedirectSignInHarness { readonly companion: RunningCompanion; readonly folder: string }

function made(installation: ProviderInstallation<unknown>, council: Council, companionOrigin: string): RedirectSignIn {
  const secret = () => new Uint8Array(Buffer.from(council.slug.padEnd(32, '.')));
  return installation.create(testProviderDependencies({ council, companionOrigin, secret })) as RedirectSignIn;
}

function source(who: 'resident' | 'officer', people: readonly [FarEndPerson, FarEndPerson], more: Partial<RedirectSignInHarness>, abilities: readonly string[]) {
  const installation = who === 'officer' ? demoOfficers() : demoResidents();
  const callback = returnPath(who, who === 'officer' ? OFFICERS_ID : RESIDENTS_ID);
  return {
    abilities: [...abilities, 'decline', 'languages', 'time', 'outage', 'sign-out', 'names'],
    async open(): Promise<Opened> {
      const folder = await mkdtemp(path.join(tmpdir(), 'dev-oidc-'));
      let later = 0;
      const companion = await startSignIn({ port: 0, dataFolder: folder, councils: [riverside, elsewhere], outbound: plainOutbound, log: new RecordedLog(), now: () => Date.now() + later });
      const { origin } = companion;
      const browser = new SmallBrowser();
      const choose = async (url: string, choice: (page: string) => string): Promise<Readonly<Record<string, string>>> => {
        const page = await browser.open(url, origin);
        if (page.status !== 200) throw new Error(`The far end answered ${page.status}: ${page.body}`);
        const end = await browser.open(page.url.href, origin, new URLSearchParams({ choice: choice(page.body) }));
        if (end.url.origin === origin) throw new Error(`The far end kept the person: ${end.body}`);
        return Object.fromEntries(end.url.searchParams);
      };
      return {
        companion, folder,
        provider: made(installation, riverside, origin),
        redirectUri: `${riverside.origin}${callback}`,
        farEndOrigin: origin,
        otherCouncil: { provider: made(installation, elsewhere, origin), redirectUri: `${elsewhere.origin}${callback}` },
        people,
        signIn: (url, person) => choose(url, (page) => new RegExp(`value="([^"]+)"[^>]*>[^<]*${person.name}`).exec(page)?.[1] ?? 'nobody'),
        decline: (url) => choose(url, () => 'decline'),
        async languageAt(url) { return /<html lang="cy">/.test((await browser.open(url, origin)).body) ? 'cy' : 'en'; },
        async expireAnswers() { later = 61_000; },
        stopFarEnd: () => companion.stop(),
        async signOut(url) {
          const page = await browser.open(url, origin);
          const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
          const end = await browser.open(`${origin}/session/end/confirm`, origin, new URLSearchParams({ xsrf, logout: 'yes' }));
          return end.url.href;
        },
        ...more,
      };
    },
    async close({ companion, folder }: RedirectSignInHarness & Partial<Opened>) {
      await companion?.stop();
      if (folder) await rm(folder, { recursive: true });
    },
  };
}

export const residents = source('resident',
  [{ name: 'Mair Evans', email: 'mair.evans@post.example' }, { name: 'Tom Bell', email: 'tom.bell@post.example' }],
  { unverified: { name: 'Aisha Khan', email: 'aisha.khan@post.example' }, leastKnown: { name: 'Tom Bell', email: 'tom.bell@post.example' } },
  ['unverified-email', 'confidence']);
export const officers = source('officer', [{ name: 'Daniel Osei', email: 'daniel.osei@testham.example' }, { name: 'Helen Shaw', email: 'helen.shaw@testham.example' }], {}, ['directory']);

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [
  { kit: redirectSignInKit.id, source: residents, report: 'conformance-residents.json', of: 'residents' },
  { kit: redirectSignInKit.id, source: officers, report: 'conformance-officers.json', of: 'officers' },
];
