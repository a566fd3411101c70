import type { SignedOutElsewhere } from '@guildhall/identity-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { JWTVerifyGetKey } from 'jose';
import type { Algorithm } from './algorithms';
import { CLOCK_TOLERANCE_IN_SECONDS } from './id-token';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** It is made for one call: two minutes. */
const MOST_AGE_IN_SECONDS = 120;
/** Longer than it can be taken: that, what two clocks may differ by before and after, and the second that is cut off. */
const REMEMBERED_FOR_IN_SECONDS = 240;
/** As it is called (2.4), or as ID tokens are called, which many servers still write. */
const TYPES: readonly unknown[] = [undefined, 'JWT', 'logout+jwt', 'application/logout+jwt'];

/** From whom, for whom and by which keys a logout token must be. */
export interface LogoutTokenRules { readonly issuer: string; readonly clientId: string; readonly algorithm: Algorithm; readonly keys: JWTVerifyGetKey; readonly clock: Clock }

/** Reads a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). @throws what the library throws of a token that does not verify; undefined when it verifies and is no logout token of a person */
export async function readLogoutToken(token: string, { issuer, clientId, algorithm, keys, clock }: LogoutTokenRules): Promise<SignedOutElsewhere | undefined> {
  const { jwtVerify } = await import('jose');
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: [algorithm], issuer, audience: clientId, requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'events'],
    currentDate: clock.now(), clockTolerance: CLOCK_TOLERANCE_IN_SECONDS, maxTokenAge: MOST_AGE_IN_SECONDS,
  });
  // With a nonce it would be an ID token that somebody took along (2.4).
  if (!payload.sub || !payload.jti || 'nonce' in payload || !TYPES.includes(protectedHeader.typ) || !isLogout(payload.events)) return undefined;
  return { issuer, subject: payload.sub, noticeId: payload.jti, goodForInSeconds: REMEMBERED_FOR_IN_SECONDS };
}

/** Keycloak tells of other events in the same token. */
function isLogout(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || Array.isArray(events)) return false;
  const detail = (events as Readonly<Record<string, unknown>>)[EVENT];
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail);
}
