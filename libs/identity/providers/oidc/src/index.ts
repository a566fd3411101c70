export { oidc } from './oidc.provider';
export { entraId, keycloak, officerSingleSignOn } from './officers.provider';
export { officersFromFile, officersInFileSchema } from './officers-in-file';
export type { OfficersInFile } from './officers-in-file';
export type { Algorithm } from './algorithms';
export type { ClaimNames, ClientProof, EntraOptions, IssuerOptions, KeycloakOptions, MappedTeam, OfficerOptions, OidcOptions, SecondFactorRule, StaffMap } from './options';
