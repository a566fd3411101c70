import type { JWTPayload } from 'jose';

/** What stands in a token before it is signed. */
export interface TokenDraft { header: { alg: string; kid?: string; typ?: string }; claims: JWTPayload; signedBy: 'own-key' | 'unknown-key' | 'nobody' | 'public-key-as-secret' }

/** One thing that can be made to go wrong, by name, so that a test and the page can both ask for it. */
export interface Fault { readonly in: 'id-token' | 'logout-token' | 'userinfo' | 'redirect'; readonly says: string; change?(draft: TokenDraft): void }

const set = (changes: JWTPayload) => (draft: TokenDraft): void => { Object.assign(draft.claims, changes); };
const without = (...names: readonly string[]) => (draft: TokenDraft): void => { for (const name of names) delete draft.claims[name]; };
const later = (seconds: number) => ({ claims }: TokenDraft): void => { for (const name of ['iat', 'exp', 'nbf', 'auth_time']) { const at = claims[name]; if (typeof at === 'number') claims[name] = at + seconds; } };
const unsigned = (draft: TokenDraft): void => { draft.header = { alg: 'none' }; draft.signedBy = 'nobody'; };
const byPublicKey = (draft: TokenDraft): void => { draft.header.alg = 'HS256'; draft.signedBy = 'public-key-as-secret'; };
const unknownKey = (draft: TokenDraft): void => { draft.header.kid = 'never-published'; draft.signedBy = 'unknown-key'; };
const forged = (draft: TokenDraft): void => { draft.signedBy = 'unknown-key'; };
const OTHERS = 'https://somebody-else.example/';
const OTHER_TENANT = '0a1b2c3d-0000-4000-8000-0000000000ff';

/** Everything that can be made to go wrong. @public */
export const FAULTS = {
  'id-token-wrong-issuer': { in: 'id-token', says: 'ID token of another issuer', change: set({ iss: OTHERS }) },
  'id-token-template-issuer': { in: 'id-token', says: 'ID token of the issuer of all directories', change: set({ iss: 'https://login.microsoftonline.com/{tenantid}/v2.0' }) },
  'id-token-other-tenant': { in: 'id-token', says: 'ID token of another directory (tid)', change: set({ tid: OTHER_TENANT }) },
  'id-token-wrong-audience': { in: 'id-token', says: 'ID token for another client', change: set({ aud: 'another-client' }) },
  'id-token-two-audiences': { in: 'id-token', says: 'ID token for us and another client, made for nobody in particular', change: (draft) => { draft.claims.aud = [String(draft.claims.aud), 'another-client']; delete draft.claims.azp; } },
  'id-token-wrong-party': { in: 'id-token', says: 'ID token made for another client (azp)', change: set({ azp: 'another-client' }) },
  'id-token-wrong-nonce': { in: 'id-token', says: 'ID token with another nonce', change: set({ nonce: 'another-nonce' }) },
  'id-token-without-nonce': { in: 'id-token', says: 'ID token without a nonce', change: without('nonce') },
  'id-token-without-subject': { in: 'id-token', says: 'ID token of nobody', change: without('sub') },
  'id-token-without-oid': { in: 'id-token', says: 'ID token without the directory’s id of the person (oid)', change: without('oid') },
  'id-token-of-somebody-else': { in: 'id-token', says: 'ID token of another person', change: set({ sub: 'somebody-else' }) },
  'id-token-expired': { in: 'id-token', says: 'ID token that has expired', change: later(-7_200) },
  'id-token-from-the-future': { in: 'id-token', says: 'ID token made tomorrow', change: later(86_400) },
  'id-token-old': { in: 'id-token', says: 'ID token made an hour ago that expires tomorrow', change: ({ claims }) => { claims.iat = (claims.iat ?? 0) - 3_600; claims.exp = (claims.exp ?? 0) + 86_400; } },
  'id-token-unsigned': { in: 'id-token', says: 'ID token with alg none', change: unsigned },
  'id-token-signed-with-the-public-key': { in: 'id-token', says: 'ID token with HS256, the public key as secret', change: byPublicKey },
  'id-token-unknown-key': { in: 'id-token', says: 'ID token by a key that is not published', change: unknownKey },
  'id-token-forged': { in: 'id-token', says: 'ID token with our kid and another key’s signature', change: forged },
  'id-token-without-kid': { in: 'id-token', says: 'ID token that does not name its key', change: (draft) => { delete draft.header.kid; } },
  'id-token-wrong-access-token-hash': { in: 'id-token', says: 'ID token made with another access token', change: set({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
  'id-token-without-access-token-hash': { in: 'id-token', says: 'ID token without at_hash', change: without('at_hash') },
  'logout-token-wrong-issuer': { in: 'logout-token', says: 'Logout token of another issuer', change: set({ iss: OTHERS }) },
  'logout-token-wrong-audience': { in: 'logout-token', says: 'Logout token for another client', change: set({ aud: 'another-client' }) },
  'logout-token-expired': { in: 'logout-token', says: 'Logout token that has expired', change: later(-3_600) },
  'logout-token-from-the-future': { in: 'logout-token', says: 'Logout token made tomorrow', change: later(86_400) },
  'logout-token-with-nonce': { in: 'logout-token', says: 'Logout token with a nonce, as an ID token has', change: set({ nonce: 'a-nonce' }) },
  'logout-token-without-events': { in: 'logout-token', says: 'Logout token that says nothing happened', change: without('events') },
  'logout-token-other-event': { in: 'logout-token', says: 'Logout token about something else', change: set({ events: { 'https://somebody-else.example/event': {} } }) },
  'logout-token-without-id': { in: 'logout-token', says: 'Logout token without jti', change: without('jti') },
  'logout-token-without-subject': { in: 'logout-token', says: 'Logout token of nobody', change: without('sub') },
  'logout-token-of-another-type': { in: 'logout-token', says: 'Logout token that is called an access token', change: (draft) => { draft.header.typ = 'at+jwt'; } },
  'logout-token-unsigned': { in: 'logout-token', says: 'Logout token with alg none', change: unsigned },
  'logout-token-signed-with-the-public-key': { in: 'logout-token', says: 'Logout token with HS256, the public key as secret', change: byPublicKey },
  'logout-token-unknown-key': { in: 'logout-token', says: 'Logout token by a key that is not published', change: unknownKey },
  'logout-token-forged': { in: 'logout-token', says: 'Logout token with our kid and another key’s signature', change: forged },
  'userinfo-of-somebody-else': { in: 'userinfo', says: 'User information of another person' },
  'redirect-wrong-issuer': { in: 'redirect', says: 'Answer in the browser that names another issuer (RFC 9207)' },
  'redirect-without-issuer': { in: 'redirect', says: 'Answer in the browser that names no issuer, though the configuration promises one' },
} as const satisfies Readonly<Record<string, Fault>>;

/** The name of a fault. @public */
export type FaultName = keyof typeof FAULTS;

/** Whether this is one. */
export function isFault(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
