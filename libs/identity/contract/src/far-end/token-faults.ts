/** The claims of a token, as far as their kind is known. @beta */
export interface DraftClaims { [name: string]: unknown; iss?: string; sub?: string; aud?: string | string[]; jti?: string; nbf?: number; exp?: number; iat?: number }
/** What stands in a simulator's token before it is signed. @beta */
export interface TokenDraft { header: { alg: string; kid?: string; typ?: string }; claims: DraftClaims; signedBy: 'own-key' | 'unknown-key' | 'nobody' | 'public-key-as-secret' }
/** One thing that can be made to go wrong at a simulator, by name, so that a test and its page can both ask for it. @beta */
export interface TokenFaultToPlay { readonly in: string; readonly says: string; change?(draft: TokenDraft): void }

const set = (changes: DraftClaims) => (draft: TokenDraft): void => { Object.assign(draft.claims, changes); };
const without = (...names: readonly string[]) => (draft: TokenDraft): void => { for (const name of names) delete draft.claims[name]; };
const later = (seconds: number) => ({ claims }: TokenDraft): void => { for (const name of ['iat', 'exp', 'nbf', 'auth_time']) { const at = claims[name]; if (typeof at === 'number') claims[name] = at + seconds; } };
const old = ({ claims }: TokenDraft): void => { claims.iat = (claims.iat ?? 0) - 3_600; claims.exp = (claims.exp ?? 0) + 86_400; };
const unsigned = (draft: TokenDraft): void => { draft.header = { alg: 'none' }; draft.signedBy = 'nobody'; };
const byPublicKey = (draft: TokenDraft): void => { draft.header.alg = 'HS256'; draft.signedBy = 'public-key-as-secret'; };
const unknownKey = (draft: TokenDraft): void => { draft.header.kid = `${draft.header.kid?.split('#')[0] ?? ''}#never-published`; draft.signedBy = 'unknown-key'; };
const forged = (draft: TokenDraft): void => { draft.signedBy = 'unknown-key'; };
const OTHERS = 'https://somebody-else.example/';

/** How a token is spoiled. @beta */
export const spoil = { set, without, later, old, unsigned, byPublicKey, unknownKey, forged, OTHERS } as const;

/** What can go wrong with the tokens of every OpenID Connect provider. @beta */
export const TOKEN_FAULTS = {
  'id-token-wrong-issuer': { in: 'id-token', says: 'ID token of another issuer', change: set({ iss: OTHERS }) },
  'id-token-wrong-audience': { in: 'id-token', says: 'ID token for another client', change: set({ aud: 'another-client' }) },
  'id-token-wrong-nonce': { in: 'id-token', says: 'ID token with another nonce', change: set({ nonce: 'another-nonce' }) },
  'id-token-without-nonce': { in: 'id-token', says: 'ID token without a nonce', change: without('nonce') },
  'id-token-expired': { in: 'id-token', says: 'ID token that has expired', change: later(-7_200) },
  'id-token-from-the-future': { in: 'id-token', says: 'ID token made tomorrow', change: later(86_400) },
  'id-token-unsigned': { in: 'id-token', says: 'ID token with alg none', change: unsigned },
  'id-token-signed-with-the-public-key': { in: 'id-token', says: 'ID token with HS256, the public key as secret', change: byPublicKey },
  'id-token-unknown-key': { in: 'id-token', says: 'ID token by a key that is not published', change: unknownKey },
  'id-token-forged': { in: 'id-token', says: 'ID token with our kid and another key’s signature', change: forged },
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
  'logout-token-unsigned': { in: 'logout-token', says: 'Logout token with alg none', change: unsigned },
  'logout-token-signed-with-the-public-key': { in: 'logout-token', says: 'Logout token with HS256, the public key as secret', change: byPublicKey },
  'logout-token-unknown-key': { in: 'logout-token', says: 'Logout token by a key that is not published', change: unknownKey },
  'logout-token-forged': { in: 'logout-token', says: 'Logout token with our kid and another key’s signature', change: forged },
  'userinfo-of-somebody-else': { in: 'userinfo', says: 'User information of another person' },
} as const satisfies Readonly<Record<string, TokenFaultToPlay>>;
