import { generateKeyPairSync } from 'node:crypto';
import { SIGNED_OUT_PATH, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence, RedirectRefusal } from '@guildhall/identity-contract';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { Secret } from '@guildhall/kernel-contract';
import type { Council, CouncilId, Outcome, ProviderDependencies } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { entraParts, keycloakParts, officerParts } from '../officers.provider';
import { OidcSignIn } from '../oidc-sign-in';
import type { SignInParts } from '../oidc-sign-in';
import { residentParts } from '../oidc.provider';
import type { EntraOptions, KeycloakOptions, OfficerOptions, OidcOptions } from '../options';
import { SIMULATED_REALM, SIMULATED_TENANT, startOidcSimulator } from '../simulator/index';
import type { OidcSimulator, Shape, SimulatedClient, SimulatorOptions } from '../simulator/index';

/** A clock that goes, and can be put forward: the library looks at the real one and is told the difference. */
export class MovedClock {
  later = 0;
  now = (): Date => new Date(Date.now() + this.later);
  advance(seconds: number): void { this.later += seconds * 1000; }
}

export const testham = testCouncil({ origin: 'https://testham.example' });
export const elsewhere = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere', origin: 'https://elsewhere.example' });

/** A private key as a council sets it. */
export function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

export const STREETS = '0a1b2c3d-0000-4000-8000-00000000a001';
export const WASTE = '0a1b2c3d-0000-4000-8000-00000000a002';
const TEAMS = [
  { teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' }, from: [STREETS, '/guildhall/streets'] },
  { teamId: 'waste', title: { en: 'Waste', cy: 'Gwastraff' }, from: [WASTE, '/guildhall/waste'] },
];
/** Who is what at the invented council. */
export const STAFF_MAP = { roles: { adviser: ['Desk.Adviser'], 'case-officer': ['Desk.CaseOfficer'], 'team-manager': ['Desk.Manager'] }, teams: TEAMS } as const;

export type Changes = Partial<OidcOptions & OfficerOptions & EntraOptions & KeycloakOptions>;

/** Two councils that are signed up at a simulator. */
export interface SignedUp {
  readonly simulator: OidcSimulator;
  readonly provider: OidcSignIn;
  readonly other: OidcSignIn;
  readonly clock: MovedClock;
  readonly log: RecordedLog;
  /** Pauses that were wanted, in milliseconds. */
  readonly pauses: number[];
  readonly redirectUri: string;
  /** Lets time pass at the far end alone. */
  passThere(seconds: number): void;
  made(council: Council, changes?: Changes, dependencies?: Partial<ProviderDependencies>): OidcSignIn;
  registrationOf(council: Council): SimulatedClient;
  /** Plays the browser: chooses at the far end's page, and returns what comes back. */
  choose(url: string, choice: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** A whole sign-in as this person. */
  signIn(personId: string, how?: { readonly confidence?: IdentityConfidence; readonly at?: OidcSignIn; readonly factor?: 'one' | 'two' }): Promise<Outcome<IdentityClaims, RedirectRefusal>>;
}

/** What a provider is made from, for each kind of far end. */
export function partsFor(shape: Shape | 'officers', origin: string, issuer: string, clientId: string, changes: Changes): SignInParts {
  const proof = { clientId, ...('privateKey' in changes ? {} : { clientSecret: new Secret(`secret-of-${clientId}`) }) };
  switch (shape) {
    // Entra ID signs by RS256 and nothing else: another algorithm is not among what a council sets.
    case 'entra': return withAlgorithm(entraParts({ ...proof, tenant: SIMULATED_TENANT, authority: origin, emailDomains: ['testham.example'], ...STAFF_MAP, ...changes }), changes);
    case 'keycloak': return keycloakParts({ ...proof, url: origin, realm: SIMULATED_REALM, ...STAFF_MAP, ...changes });
    case 'officers': return officerParts({ ...proof, issuer, ...STAFF_MAP, ...changes });
    default: return residentParts({ ...proof, issuer, scopes: ['profile', 'email', 'phone'], confidence: { acr: { checked: 'medium', seen: 'low' } }, ...changes });
  }
}

function withAlgorithm(parts: SignInParts, { algorithm }: Changes): SignInParts {
  return { ...parts, options: { ...parts.options, ...(algorithm ? { algorithm } : {}) } };
}

export async function signedUp(shape: Shape | 'officers' = 'plain', more: Partial<SimulatorOptions> = {}): Promise<SignedUp> {
  const clock = new MovedClock();
  const log = new RecordedLog();
  const pauses: number[] = [];
  let ahead = 0;
  // EC keys are made in a moment; RSA keys, which are what most far ends have, take longer than everything else here.
  const { algorithm = 'ES256' } = more;
  const simulator = await startOidcSimulator({ clients: [], shape: shape === 'officers' ? 'plain' : shape, now: () => new Date(clock.now().getTime() + ahead), algorithm, ...more });
  const { origin, issuer } = simulator;
  const partsOf = (council: Council, changes: Changes = {}): SignInParts => partsFor(shape, origin, issuer, `${council.slug}-client`, { algorithm, ...changes });
  const { who, id } = partsOf(testham);
  const made: SignedUp['made'] = (council, changes = {}, dependencies = {}) => new OidcSignIn(
    partsOf(council, changes),
    testProviderDependencies({ council, clock, log, outbound: plainOutbound, secret: (name) => new Uint8Array(Buffer.from(`${council.slug} ${name}`.padEnd(32, '.').slice(0, 32))), ...dependencies }),
    { pause: async (milliseconds) => { pauses.push(milliseconds); }, chance: () => 0.5 },
  );
  const registrationOf = (council: Council): SimulatedClient => ({
    clientId: `${council.slug}-client`, clientSecret: `secret-of-${council.slug}-client`, redirectUris: [`${council.origin}${returnPath(who, id)}`], postLogoutRedirectUris: [`${council.origin}${SIGNED_OUT_PATH}`],
    backChannelLogoutUri: `${council.origin}${loggedOutPath(who, id)}`,
  });
  for (const council of [testham, elsewhere]) simulator.register(registrationOf(council));
  const [provider, other] = [made(testham), made(elsewhere)];
  const choose: SignedUp['choose'] = async (url, choice) => {
    const browser = new SmallBrowser();
    const page = await browser.open(url, origin);
    if (page.url.origin !== origin) return Object.fromEntries(page.url.searchParams);
    if (page.status !== 200) throw new Error(`The far end answered ${page.status}: ${page.body}`);
    const end = await browser.open(page.url.href, origin, new URLSearchParams(choice));
    if (end.url.origin === origin) throw new Error(`The far end kept the person: ${end.status} ${end.body}`);
    return Object.fromEntries(end.url.searchParams);
  };
  const redirectUri = `${testham.origin}${returnPath(who, id)}`;
  return {
    simulator, provider, other, clock, log, pauses, redirectUri, made, registrationOf, choose,
    passThere(seconds) { ahead += seconds * 1000; },
    async signIn(personId, { confidence, at = provider, factor } = {}) {
      const begun = await at.begin({ redirectUri, language: 'en', confidence });
      return at.complete(await choose(begun.url, { person: personId, ...(factor ? { factor } : {}) }), begun.keep);
    },
  };
}
