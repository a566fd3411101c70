import type { SignedOutElsewhere } from '@guildhall/identity-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { CLOCK_TOLERANCE_IN_SECONDS } from './core-identity';
import { ALGORITHM } from './published-keys';

/** A logout token says one thing; anything longer is somebody's try to keep us busy. */
const MOST_BYTES = 10_000;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** One Login makes a token for one call: two minutes, and a third in which its id is still to be remembered. */
const REMEMBERED_FOR_IN_SECONDS = 180;
const MOST_AGE_IN_SECONDS = 120;

/** From whom, for whom and by which keys a logout token must be. */
export interface LogoutTokenRules { readonly issuer: string; readonly clientId: string; readonly keys: JWTVerifyGetKey; readonly clock: Clock }

/** The one token in a form; undefined when there is none, more than one, or far too much. */
export function logoutTokenIn(body: string): string | undefined {
  if (body.length > MOST_BYTES) return undefined;
  const tokens = new URLSearchParams(body).getAll('logout_token');
  return tokens.length === 1 && tokens[0] ? tokens[0] : undefined;
}

/** Reads a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). @throws what the library throws of a token that does not verify; undefined when it verifies and is no logout token */
export async function readLogoutToken(token: string, { issuer, clientId, keys, clock }: LogoutTokenRules): Promise<SignedOutElsewhere | undefined> {
  const { jwtVerify } = await import('jose');
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [ALGORITHM], issuer, audience: clientId, requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'events'],
    currentDate: clock.now(), clockTolerance: CLOCK_TOLERANCE_IN_SECONDS, maxTokenAge: MOST_AGE_IN_SECONDS,
  });
  // With a nonce it would be an ID token that somebody took along (2.4).
  if (!payload.sub || !payload.jti || 'nonce' in payload || !isLogout(payload)) return undefined;
  return { issuer, subject: payload.sub, noticeId: payload.jti, goodForInSeconds: REMEMBERED_FOR_IN_SECONDS };
}

function isLogout({ events }: JWTPayload): boolean {
  if (typeof events !== 'object' || events === null || Array.isArray(events)) return false;
  const entries = Object.entries(events as Readonly<Record<string, unknown>>);
  const [name, detail] = entries[0] ?? [];
  return entries.length === 1 && name === EVENT && typeof detail === 'object' && detail !== null && !Array.isArray(detail) && Object.keys(detail).length === 0;
}
