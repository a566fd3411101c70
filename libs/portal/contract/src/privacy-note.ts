import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';

/**
 * One use of personal data, in the words of the privacy notice (UK GDPR, articles 13 and 14). The notice is written from
 * these, so that it tells of the modules that a council runs and of no other.
 * @public
 */
export interface PrivacyNote {
  /** Durable, and begins with the module's id: `payments.taking`. */
  readonly id: string;
  /** Smaller comes first. */
  readonly order: number;
  /** What it is for, as a short heading: "Taking your payment". */
  readonly purpose: Text;
  /** What is held: "Your name, your email address and what you paid for." */
  readonly data: Text;
  /** The lawful basis in plain words, with its article: "We do this to carry out a contract with you (article 6(1)(b))." */
  readonly lawfulBasis: Text;
  /** How long it is kept, and counted from what. */
  readonly keptFor: Text;
  /** Who else sees it; left out when nobody does. */
  readonly sharedWith?: Text;
  /** Whether the council does this at all, where it need not though it runs the module; it does unless told. */
  readonly isSo?: (ctx: RequestContext) => boolean;
}

/** Where modules declare what the privacy notice must say of them. @public */
export const PRIVACY_NOTE = defineExtensionPoint<PrivacyNote>('portal.privacy-note');
