import { defineExtensionPoint } from '@guildhall/kernel-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { PortalPanel } from './panel';

/** Something that waits for the resident to act: shown before everything else in the account. @public */
export interface WaitingForYou {
  /** A sentence that begins with a verb: "Pay £55.00 for your garden waste collection". */
  readonly text: Text;
  /** Where it is done: a path on the council's own site. */
  readonly href: string;
  /** The day by which it must be done: the soonest comes first, those without a day last. */
  readonly dueBy?: Date;
}

/** What one section of the account shows now. @public */
export interface AccountPanel extends PortalPanel {
  readonly waiting?: readonly WaitingForYou[];
}

/**
 * One section of a resident's account page. Sections are loaded side by side and shown in their order.
 * @public
 * @example registers: [register(ACCOUNT_SECTION, PaymentsInAccount)]
 */
export interface AccountSection {
  /** Durable, and begins with the module's id: `payments.payments`. */
  readonly id: string;
  /** Smaller comes first: cases 100, payments 200, permits 300, messages 400, your information 500, sign-in and devices 600. */
  readonly order: number;
  /**
   * Reads what this resident may see, and changes nothing.
   * @returns undefined when there is nothing to show: for anybody who is not a signed-in resident, always
   */
  load(ctx: RequestContext): Promise<AccountPanel | undefined>;
}

/** Where modules add a section to the resident's account. @public */
export const ACCOUNT_SECTION = defineExtensionPoint<AccountSection>('portal.account-section');
