import type { Secret } from '@guildhall/kernel-contract';

/** What a council sets. @public */
export interface SignedWebhookOptions {
  /** Where cases are posted to: `https://works.contractor.example/cases`. */
  readonly url: string;
  /** With which cases are signed: `whsec_` and 24 to 64 bytes in base64, known to the system too. */
  readonly secret: Secret;
  /** With which the system signs what it pushes: another one than ours, so that nothing of ours can be sent back to us. Without it nothing that is pushed is believed. */
  readonly pushSecret?: Secret;
  /** The one before, while one takes the place of another. */
  readonly formerPushSecret?: Secret;
  /** What officers call the system: `Depot`. */
  readonly title?: string;
  /** Tells several such systems apart: lower-case words with hyphens. */
  readonly name?: string;
}
