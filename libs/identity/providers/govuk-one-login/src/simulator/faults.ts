import { TOKEN_FAULTS, spoil } from '@guildhall/identity-contract/far-end';
import type { TokenFaultToPlay } from '@guildhall/identity-contract/far-end';

const { set, without, later, old, unsigned, byPublicKey, unknownKey, forged, OTHERS } = spoil;

/** Everything that can be made to go wrong. @public */
export const FAULTS = {
  ...TOKEN_FAULTS,
  'id-token-without-second-factor': { in: 'id-token', says: 'Signed in without a second factor', change: set({ vot: 'Cl' }) },
  'id-token-without-vot': { in: 'id-token', says: 'ID token without vot', change: without('vot') },
  'core-identity-wrong-issuer': { in: 'core-identity', says: 'Core identity of the issuer of sign-ins', change: set({ iss: OTHERS }) },
  'core-identity-wrong-audience': { in: 'core-identity', says: 'Core identity for another client', change: set({ aud: 'another-client' }) },
  'core-identity-of-somebody-else': { in: 'core-identity', says: 'Core identity of another person', change: set({ sub: 'urn:fdc:gov.uk:2022:somebody-else' }) },
  'core-identity-expired': { in: 'core-identity', says: 'Core identity that has expired', change: later(-7_200) },
  'core-identity-too-old': { in: 'core-identity', says: 'Core identity made an hour ago that expires tomorrow', change: old },
  'core-identity-from-the-future': { in: 'core-identity', says: 'Core identity made tomorrow', change: later(86_400) },
  'core-identity-unsigned': { in: 'core-identity', says: 'Core identity with alg none', change: unsigned },
  'core-identity-signed-with-the-public-key': { in: 'core-identity', says: 'Core identity with HS256, the public key as secret', change: byPublicKey },
  'core-identity-unknown-key': { in: 'core-identity', says: 'Core identity by a key that is not in the document', change: unknownKey },
  'core-identity-forged': { in: 'core-identity', says: 'Core identity with our kid and another key’s signature', change: forged },
  'core-identity-of-another-controller': { in: 'core-identity', says: 'Core identity by a key of another controller', change: (draft) => { draft.header.kid = 'did:web:somebody-else.example#key'; draft.signedBy = 'unknown-key'; } },
  'core-identity-less-sure': { in: 'core-identity', says: 'P1 where P2 was asked', change: set({ vot: 'P1' }) },
  'core-identity-no-confidence': { in: 'core-identity', says: 'P0 where P2 was asked', change: set({ vot: 'P0' }) },
  'core-identity-without-vot': { in: 'core-identity', says: 'Core identity that says nothing of confidence', change: without('vot') },
} as const satisfies Readonly<Record<string, TokenFaultToPlay>>;

/** The name of a fault. @public */
export type FaultName = keyof typeof FAULTS;

/** Whether this is one. */
export function isFault(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
