import type { SimulatedClient } from './simulated-client';

/** What a council's service asked for, after it was looked at. */
export interface AuthorizeRequest {
  readonly client: SimulatedClient;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly credential: 'Cl' | 'Cl.Cm';
  readonly level: 'P0' | 'P1' | 'P2';
  readonly language: 'en' | 'cy';
  readonly codeChallenge?: string;
  readonly usesFragment: boolean;
  /** How old a sign-in may be. */
  readonly maxAgeInSeconds?: number;
  readonly prompt?: string;
  readonly idTokenHint?: string;
}
/** What is made of a request: a page for the person, an error for the service, or a refusal to send anybody anywhere. */
export type LookedAt =
  | { readonly kind: 'ask'; readonly request: AuthorizeRequest }
  | { readonly kind: 'error'; readonly redirectUri: string; readonly state: string; readonly error: string; readonly description: string; readonly usesFragment: boolean }
  | { readonly kind: 'refused'; readonly description: string };

const SCOPES = ['openid', 'email', 'phone', 'wallet-subject-id'];
const VECTOR = /^(Cl|Cl\.Cm)(?:\.(P[012]))?$|^(P[012])\.(Cl|Cl\.Cm)$/;
const CLAIMS = ['coreIdentityJWT', 'address', 'passport', 'drivingPermit', 'returnCode'].map((name) => `https://vocab.account.gov.uk/v1/${name}`);

/** Looks at an authorization request as One Login does: whoever is not known, or would be sent to an address that is not registered, gets a page. */
export function lookAt(query: URLSearchParams, clients: ReadonlyMap<string, SimulatedClient>): LookedAt {
  const client = clients.get(query.get('client_id') ?? '');
  if (!client) return { kind: 'refused', description: 'client_id is not registered' };
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client.redirectUris.includes(redirectUri)) return { kind: 'refused', description: 'redirect_uri is not registered for this client' };
  const state = query.get('state') ?? '';
  const usesFragment = query.get('response_mode') === 'fragment';
  const error = (name: string, description: string): LookedAt => ({ kind: 'error', redirectUri, state, error: name, description, usesFragment });
  if (client.isDeactivated) return error('unauthorized_client', 'client deactivated');
  if (query.get('response_type') !== 'code') return error('unsupported_response_type', 'Unsupported response type');
  const scopes = (query.get('scope') ?? '').split(' ').filter(Boolean);
  if (!scopes.includes('openid') || scopes.some((scope) => !SCOPES.includes(scope) || !(client.scopes ?? SCOPES).includes(scope))) return error('invalid_scope', 'Invalid, unknown or malformed scope');
  const nonce = query.get('nonce') ?? '';
  if (!state) return error('invalid_request', 'Request is missing state parameter');
  if (!nonce) return error('invalid_request', 'Request is missing nonce parameter');
  const trust = trustIn(query.get('vtr'), client);
  if (!trust) return error('invalid_request', 'Request vtr not valid');
  const claims = claimsIn(query.get('claims'));
  if (!claims || claims.some((claim) => !CLAIMS.includes(claim) || !(client.claims ?? CLAIMS).includes(claim))) return error('invalid_request', 'Request contains invalid claims');
  const codeChallenge = query.get('code_challenge') ?? undefined;
  if (client.demandsPkce && !codeChallenge) return error('invalid_request', 'Request is missing code_challenge parameter, but PKCE is enforced.');
  if (codeChallenge && query.get('code_challenge_method') !== 'S256') return error('invalid_request', 'Invalid value for code_challenge_method parameter.');
  const maxAge = client.allowsMaxAge ? query.get('max_age') : null;
  if (maxAge !== null && !/^\d{1,9}$/.test(maxAge)) return error('invalid_request', 'Invalid value for max_age parameter.');
  const more = { maxAgeInSeconds: maxAge === null ? undefined : Number(maxAge), prompt: query.get('prompt') ?? undefined, idTokenHint: query.get('id_token_hint') ?? undefined };
  return { kind: 'ask', request: { client, redirectUri, state, nonce, scopes, claims, ...trust, language: (query.get('ui_locales') ?? '').split(' ')[0] === 'cy' ? 'cy' : 'en', codeChallenge, usesFragment, ...more } };
}

/** The vector of trust that was asked for; the lowest when there are several, as One Login takes them. */
function trustIn(vtr: string | null, client: SimulatedClient): { readonly credential: 'Cl' | 'Cl.Cm'; readonly level: 'P0' | 'P1' | 'P2' } | undefined {
  let vectors: unknown;
  try { vectors = JSON.parse(vtr ?? '["Cl.Cm"]'); } catch { return undefined; }
  if (!Array.isArray(vectors) || vectors.length === 0) return undefined;
  const read = vectors.map((vector: unknown) => {
    const [, credential, level, levelFirst, credentialLast] = (typeof vector === 'string' && VECTOR.exec(vector)) || [];
    return { credential: (credential ?? credentialLast) as 'Cl' | 'Cl.Cm' | undefined, level: (level ?? levelFirst ?? 'P0') as 'P0' | 'P1' | 'P2' };
  }).sort((one, two) => one.level.localeCompare(two.level));
  const [lowest] = read;
  const levels = client.clientSecret ? ['P0'] : (client.levels ?? ['P0']);
  if (!lowest || read.some(({ credential, level }) => !credential || !levels.includes(level) || (level !== 'P0' && credential !== 'Cl.Cm'))) return undefined;
  return { credential: lowest.credential ?? 'Cl.Cm', level: lowest.level };
}

function claimsIn(claims: string | null): readonly string[] | undefined {
  if (!claims) return [];
  try {
    const { userinfo } = JSON.parse(claims) as { userinfo?: unknown };
    return typeof userinfo === 'object' && userinfo !== null ? Object.keys(userinfo) : [];
  } catch { return undefined; }
}
