import type { IdentityConfidence } from '@guildhall/identity-contract';
import type { Clock } from '@guildhall/kernel-contract';
import type { JWTVerifyGetKey } from 'jose';
import { ALGORITHM } from './published-keys';
import { confidenceOf } from './vector-of-trust';

/** Seconds by which two clocks may differ. */
export const CLOCK_TOLERANCE_IN_SECONDS = 30;
/** One Login: a core identity is good for half an hour, whatever its own expiry says. */
const MOST_AGE_IN_SECONDS = 1_800;

/** What is taken from a core identity: the token itself is read once and kept by nobody. */
export interface CoreIdentity { readonly confidence: IdentityConfidence; readonly name?: string; readonly dateOfBirth?: string }

/** For whom, from whom and by which keys a core identity must be. */
export interface CoreIdentityRules { readonly issuer: string; readonly clientId: string; readonly subject: string; readonly keys: JWTVerifyGetKey; readonly clock: Clock }

/** Reads a core identity that is One Login's own, of this person, for this council, and of today. @throws what the library throws of a token that does not verify */
export async function readCoreIdentity(token: string, { issuer, clientId, subject, keys, clock }: CoreIdentityRules): Promise<CoreIdentity> {
  const { jwtVerify } = await import('jose');
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [ALGORITHM], issuer, audience: clientId, subject, requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat', 'vot', 'vc'],
    currentDate: clock.now(), clockTolerance: CLOCK_TOLERANCE_IN_SECONDS, maxTokenAge: MOST_AGE_IN_SECONDS,
  });
  const person = objectIn(objectIn(payload.vc)?.credentialSubject);
  return { confidence: confidenceOf(payload.vot), name: nameIn(person?.name), dateOfBirth: dateIn(person?.birthDate) };
}

/** The name that the person has now: earlier ones say until when they were used. */
function nameIn(names: unknown): string | undefined {
  const current = currentOf(names);
  const parts = Array.isArray(current?.nameParts) ? current.nameParts : [];
  const words = (kind: string): string[] => parts.flatMap((part: unknown) => { const each = objectIn(part); return each?.type === kind && typeof each.value === 'string' && each.value.trim() ? [each.value.trim()] : []; });
  const name = [...words('GivenName'), ...words('FamilyName')].join(' ');
  return name || undefined;
}

function dateIn(dates: unknown): string | undefined {
  const value = currentOf(dates)?.value;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
}

function currentOf(list: unknown): Readonly<Record<string, unknown>> | undefined {
  const all = (Array.isArray(list) ? list : []).map(objectIn).filter((each) => each !== undefined);
  return all.find(({ validUntil }) => validUntil === undefined || validUntil === null) ?? all.at(-1);
}
function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
}
