export { oidc } from './oidc.provider';
export { entraId, keycloak, officerSingleSignOn } from './officers.provider';
export type { Algorithm } from './algorithms';
export type { ClaimNames, ClientProof, EntraOptions, IssuerOptions, KeycloakOptions, MappedTeam, OfficerOptions, OidcOptions, SecondFactorRule, StaffMap } from './options';
