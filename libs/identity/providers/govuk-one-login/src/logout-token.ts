import type { SignedOutElsewhere } from '@guildhall/identity-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { CLOCK_TOLERANCE_IN_SECONDS } from './core-identity';
import { ALGORITHM } from './published-keys';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** It is made for one call: two minutes. */
const MOST_AGE_IN_SECONDS = 120;
/** Longer than it can be taken: that, what two clocks may differ by before and after, and the second that is cut off. */
const REMEMBERED_FOR_IN_SECONDS = 240;

/** From whom, for whom and by which keys a logout token must be. */
export interface LogoutTokenRules { readonly issuer: string; readonly clientId: string; readonly keys: JWTVerifyGetKey; readonly clock: Clock }

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
