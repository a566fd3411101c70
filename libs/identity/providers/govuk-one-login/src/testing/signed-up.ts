import { generateKeyPairSync } from 'node:crypto';
import { SIGNED_OUT_PATH, keysPath, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence, RedirectRefusal } from '@guildhall/identity-contract';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { Secret } from '@guildhall/kernel-contract';
import type { Council, CouncilId, Outcome, ProviderDependencies } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { PROVIDER_ID } from '../check-connection';
import { OneLoginSignIn } from '../one-login-sign-in';
import type { OneLoginOptions } from '../options';
import { startOneLoginSimulator } from '../simulator/index';
import type { OneLoginSimulator, SimulatedClient, SimulatorOptions } from '../simulator/index';

export const CALLBACK = returnPath('resident', PROVIDER_ID);

/** A clock that goes, and can be put forward: the library looks at the real one and is told the difference. */
export class MovedClock {
  later = 0;
  now = (): Date => new Date(Date.now() + this.later);
  advance(seconds: number): void { this.later += seconds * 1000; }
}

/** A private key as a council sets it. */
export function newKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}
// Making a key takes longer than everything else here: one each for all specs of a file.
const KEYS = { testham: newKey(), elsewhere: newKey() };

export const testham = testCouncil({ origin: 'https://testham.example' });
export const elsewhere = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere', origin: 'https://elsewhere.example' });

/** How a council is registered at the simulator. */
export async function registrationOf(council: Council, provider: Pick<OneLoginSignIn, 'publicKeys'>, changes: Partial<SimulatedClient> = {}): Promise<SimulatedClient> {
  return {
    clientId: `${council.slug}-client`, publicKeys: await provider.publicKeys(), redirectUris: [`${council.origin}${CALLBACK}`], postLogoutRedirectUris: [`${council.origin}${SIGNED_OUT_PATH}`],
    backChannelLogoutUri: `${council.origin}${loggedOutPath('resident', PROVIDER_ID)}`, levels: ['P0', 'P1', 'P2'], demandsPkce: true, ...changes,
  };
}

/** A council that is signed up at a simulator, and another one. */
export interface SignedUp {
  readonly simulator: OneLoginSimulator;
  readonly provider: OneLoginSignIn;
  readonly other: OneLoginSignIn;
  readonly clock: MovedClock;
  readonly log: RecordedLog;
  /** Pauses that were wanted, in milliseconds. */
  readonly pauses: number[];
  made(council: Council, options?: Partial<OneLoginOptions>, dependencies?: Partial<ProviderDependencies>): OneLoginSignIn;
  /** Plays the browser: chooses at the far end's page, and returns what comes back. */
  choose(url: string, choice: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** A whole sign-in as this person. */
  signIn(personId: string, confidence?: IdentityConfidence, provider?: OneLoginSignIn): Promise<Outcome<IdentityClaims, RedirectRefusal>>;
}

export async function signedUp(more: Partial<SimulatorOptions> = {}): Promise<SignedUp> {
  const clock = new MovedClock();
  const log = new RecordedLog();
  const pauses: number[] = [];
  const simulator = await startOneLoginSimulator({ clients: [], now: clock.now, ...more });
  const { origin } = simulator;
  const made: SignedUp['made'] = (council, options = {}, dependencies = {}) => new OneLoginSignIn(
    { clientId: `${council.slug}-client`, privateKey: new Secret(council.slug === 'elsewhere' ? KEYS.elsewhere : KEYS.testham), provesUpTo: 'medium', asksForAddress: true, ...options }, simulator.environment,
    testProviderDependencies({ council, clock, log, outbound: plainOutbound, secret: (name) => new Uint8Array(Buffer.from(`${council.slug} ${name}`.padEnd(32, '.').slice(0, 32))), ...dependencies }),
    { pause: async (milliseconds) => { pauses.push(milliseconds); }, chance: () => 0.5 },
  );
  const [provider, other] = [made(testham), made(elsewhere)];
  simulator.register(await registrationOf(testham, provider));
  simulator.register(await registrationOf(elsewhere, other));
  const choose: SignedUp['choose'] = async (url, choice) => {
    const browser = new SmallBrowser();
    const page = await browser.open(url, origin);
    if (page.url.origin !== origin) return Object.fromEntries(page.url.searchParams);
    const request = /name="request" value="([^"]+)"/.exec(page.body)?.[1];
    if (page.status !== 200 || !request) throw new Error(`The far end answered ${page.status}: ${page.body}`);
    const end = await browser.open(`${origin}/authorize`, origin, new URLSearchParams({ request, ...choice }));
    if (end.url.origin === origin) throw new Error(`The far end kept the person: ${end.body}`);
    return Object.fromEntries(end.url.searchParams);
  };
  return {
    simulator, provider, other, clock, log, pauses, made, choose,
    async signIn(personId, confidence, at = provider) {
      const begun = await at.begin({ redirectUri: `${testham.origin}${CALLBACK}`, language: 'en', confidence });
      return at.complete(await choose(begun.url, { person: personId }), begun.keep);
    },
  };
}

export const KEYS_PATH = keysPath('resident', PROVIDER_ID);
