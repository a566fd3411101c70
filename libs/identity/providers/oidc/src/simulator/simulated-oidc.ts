import { OFFICER_SIGN_IN, RESIDENT_SIGN_IN, SIGNED_OUT_PATH, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { RedirectSignIn, SignInProvider } from '@guildhall/identity-contract';
import type { Companion, CompanionOptions, Council, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import { OFFICERS_ID, keycloak } from '../officers.provider';
import { RESIDENTS_ID, oidc } from '../oidc.provider';
import type { OidcOptions, StaffMap } from '../options';
import { startOidcSimulator } from './oidc-simulator';
import { SIMULATED_REALM } from './shapes';
import type { Shape } from './shapes';
import type { SimulatedClient } from './simulated-client';

type Who = 'resident' | 'officer';
const IDS: Readonly<Record<Who, string>> = { resident: RESIDENTS_ID, officer: OFFICERS_ID };

const clientIdOf = ({ slug }: Council): string => `simulated-${slug}`;
/** Both ends of it know this, and nobody else. */
const clientSecretFrom = (secret: Uint8Array): string => Buffer.from(secret).toString('hex');
const SECRET = 'simulator client';

function clientOf(council: Council, who: Who, secret: CompanionOptions['secret']): SimulatedClient {
  const at = (path: string): string => `${council.origin}${path}`;
  return {
    clientId: clientIdOf(council), clientSecret: clientSecretFrom(secret(council, IDS[who], SECRET)), redirectUris: [at(returnPath(who, IDS[who]))],
    postLogoutRedirectUris: [at(who === 'officer' ? `/desk${SIGNED_OUT_PATH}` : SIGNED_OUT_PATH), at(SIGNED_OUT_PATH)], backChannelLogoutUri: at(loggedOutPath(who, IDS[who])),
  };
}

function simulatorOf(who: Who, shape: Shape, title: string): Companion {
  return Object.freeze<Companion>({
    id: `${IDS[who]}-simulator`, title,
    start: ({ port, councils, secret }) => startOidcSimulator({ port, shape, clients: councils.map((council) => clientOf(council, who, secret)) }),
  });
}
const residents = simulatorOf('resident', 'plain', 'OpenID Connect for residents, simulated: its people, and what can go wrong');
const officers = simulatorOf('officer', 'keycloak', 'Keycloak for officers, simulated: its people, and what can go wrong');

/**
 * Residents sign in with an OpenID Connect provider as a council will have it, at a simulator that starts beside the council's server: its people are invented.
 * @public
 * @example identity({ residents: [simulatedOidc(), oneTimeCode()], officers: [...] })
 */
export function simulatedOidc(options: Pick<OidcOptions, 'title' | 'hint' | 'confidence'> = {}): ProviderInstallation<SignInProvider> {
  return defineSimulated<SignInProvider>({
    port: RESIDENT_SIGN_IN, id: RESIDENTS_ID, title: { en: 'Residents’ sign-in (simulated)', cy: 'Mewngofnodi trigolion (efelychiad)' }, simulator: residents,
    at: (issuer, { council, secret }) => oidc({ ...options, issuer, clientId: clientIdOf(council), clientSecret: new Secret(clientSecretFrom(secret(SECRET))) }),
  });
}

/** The roles of the simulated staff. */
const ROLES: StaffMap['roles'] = { adviser: ['Desk.Adviser'], 'case-officer': ['Desk.CaseOfficer'], 'team-manager': ['Desk.Manager'] };

/**
 * Officers sign in with Keycloak as a council will have it, at a simulator that starts beside the council's server: its staff are invented.
 * @public
 * @example identity({ residents: [...], officers: [simulatedKeycloak()] })
 */
export function simulatedKeycloak(map: Partial<StaffMap> = {}): ProviderInstallation<RedirectSignIn> {
  return defineSimulated<RedirectSignIn>({
    port: OFFICER_SIGN_IN, id: OFFICERS_ID, title: { en: 'Officers’ single sign-on (simulated)', cy: 'Mewngofnodi unwaith swyddogion (efelychiad)' }, simulator: officers,
    at: (url, { council, secret }) => keycloak({ roles: ROLES, ...map, url, realm: SIMULATED_REALM, clientId: clientIdOf(council), clientSecret: new Secret(clientSecretFrom(secret(SECRET))) }),
  });
}
