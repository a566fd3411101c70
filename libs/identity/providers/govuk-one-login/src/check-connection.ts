import { SIGNED_OUT_PATH, keysPath, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { FarEnd, FarEndDocuments } from '@guildhall/identity-contract/far-end';
import type { Clock, ConnectionCheck, Council } from '@guildhall/kernel-contract';
import type { OneLoginEnvironment } from './environment';
import type { OneLoginClient } from './one-login-client';

/** The id by which a council's configuration and its paths know this provider. */
export const PROVIDER_ID = 'identity.govuk-one-login';

const MOST_SKEW_IN_SECONDS = 30;

/** Everything that a check looks at. */
export interface CheckedParts { readonly client: OneLoginClient; readonly documents: FarEndDocuments; readonly farEnd: FarEnd; readonly environment: OneLoginEnvironment; readonly clock: Clock; readonly council: Council }

/** Looks whether One Login answers, is the one that is pinned, agrees with our clock, publishes keys for identities, and knows the council's key. */
export async function checkConnection({ client, documents, farEnd, environment, clock, council }: CheckedParts): Promise<ConnectionCheck> {
  const origin = new URL(council.origin).origin;
  try {
    const discovery = await farEnd.read(new URL('.well-known/openid-configuration', environment.issuer).href);
    const skew = Math.abs(new Date(discovery.headers.date ?? clock.now()).getTime() - clock.now().getTime()) / 1000;
    if (skew > MOST_SKEW_IN_SECONDS) return wrong(`Our clock and One Login’s differ by ${Math.round(skew)} seconds, and no token will verify. Set this server's clock by NTP.`);
    await client.metadata();
    await documents.read(environment.didDocument);
    const openid = await client.load();
    const configuration = await client.configuration(openid);
    const address = new URL(`${origin}${returnPath('resident', PROVIDER_ID)}?code=connection-check&state=connection-check`);
    try {
      // One Login looks at who asks before it looks at the code: a code that nobody has shows whether it knows the key.
      await openid.authorizationCodeGrant(configuration, address, { expectedState: 'connection-check', pkceCodeVerifier: openid.randomPKCECodeVerifier() });
    } catch (error) {
      if (!(error instanceof openid.ResponseBodyError)) throw error;
      if (error.error === 'invalid_grant') return { ok: true, message: `GOV.UK One Login answers at ${environment.issuer} and accepts the key.` };
      if (error.error === 'invalid_client') return wrong(`One Login does not accept the client id or the key. In its admin tool register ${origin}${keysPath('resident', PROVIDER_ID)} for the public keys, and compare the client id.`);
      return wrong(`One Login answered ${error.error}. In its admin tool register ${origin}${returnPath('resident', PROVIDER_ID)} to come back to, ${origin}${SIGNED_OUT_PATH} for sign-out and ${origin}${loggedOutPath('resident', PROVIDER_ID)} for back-channel logout.`);
    }
    return wrong('One Login took a code that nobody has. Do not use it: look whether the environment is the right one.');
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message : String(error)} Look whether this server may call ${new URL(environment.issuer).host} and ${new URL(environment.didDocument).host}.`);
  }
}

function wrong(message: string): ConnectionCheck {
  return { ok: false, message };
}
