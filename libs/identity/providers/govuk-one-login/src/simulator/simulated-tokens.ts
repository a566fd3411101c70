import { createHash, randomUUID } from 'node:crypto';
import type { TokenFaultToPlay } from '@guildhall/identity-contract/far-end';
import type { JWTPayload } from 'jose';
import type { AuthorizeRequest } from './authorize-request';
import { FAULTS } from './faults';
import type { FaultName } from './faults';
import type { SimulatedPerson } from './people';
import type { SignInKeys } from './sign-in-keys';
import type { SimulatedClient } from './simulated-client';
import type { SimulatedKeys } from './simulated-keys';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** What the tokens are made from. */
export interface TokenParts { readonly issuer: string; readonly identityIssuer: string; readonly signIn: SignInKeys; readonly identity: SimulatedKeys; readonly faults: ReadonlySet<FaultName>; readonly nowInSeconds: () => number }

/** Who signed in, for which service, and when. */
export interface SignedIn { readonly subject: string; readonly sessionId: string; readonly authenticatedAt: number }

/** Makes the tokens of One Login, and makes them wrong where that was asked for. */
export class SimulatedTokens {
  constructor(private readonly parts: TokenParts) {}

  /** Two minutes long; `vot` is the credential's part of the vector only, and `auth_time` may be long ago. */
  idToken(request: AuthorizeRequest, { subject, sessionId, authenticatedAt }: SignedIn, accessToken: string): Promise<string> {
    const now = this.parts.nowInSeconds();
    const half = createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16);
    return this.#sign('id-token', this.parts.signIn.of(request.client), 'JWT', {
      iss: this.parts.issuer, aud: request.client.clientId, sub: subject, iat: now, exp: now + 120, auth_time: authenticatedAt, nonce: request.nonce, sid: sessionId, at_hash: half.toString('base64url'), vot: request.credential, vtm: `${this.parts.issuer}trustmark`,
    });
  }

  /** Half an hour long, by another issuer and with keys of its own. */
  coreIdentity(client: SimulatedClient, subject: string, person: SimulatedPerson, level: string): Promise<string> {
    const now = this.parts.nowInSeconds();
    return this.#sign('core-identity', this.parts.identity, 'JWT', {
      iss: this.parts.identityIssuer, aud: client.clientId, sub: subject, iat: now, nbf: now, exp: now + 1_800, vot: level, vtm: `${this.parts.issuer}trustmark`,
      vc: {
        type: ['VerifiableCredential', 'IdentityCheckCredential'],
        credentialSubject: {
          name: [
            { validUntil: '2010-06-30', nameParts: [{ type: 'GivenName', value: person.givenName }, { type: 'FamilyName', value: 'Before-Invented' }] },
            { validFrom: '2010-07-01', nameParts: [{ type: 'GivenName', value: person.givenName }, { type: 'FamilyName', value: person.familyName }] },
          ],
          birthDate: [{ value: person.birthDate }],
        },
      },
    });
  }

  /** Two minutes long, for one call. */
  logoutToken(clientId: string, subject: string): Promise<string> {
    const now = this.parts.nowInSeconds();
    return this.#sign('logout-token', this.parts.signIn.of(), 'logout+jwt', { iss: this.parts.issuer, aud: clientId, sub: subject, iat: now, exp: now + 120, jti: randomUUID(), events: { [LOGOUT_EVENT]: {} } });
  }

  async #sign(what: (typeof FAULTS)[FaultName]['in'], keys: SimulatedKeys, typ: string, claims: JWTPayload): Promise<string> {
    const draft = { header: { alg: keys.algorithm, kid: keys.newestKid, typ }, claims, signedBy: 'own-key' as const };
    for (const name of this.parts.faults) {
      const fault: TokenFaultToPlay = FAULTS[name];
      if (fault.in === what) fault.change?.(draft);
    }
    return keys.sign(draft);
  }
}
