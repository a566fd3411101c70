import { SIGNED_OUT_PATH, keysPath, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import { busyIn } from '@guildhall/identity-contract/far-end';
import type { FarEnd, FarEndDocuments } from '@guildhall/identity-contract/far-end';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { Clock, ConnectionCheck, Council } from '@guildhall/kernel-contract';
import { isKeyFor } from './algorithms';
import type { Algorithm } from './algorithms';
import { CLOCK_TOLERANCE_IN_SECONDS } from './id-token';
import { configurationAddressOf } from './issuer';
import type { IssuerClient } from './issuer-client';
import type { SignInParts } from './oidc-sign-in';

/** Everything that a check looks at. */
export interface CheckedParts { readonly client: IssuerClient; readonly documents: FarEndDocuments; readonly farEnd: FarEnd; readonly parts: SignInParts; readonly algorithm: Algorithm; readonly clock: Clock; readonly council: Council }

/** Looks whether the issuer answers, is the one that is pinned, agrees with our clock, publishes keys of the pinned kind, has the scopes, and knows the council. */
export async function checkConnection({ client, documents, farEnd, parts: { who, id, pinned: { issuer }, options, reading }, algorithm, clock, council }: CheckedParts): Promise<ConnectionCheck> {
  const origin = new URL(council.origin).origin;
  const callback = `${origin}${returnPath(who, id)}`;
  try {
    const discovery = await farEnd.read(configurationAddressOf(issuer));
    const skew = Math.abs(new Date(discovery.headers.date ?? clock.now()).getTime() - clock.now().getTime()) / 1000;
    if (skew > CLOCK_TOLERANCE_IN_SECONDS) return wrong(`Our clock and that of ${issuer} differ by ${Math.round(skew)} seconds, and no token will verify. Set this server's clock by NTP.`);
    const metadata = await client.metadata();
    const jwks = await documents.read(metadata.jwks_uri);
    const keys = typeof jwks === 'object' && jwks !== null && 'keys' in jwks && Array.isArray(jwks.keys) ? (jwks.keys as readonly unknown[]) : [];
    if (!keys.some((key) => isKeyFor(key, algorithm))) return wrong(`${issuer} publishes no key for ${algorithm}. Set algorithm to the one by which it signs ID tokens for this client.`);
    const scopes = metadata.scopes_supported;
    const lacking = Array.isArray(scopes) ? reading.scopes.filter((scope) => !scopes.includes(scope)) : [];
    if (lacking.length > 0) return wrong(`${issuer} does not know the ${lacking.length > 1 ? 'scopes' : 'scope'} ${lacking.join(', ')}. Leave it out of scopes, or add it there.`);
    const { userinfo_endpoint: informs } = metadata;
    // Whoever brings no token is turned away there, or it cannot just now: either way it may be called.
    if (reading.asksUserInfo && informs !== undefined) await farEnd.send(informs, {}).catch((error: unknown) => { if (!busyIn(error)) throw error; });
    const openid = await client.load();
    const configuration = await client.configuration(openid);
    const iss = metadata.authorization_response_iss_parameter_supported ? `&iss=${encodeURIComponent(issuer)}` : '';
    try {
      // A server looks at who asks before it looks at the code: a code that nobody has shows whether it knows the council.
      await openid.authorizationCodeGrant(configuration, new URL(`${callback}?code=connection-check&state=connection-check${iss}`), { expectedState: 'connection-check', pkceCodeVerifier: openid.randomPKCECodeVerifier() });
    } catch (error) {
      if (!(error instanceof openid.ResponseBodyError || error instanceof openid.WWWAuthenticateChallengeError)) throw error;
      const code = error instanceof openid.ResponseBodyError ? error.error : 'invalid_client';
      if (code === 'invalid_grant') return { ok: true, message: `${issuer} answers and accepts the client ${options.clientId}.` };
      const proof = options.privateKey ? `register ${origin}${keysPath(who, id)} for the public keys, or the certificate` : 'compare the secret, which may have lapsed';
      if (code === 'invalid_client' || code === 'unauthorized_client') return wrong(`${issuer} does not accept the client ${options.clientId}. There, ${proof}, and compare the client id.`);
      return wrong(`${issuer} answered ${code}. There, register ${callback} to come back to, ${origin}${SIGNED_OUT_PATH} for sign-out and ${origin}${loggedOutPath(who, id)} for back-channel logout.`);
    }
    return wrong(`${issuer} took a code that nobody has. Do not use it: look whether the issuer is the right one.`);
  } catch (error) {
    return wrong(`${sentenceIn(error)} Look whether this server may call ${new URL(issuer).host}, and whether the issuer is written as it writes itself.`);
  }
}

/** What we say ourselves of what went wrong, wherever a library put it; else what it says. */
function sentenceIn(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) if (isGuildhallError(each)) return each.message;
  return error instanceof Error ? error.message : String(error);
}

function wrong(message: string): ConnectionCheck {
  return { ok: false, message };
}
