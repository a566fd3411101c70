import type { IdentityConfidence } from '@guildhall/identity-contract';
import type { OfficerRole, Secret, Text } from '@guildhall/kernel-contract';
import type { Algorithm } from './algorithms';

/** How the council proves to the far end that it is the council: one of the two. @public */
export interface ClientProof {
  /** The secret that the far end made for this client. */
  readonly clientSecret?: Secret;
  /**
   * The council's own private key (`private_key_jwt`, RFC 7523): PKCS #8 PEM, RSA of at least 2,048 bits or EC P-256. Several may stand one after the other: the first signs,
   * all are published at `keysPath`. A certificate beside them (PEM) is named in what the key signs, as Entra ID wants it.
   */
  readonly privateKey?: Secret;
}

/** What a council sets for any OpenID Connect provider. @public */
export interface IssuerOptions extends ClientProof {
  /** Names this provider in the council's configuration and its paths, where there are several. */
  readonly id?: string;
  /** The issuer exactly as it writes itself: what stands before `/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  /** What the button says. */
  readonly title?: Text;
  readonly hint?: Text;
  /** What is asked for besides `openid`: `profile email` unless told. */
  readonly scopes?: readonly string[];
  /** By which algorithm the issuer signs its tokens, as it was registered: RS256 unless told. No other is believed (RFC 8725, 3.1). */
  readonly algorithm?: Algorithm;
  /** Whom the key's assertion is made out to: the issuer (unless told), or the token endpoint, which older servers want. */
  readonly assertionAudience?: 'issuer' | 'token-endpoint';
  /** Other origins through which the issuer leads the browser on at once, such as a sign-in page that it federates to (content security policy `form-action`). */
  readonly formOrigins?: readonly string[];
  /**
   * Other origins than the issuer's that the council's own identity server names for its tokens, keys or user information, and that need not be on the public internet: `https://sso.internal.council.example`. Elsewhere
   * than there and at the issuer's own origin, only the public internet is asked.
   */
  readonly alsoAt?: readonly string[];
}

/** In which claims the issuer writes what. A dot leads into an object: `address.formatted`. @public */
export interface ClaimNames {
  readonly name?: string;
  readonly email?: string;
  readonly emailVerified?: string;
  readonly phone?: string;
  readonly phoneVerified?: string;
  readonly language?: string;
}

/** What a council sets for its residents. @public */
export interface OidcOptions extends IssuerOptions {
  /** Where the issuer's claims are called otherwise than in OpenID Connect Core 5.1. */
  readonly claims?: ClaimNames;
  /** Which values of `acr` and `amr` mean which confidence in who somebody is. What is not listed means none. */
  readonly confidence?: { readonly acr?: Readonly<Record<string, IdentityConfidence>>; readonly amr?: Readonly<Record<string, IdentityConfidence>> };
}

/** How a token says that the second factor was used: any one of what is listed. @public */
export interface SecondFactorRule {
  /** Methods (RFC 8176): `mfa`. */
  readonly amr?: readonly string[];
  /** Classes of authentication, which are asked for. */
  readonly acr?: readonly string[];
  /** Entra ID's authentication contexts, which are asked for: `c1`. */
  readonly acrs?: readonly string[];
}

/** A team of the council's, and who is in it according to the directory. @public */
export interface MappedTeam {
  /** The slug that cases keep: `streets`. */
  readonly teamId: string;
  readonly title: Text;
  /** Groups or roles of the directory's. */
  readonly from: readonly string[];
}

/** Who is what: by groups and roles of the council's directory. @public */
export interface StaffMap {
  /** For each role, the groups or roles of the directory's that give it. Nobody gets in without one. */
  readonly roles: Readonly<Partial<Record<OfficerRole, readonly string[]>>>;
  readonly teams?: readonly MappedTeam[];
}

/** What a council sets for its officers. @public */
export interface OfficerOptions extends IssuerOptions, StaffMap {
  /** In which claims groups and roles stand: `roles`, `groups` and `realm_access.roles` unless told. */
  readonly rolesIn?: readonly string[];
  /** `amr` with `mfa` unless told. */
  readonly secondFactor?: SecondFactorRule;
  /** Domains of work addresses. Without them an address counts only where the issuer says that it verified it. */
  readonly emailDomains?: readonly string[];
}

/** What a council sets for Microsoft Entra ID. @public */
export interface EntraOptions extends Omit<OfficerOptions, 'issuer' | 'emailDomains' | 'algorithm' | 'assertionAudience'> {
  /** `roles` (app roles) and `groups` unless told. Without `groups`, the number of somebody's groups does not matter. */
  readonly rolesIn?: readonly string[];
  /** The directory's own id (a GUID): whoever comes from another directory is refused. */
  readonly tenant: string;
  /** Domains of work addresses: Entra ID vouches for no address. */
  readonly emailDomains: readonly string[];
  /** Another cloud than the public one, or a simulator on this machine. */
  readonly authority?: string;
}

/** What a council sets for Keycloak. @public */
export interface KeycloakOptions extends Omit<OfficerOptions, 'issuer'> {
  /** Where Keycloak is: `https://sso.council.example`. */
  readonly url: string;
  readonly realm: string;
}
