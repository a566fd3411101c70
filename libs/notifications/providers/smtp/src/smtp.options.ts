import type { Secret } from '@guildhall/kernel-contract';

/** How to reach the council's mail server. @public */
export interface SmtpOptions {
  readonly host: string;
  /** 587 for `starttls` (the default), 465 for `tls`. */
  readonly port?: number;
  /**
   * `starttls`: begins in clear and must go over to TLS before anything is said; refused when the server cannot.
   * `tls`: TLS from the first byte. `none`: only for a relay on the same machine or network.
   */
  readonly security?: 'starttls' | 'tls' | 'none';
  readonly username?: string;
  readonly password?: Secret;
  /** Whom messages come from: `{ name: 'Riverbourne Borough Council', address: 'no-reply@riverbourne.example' }`. */
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
  /** For one whole delivery; 15 unless told. */
  readonly timeoutInSeconds?: number;
  /** A certificate authority of the council's own, as PEM. */
  readonly certificateAuthority?: string;
}
