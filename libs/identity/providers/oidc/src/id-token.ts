import { TokenFault, halfHashOf } from '@guildhall/identity-contract/far-end';
import type { Clock } from '@guildhall/kernel-contract';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { hashOf } from './algorithms';
import type { Algorithm } from './algorithms';

/** Seconds by which two clocks may differ. */
export const CLOCK_TOLERANCE_IN_SECONDS = 30;
/** An ID token is fetched as soon as it is made. */
const MOST_AGE_IN_SECONDS = 300;

/** From whom, for whom, by which keys and beside which access token an ID token must be. */
export interface IdTokenRules {
  readonly issuer: string;
  readonly clientId: string;
  readonly algorithm: Algorithm;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
  readonly accessToken: string;
  /** What was sent along with the person; absent where the token comes by a refresh (OpenID Connect Core 1.0, 12.2). */
  readonly nonce?: string;
}

/** Reads an ID token that is the issuer's own, for this council, of now, and of this sign-in (OpenID Connect Core 1.0, 3.1.3.7). @throws what the library throws of a token that does not verify; TokenFault */
export async function readIdToken(token: string, { issuer, clientId, algorithm, keys, clock, accessToken, nonce }: IdTokenRules): Promise<JWTPayload & { readonly sub: string }> {
  const { jwtVerify } = await import('jose');
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [algorithm], issuer, audience: clientId, requiredClaims: ['sub', 'exp', 'iat', ...(nonce === undefined ? [] : ['nonce'])],
    currentDate: clock.now(), clockTolerance: CLOCK_TOLERANCE_IN_SECONDS, maxTokenAge: MOST_AGE_IN_SECONDS,
  });
  if (!payload.sub) throw new TokenFault('SUBJECT_MISSING');
  if (nonce !== undefined && payload.nonce !== nonce) throw new TokenFault('WRONG_NONCE');
  // A token for several is only ours where it says that it was made for us (3.1.3.7, 3 to 5).
  if ((Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp === undefined) || (payload.azp !== undefined && payload.azp !== clientId)) throw new TokenFault('WRONG_PARTY');
  if (payload.at_hash !== undefined && payload.at_hash !== halfHashOf(accessToken, hashOf(algorithm))) throw new TokenFault('WRONG_ACCESS_TOKEN');
  return { ...payload, sub: payload.sub };
}
