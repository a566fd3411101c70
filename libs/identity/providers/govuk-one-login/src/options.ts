import type { IdentityConfidence } from '@guildhall/identity-contract';
import type { Secret } from '@guildhall/kernel-contract';
import type { OneLoginEnvironment } from './environment';

/** What a council sets. @public */
export interface OneLoginOptions {
  /** As One Login's admin tool gave it. */
  readonly clientId: string;
  /**
   * The council's private key for One Login: RSA, at least 2,048 bits, PKCS #8 PEM. Several may stand one after the other: the first signs, all are
   * published at `keysPath`, so that a key is known before it is used.
   */
  readonly privateKey: Secret;
  /** `production`, `integration` (unless told), or the address of a simulator on this machine. */
  readonly environment?: string | OneLoginEnvironment;
  /** How surely One Login may say who somebody is, as it was agreed at registration: `none` (unless told) for signing in alone, `medium` where identity is proved. */
  readonly provesUpTo?: IdentityConfidence;
  /** Whether the address is asked for where identity is proved: only where it was agreed at registration. */
  readonly asksForAddress?: boolean;
}
