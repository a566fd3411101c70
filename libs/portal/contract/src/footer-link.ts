import { defineExtensionPoint } from '@guildhall/kernel-contract';

/**
 * A link in the footer of every resident's page. Few: the footer already has accessibility, privacy, cookies and contact.
 * @public
 */
export interface FooterLink {
  /** Durable, and begins with the module's id. */
  readonly id: string;
  /** Smaller comes first; the portal's own are 100 to 400. */
  readonly order: number;
  /** Message key in the module's texts. */
  readonly titleKey: string;
  /** A path on the council's own site. */
  readonly href: string;
}

/** Where modules add a link to the footer. @public */
export const FOOTER_LINK = defineExtensionPoint<FooterLink>('portal.footer-link');
