import { OFFICER_SIGN_IN } from '@guildhall/identity-contract';
import type { RedirectSignIn } from '@guildhall/identity-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { Evidence, ProviderInstallation } from '@guildhall/kernel-contract';
import { pinned } from './issuer';
import { OidcSignIn } from './oidc-sign-in';
import type { SignInParts } from './oidc-sign-in';
import { installed } from './oidc.provider';
import type { EntraOptions, KeycloakOptions, OfficerOptions } from './options';
import { ReadOfficer } from './read-officer';
import type { OfficerRules } from './read-officer';
import { MULTIPLE_FACTORS } from './second-factor';

/** The id of the officers' sign-in, unless a council has several. */
export const OFFICERS_ID = 'identity.officer-sso';

const ENTRA = 'https://login.microsoftonline.com';
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Officers sign in with the council's own single sign-on, whatever speaks OpenID Connect: with the second factor, and with the roles and teams that its groups are mapped to.
 * @public
 * @throws Error that says which setting is missing or wrong
 * @example identity({ residents: [...], officers: [officerSingleSignOn({ issuer: env.string('SSO_ISSUER'), clientId: env.string('SSO_CLIENT_ID'), clientSecret: env.secret('SSO_SECRET'), roles: { 'case-officer': ['case-officers'] } })] })
 */
export function officerSingleSignOn(options: OfficerOptions): ProviderInstallation<RedirectSignIn> {
  return installation(officerParts(options), options);
}

/**
 * Officers sign in with Microsoft Entra ID, of one directory. Written against its documentation of 2026: v2.0 tokens say nothing of a second factor
 * (`amr`), so that an authentication context is asked for, `c1` unless told.
 * @public
 * @throws Error that says which setting is missing or wrong
 * @example identity({ residents: [...], officers: [entraId({ tenant: env.string('ENTRA_TENANT'), clientId: env.string('ENTRA_CLIENT_ID'), clientSecret: env.secret('ENTRA_SECRET'), emailDomains: ['council.example'], roles: { 'case-officer': ['Desk.CaseOfficer'] } })] })
 */
export function entraId(options: EntraOptions): ProviderInstallation<RedirectSignIn> {
  return installation(entraParts(options), { secondFactor: { acrs: ['c1'] }, ...options });
}

/**
 * Officers sign in with Keycloak.
 * @public
 * @throws Error that says which setting is missing or wrong
 * @example identity({ residents: [...], officers: [keycloak({ url: env.string('KEYCLOAK_URL'), realm: 'staff', clientId: env.string('KEYCLOAK_CLIENT_ID'), clientSecret: env.secret('KEYCLOAK_SECRET'), roles: { adviser: ['/guildhall/advisers'] } })] })
 */
export function keycloak(options: KeycloakOptions): ProviderInstallation<RedirectSignIn> {
  return installation(keycloakParts(options), options);
}

/** What the officers' sign-in is made from. */
export function officerParts(options: OfficerRules): SignInParts {
  return { who: 'officer', id: options.id ?? OFFICERS_ID, options, pinned: pinned(options.issuer), reading: new ReadOfficer(options) };
}

export function entraParts({ authority = ENTRA, ...options }: EntraOptions): SignInParts {
  const tenant = options.tenant.toLowerCase();
  // A domain would do for Entra ID; but what it publishes, and what stands in tokens, is the GUID.
  if (!GUID.test(tenant)) throw new Error(`entraId({ tenant: '${options.tenant}' }): write the directory's own id, a GUID. "common" and "organizations" would let in everybody's staff.`);
  if (options.emailDomains.length === 0) throw new Error('entraId({ emailDomains: [] }): list the domains of work addresses, since Entra ID vouches for no address.');
  return officerParts({ secondFactor: { acrs: ['c1'] }, rolesIn: ['roles', 'groups'], ...options, tenant, issuer: `${authority.replace(/\/$/, '')}/${tenant}/v2.0`, assertionAudience: 'token-endpoint', refreshScope: 'offline_access', subjectIn: 'oid' });
}

export function keycloakParts({ url, realm, ...options }: KeycloakOptions): SignInParts {
  return officerParts({ ...options, issuer: `${url.replace(/\/$/, '')}/realms/${encodeURIComponent(realm)}` });
}

function installation(parts: SignInParts, rules: Pick<OfficerRules, 'secondFactor'>): ProviderInstallation<RedirectSignIn> {
  return defineProvider<RedirectSignIn>({ port: OFFICER_SIGN_IN, ...installed(parts), evidence: [shownOf(rules)], create: (dependencies) => new OidcSignIn(parts, dependencies) });
}

/** What an assessor is shown of it. No setting but which claims are demanded. */
function shownOf({ secondFactor = MULTIPLE_FACTORS }: Pick<OfficerRules, 'secondFactor'>): Evidence {
  const facts = Object.fromEntries(Object.entries(secondFactor).map(([claim, values]) => [claim, [...(values as readonly string[])]]));
  return { id: 'identity.officer-second-factor', principles: ['10', '12'], how: 'configured', state: 'shown', text: 'Officers sign in with the council’s own account, and nobody whose token does not say that a second factor was used. Every ten minutes the directory is asked again.', facts };
}
