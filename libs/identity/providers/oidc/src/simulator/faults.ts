import { TOKEN_FAULTS, spoil } from '@guildhall/identity-contract/far-end';
import type { TokenFaultToPlay } from '@guildhall/identity-contract/far-end';

const { set, without, old } = spoil;
const OTHER_TENANT = '0a1b2c3d-0000-4000-8000-0000000000ff';

/** Everything that can be made to go wrong. @public */
export const FAULTS = {
  ...TOKEN_FAULTS,
  'id-token-template-issuer': { in: 'id-token', says: 'ID token of the issuer of all directories', change: set({ iss: 'https://login.microsoftonline.com/{tenantid}/v2.0' }) },
  'id-token-other-tenant': { in: 'id-token', says: 'ID token of another directory (tid)', change: set({ tid: OTHER_TENANT }) },
  'id-token-two-audiences': { in: 'id-token', says: 'ID token for us and another client, made for nobody in particular', change: (draft) => { draft.claims.aud = [String(draft.claims.aud), 'another-client']; delete draft.claims.azp; } },
  'id-token-wrong-party': { in: 'id-token', says: 'ID token made for another client (azp)', change: set({ azp: 'another-client' }) },
  'id-token-without-subject': { in: 'id-token', says: 'ID token of nobody', change: without('sub') },
  'id-token-without-oid': { in: 'id-token', says: 'ID token without the directory’s id of the person (oid)', change: without('oid') },
  'id-token-of-somebody-else': { in: 'id-token', says: 'ID token of another person', change: set({ sub: 'somebody-else' }) },
  'id-token-old': { in: 'id-token', says: 'ID token made an hour ago that expires tomorrow', change: old },
  'id-token-without-kid': { in: 'id-token', says: 'ID token that does not name its key', change: (draft) => { delete draft.header.kid; } },
  'logout-token-of-another-type': { in: 'logout-token', says: 'Logout token that is called an access token', change: (draft) => { draft.header.typ = 'at+jwt'; } },
  'redirect-wrong-issuer': { in: 'redirect', says: 'Answer in the browser that names another issuer (RFC 9207)' },
  'redirect-without-issuer': { in: 'redirect', says: 'Answer in the browser that names no issuer, though the configuration promises one' },
} as const satisfies Readonly<Record<string, TokenFaultToPlay>>;

/** The name of a fault. @public */
export type FaultName = keyof typeof FAULTS;

/** Whether this is one. */
export function isFault(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
