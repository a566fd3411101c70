/** The words of the API for where a dispute stands. @public */
export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost';
/** Why the payer disputes, as their bank puts it. @public */
export type DisputeReason = 'credit_not_processed' | 'duplicate' | 'fraudulent' | 'general' | 'product_not_received' | 'product_unacceptable' | 'unrecognised' | 'subscription_cancelled' | 'other';
const REASONS: readonly DisputeReason[] = ['credit_not_processed', 'duplicate', 'fraudulent', 'general', 'product_not_received', 'product_unacceptable', 'unrecognised', 'subscription_cancelled', 'other'];

/** @throws RangeError when nobody gives such a reason */
export function disputeReason(text: string): DisputeReason {
  const reason = REASONS.find((one) => one === text);
  if (!reason) throw new RangeError(`Nobody disputes because of "${text}". Known: ${REASONS.join(', ')}.`);
  return reason;
}

/** Where each status may lead: evidence is sent in, or its time runs out, and the bank decides. */
export const DISPUTE_LEADS_TO: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = { needs_response: ['under_review', 'won', 'lost'], under_review: ['won', 'lost'], won: [], lost: [] };

/** @throws RangeError when no dispute stands so */
export function disputeStatus(text: string): DisputeStatus {
  if (!(text in DISPUTE_LEADS_TO)) throw new RangeError(`No dispute is "${text}". Known: ${Object.keys(DISPUTE_LEADS_TO).join(', ')}.`);
  return text as DisputeStatus;
}

/** A payer's challenge of a payment at their bank, about all of it. */
export interface KeptDispute {
  readonly id: string;
  readonly reason: DisputeReason;
  readonly createdAt: Date;
  readonly evidenceDueAt: Date;
  status: DisputeStatus;
  /** The day on which a lost one left the council's account. */
  settledDate?: string;
}

/** What a card processor takes for a lost dispute, in pence. */
export const DISPUTE_FEE = 1500;
