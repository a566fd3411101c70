import type { SimulatedPerson } from './people';

/** Which kind of far end is simulated. @public */
export type Shape = 'plain' | 'entra' | 'keycloak';

/** How somebody signed in, and what was asked for. */
export interface SignedInFacts { readonly hasSecondFactor: boolean; readonly asksForContext?: string; readonly isRefreshable: boolean }

/** Where a kind of far end has its pages, and what it writes into ID tokens. */
export interface ShapeRules {
  /** What stands behind the origin in the issuer. */
  readonly issuerPath: string;
  readonly routes: { readonly authorization: string; readonly token: string; readonly jwks: string; readonly userinfo: string; readonly end_session: string };
  /** Whether the answer in the browser names the issuer (RFC 9207). */
  readonly namesIssuer: boolean;
  claimsOf(person: SimulatedPerson, facts: SignedInFacts): Readonly<Record<string, unknown>>;
}

/** The directory's id of the simulated Entra ID. @public */
export const SIMULATED_TENANT = '0a1b2c3d-0000-4000-8000-00000000c0de';
/** The realm of the simulated Keycloak. @public */
export const SIMULATED_REALM = 'testham';

const isGuid = (text: string): boolean => /^[0-9a-f]{8}-/.test(text);

/** The kinds: as their documentation of 2026 describes the parts that a council meets. */
export const SHAPES: Readonly<Record<Shape, ShapeRules>> = {
  plain: {
    issuerPath: '', namesIssuer: true,
    routes: { authorization: '/authorize', token: '/token', jwks: '/jwks', userinfo: '/userinfo', end_session: '/logout' },
    claimsOf: ({ acr, roles, groups }, { hasSecondFactor }) => ({ amr: hasSecondFactor ? ['pwd', 'otp', 'mfa'] : ['pwd'], ...(acr ? { acr } : {}), ...(roles ? { roles } : {}), ...(groups ? { groups } : {}) }),
  },
  // No amr and no email_verified in v2.0 tokens; acrs when it was asked for and met; groups by id, or a pointer to Graph when there are too many.
  entra: {
    issuerPath: `/${SIMULATED_TENANT}/v2.0`, namesIssuer: false,
    routes: { authorization: `/${SIMULATED_TENANT}/oauth2/v2.0/authorize`, token: `/${SIMULATED_TENANT}/oauth2/v2.0/token`, jwks: `/${SIMULATED_TENANT}/discovery/v2.0/keys`, userinfo: '/oidc/userinfo', end_session: `/${SIMULATED_TENANT}/oauth2/v2.0/logout` },
    claimsOf: ({ id, email, roles, groups = [], hasTooManyGroups, isGuest, hasMailbox }, { hasSecondFactor, asksForContext }) => ({
      ver: '2.0', tid: SIMULATED_TENANT, oid: `0a1b2c3d-0000-4000-8000-${Buffer.from(id.padEnd(6, '.')).toString('hex').slice(0, 12)}`, preferred_username: email, ...(hasMailbox === false ? { email: undefined } : {}), email_verified: undefined, acct: isGuest ? 1 : 0,
      ...(asksForContext && hasSecondFactor ? { acrs: [asksForContext] } : {}),
      ...(roles ? { roles } : {}),
      ...(hasTooManyGroups ? { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: `https://graph.microsoft.com/v1.0/users/${id}/getMemberObjects` } } } : { groups: groups.filter(isGuid) }),
    }),
  },
  keycloak: {
    issuerPath: `/realms/${SIMULATED_REALM}`, namesIssuer: true,
    routes: {
      authorization: `/realms/${SIMULATED_REALM}/protocol/openid-connect/auth`, token: `/realms/${SIMULATED_REALM}/protocol/openid-connect/token`, jwks: `/realms/${SIMULATED_REALM}/protocol/openid-connect/certs`,
      userinfo: `/realms/${SIMULATED_REALM}/protocol/openid-connect/userinfo`, end_session: `/realms/${SIMULATED_REALM}/protocol/openid-connect/logout`,
    },
    claimsOf: ({ email, roles = [], groups = [] }, { hasSecondFactor }) => ({
      typ: 'ID', preferred_username: email, acr: hasSecondFactor ? '2' : '1', amr: hasSecondFactor ? ['pwd', 'mfa'] : ['pwd'],
      realm_access: { roles: ['offline_access', ...roles] }, groups: groups.filter((group) => !isGuid(group)),
    }),
  },
};
