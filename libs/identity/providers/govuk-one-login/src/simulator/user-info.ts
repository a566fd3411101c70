import type { AuthorizeRequest } from './authorize-request';
import type { SimulatedPerson } from './people';

const VOCABULARY = 'https://vocab.account.gov.uk/v1/';

/** What `/userinfo` says of somebody: what was asked for, and of an identity only what was proved. */
export async function userInfoOf(subject: string, person: SimulatedPerson, identity: SimulatedPerson['identity'], { scopes, claims, level }: AuthorizeRequest, coreIdentity: () => Promise<string>): Promise<object> {
  const isProved = level !== 'P0' && (identity === 'P2' || identity === 'P1');
  const proved: Readonly<Record<string, readonly object[]>> = { address: person.addresses, passport: person.passport ? [person.passport] : [], drivingPermit: person.drivingPermit ? [person.drivingPermit] : [] };
  const isAskedFor = (name: string): boolean => claims.includes(`${VOCABULARY}${name}`);
  return {
    sub: subject,
    ...(scopes.includes('email') ? { email: person.email, email_verified: person.isEmailVerified } : {}),
    ...(scopes.includes('phone') && person.phone ? { phone_number: person.phone, phone_number_verified: true } : {}),
    ...(isAskedFor('coreIdentityJWT') && isProved ? { [`${VOCABULARY}coreIdentityJWT`]: await coreIdentity() } : {}),
    ...Object.fromEntries(Object.entries(proved).filter(([name, documents]) => isProved && isAskedFor(name) && documents.length > 0).map(([name, documents]) => [`${VOCABULARY}${name}`, documents])),
    ...(isAskedFor('returnCode') && level !== 'P0' && identity === 'return-code' ? { [`${VOCABULARY}returnCode`]: [{ code: 'B' }] } : {}),
  };
}
