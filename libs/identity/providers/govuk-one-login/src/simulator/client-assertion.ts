import { createHash, timingSafeEqual } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import { call } from '@guildhall/identity-contract/far-end';
import { ProtocolError } from './protocol-error';
import type { SimulatedClient } from './simulated-client';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
/** An assertion lives for five minutes at most. */
const LONGEST_LIFE_IN_SECONDS = 300;

/** What the simulator remembers and knows while it looks at an assertion. */
export interface AssertionRules { readonly audiences: readonly string[]; readonly clients: ReadonlyMap<string, SimulatedClient>; readonly seen: Map<string, number>; readonly nowInSeconds: number }

/** Which client calls the token endpoint: by its secret, or by an assertion that it signed. @throws ProtocolError */
export async function clientOf(form: URLSearchParams, rules: AssertionRules): Promise<SimulatedClient> {
  return form.has('client_secret') && !form.has('client_assertion') ? clientWithSecret(form, rules.clients) : clientThatSigned(form, rules);
}

function clientWithSecret(form: URLSearchParams, clients: ReadonlyMap<string, SimulatedClient>): SimulatedClient {
  if (!form.get('client_id') || !form.get('client_secret')) throw new ProtocolError(400, 'invalid_request', 'Invalid client secret');
  const client = clients.get(form.get('client_id') ?? '');
  if (!client) throw new ProtocolError(400, 'invalid_client', 'Client authentication failed');
  if (client.clientSecret === undefined) throw new ProtocolError(400, 'invalid_client', 'Client is not registered to use client_secret_post');
  const [shown, known] = [form.get('client_secret') ?? '', client.clientSecret].map((secret) => createHash('sha256').update(secret).digest());
  if (!shown || !known || !timingSafeEqual(shown, known)) throw new ProtocolError(400, 'invalid_client', 'Invalid client secret');
  return client;
}

/** Every claim of the assertion is looked at (RFC 7523, 3), and each works once. */
async function clientThatSigned(form: URLSearchParams, { audiences, clients, seen, nowInSeconds }: AssertionRules): Promise<SimulatedClient> {
  const { decodeJwt, decodeProtectedHeader, jwtVerify } = await import('jose');
  const token = form.get('client_assertion');
  if (!token || !form.get('client_assertion_type')) throw new ProtocolError(400, 'invalid_request', 'Invalid token authentication method used');
  if (form.get('client_assertion_type') !== TYPE) throw new ProtocolError(400, 'invalid_request', 'Invalid private_key_jwt');
  let header: { alg?: string; kid?: string };
  let claims: ReturnType<typeof decodeJwt>;
  try { header = decodeProtectedHeader(token); claims = decodeJwt(token); } catch { throw new ProtocolError(400, 'invalid_request', 'Invalid client_assertion JWT'); }
  const { iss, sub, aud, exp, iat, jti } = claims;
  if (!header.alg || !ALGORITHMS.includes(header.alg)) throw new ProtocolError(400, 'invalid_request', 'Invalid client_assertion JWT: the algorithm is not RSA');
  if (!sub || !iss || !aud || typeof exp !== 'number') throw new ProtocolError(400, 'invalid_request', 'Invalid client_assertion JWT: iss, sub, aud or exp is missing');
  if (form.get('client_id') && form.get('client_id') !== sub) throw new ProtocolError(400, 'invalid_request', 'Invalid client_assertion JWT: the client identifier does not match the subject');
  const client = clients.get(sub);
  if (!client) throw new ProtocolError(401, 'invalid_client', 'Client authentication failed');
  if (client.clientSecret !== undefined) throw new ProtocolError(400, 'invalid_client', 'Client is not registered to use private_key_jwt');
  if (iss !== sub) throw new ProtocolError(400, 'invalid_client', 'Invalid signature in private_key_jwt');
  if (exp <= nowInSeconds) throw new ProtocolError(400, 'invalid_grant', 'private_key_jwt has expired');
  if (exp > nowInSeconds + LONGEST_LIFE_IN_SECONDS) throw new ProtocolError(400, 'invalid_client', 'private_key_jwt lives for too long');
  if (typeof iat === 'number' && iat > nowInSeconds + 60) throw new ProtocolError(400, 'invalid_client', 'private_key_jwt is from the future');
  if (![aud].flat().every((each) => audiences.includes(each))) throw new ProtocolError(400, 'invalid_client', 'Invalid signature in private_key_jwt');
  try {
    await jwtVerify(token, await keysOf(client), { algorithms: ALGORITHMS, currentDate: new Date(nowInSeconds * 1000) });
  } catch {
    throw new ProtocolError(400, 'invalid_client', 'Invalid signature in private_key_jwt');
  }
  // After the signature: otherwise anybody could use up somebody's ids.
  if (!jti || seen.has(`${sub} ${jti}`)) throw new ProtocolError(400, 'invalid_client', jti ? 'private_key_jwt was used before' : 'private_key_jwt has no jti');
  for (const [key, until] of seen) if (until < nowInSeconds) seen.delete(key);
  seen.set(`${sub} ${jti}`, exp);
  return client;
}

const published = new WeakMap<SimulatedClient, JWTVerifyGetKey>();

/** The client's public keys. Those that it publishes are kept for some minutes, and fetched again as soon as it signs with one that is not among them. */
export async function keysOf(client: SimulatedClient): Promise<JWTVerifyGetKey> {
  const { createLocalJWKSet, createRemoteJWKSet, customFetch } = await import('jose');
  const { publicKeys } = client;
  if (!publicKeys) throw new ProtocolError(400, 'invalid_client', 'No public key is registered');
  if ('keys' in publicKeys) return createLocalJWKSet({ keys: [...publicKeys.keys] });
  const kept = published.get(client) ?? createRemoteJWKSet(new URL(publicKeys.jwksUri), {
    cooldownDuration: 0,
    [customFetch]: async (url: string) => {
      const { status, body } = await call(url, 'one-login-simulator');
      return new Response(body, { status });
    },
  });
  published.set(client, kept);
  return kept;
}
