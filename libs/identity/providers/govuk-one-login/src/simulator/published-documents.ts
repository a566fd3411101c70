import type { JWK } from 'jose';
import type { OneLoginEnvironment } from '../environment';

const VOCABULARY = 'https://vocab.account.gov.uk/v1/';

/** What One Login says of itself (OpenID Connect Discovery 1.0, 3). */
export function configurationOf({ issuer }: OneLoginEnvironment): object {
  return {
    issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}token`, userinfo_endpoint: `${issuer}userinfo`, end_session_endpoint: `${issuer}logout`, jwks_uri: `${issuer}.well-known/jwks.json`,
    scopes_supported: ['openid', 'email', 'phone', 'wallet-subject-id'], response_types_supported: ['code'], grant_types_supported: ['authorization_code'], code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_post'], token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'], subject_types_supported: ['public', 'pairwise'], ui_locales_supported: ['en', 'cy'], claim_types_supported: ['normal'],
    claims_supported: ['sub', 'email', 'email_verified', 'phone_number', 'phone_number_verified', ...['passport', 'drivingPermit', 'coreIdentityJWT', 'address', 'returnCode'].map((name) => `${VOCABULARY}${name}`)],
    request_parameter_supported: true, request_uri_parameter_supported: false, backchannel_logout_supported: true, backchannel_logout_session_supported: false, trustmarks: `${issuer}trustmark`,
  };
}

/** The DID document of whoever signs core identities (W3C DID Core, 5). */
export function didDocumentOf({ did }: OneLoginEnvironment, keys: readonly JWK[]): object {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'], id: did,
    assertionMethod: keys.map(({ kid, kty, crv, x, y, alg }) => ({ type: 'JsonWebKey', id: kid, controller: did, publicKeyJwk: { kty, crv, x, y, alg } })),
  };
}
