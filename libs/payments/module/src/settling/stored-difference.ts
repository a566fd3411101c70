import type { DifferenceKind } from './compare-items';

/** A difference as it is kept, with the reference of our payment where there is one. */
export interface StoredDifference {
  readonly differenceId: string;
  readonly provider: string;
  readonly providerPaymentId: string;
  readonly providerRefundId: string;
  readonly kind: DifferenceKind;
  /** What moved, in the provider's word, where it is neither a payment nor a refund: `dispute`. */
  readonly movement?: string;
  readonly paymentId?: string;
  readonly reference?: string;
  /** On which the provider settled it; for what is not settled, on which it was taken or paid back. */
  readonly day: string;
  readonly oursInPence?: number;
  readonly theirsInPence?: number;
  readonly state: 'open' | 'agreed' | 'cleared-up';
  readonly version: number;
  readonly toldVersion: number;
  readonly caseReference?: string;
  readonly foundAt: Date;
}

/** As the database hands it over. */
export interface DifferenceRow {
  difference_id: string; provider: string; provider_payment_id: string; provider_refund_id: string; kind: DifferenceKind; movement: string | null; payment_id: string | null; reference: string | null; day: string; ours: string | null; theirs: string | null;
  state: 'open' | 'agreed' | 'cleared-up'; version: number; told_version: number; case_reference: string | null; found_at: Date;
}

/** Selects differences `d`. Append a condition, an order and a limit. */
export const SELECT_DIFFERENCE = `
  select d.difference_id, d.provider, d.provider_payment_id, d.provider_refund_id, d.kind, i.movement, d.payment_id, p.reference, d.day::text as day, d.ours_in_pence::text as ours, d.theirs_in_pence::text as theirs,
    d.state, d.version, d.told_version, d.case_reference, d.found_at
  from payments.settlement_difference d left join payments.payment p on p.council_id = d.council_id and p.payment_id = d.payment_id
    left join payments.settled_item i on i.council_id = d.council_id and i.provider = d.provider and i.provider_payment_id = d.provider_payment_id and i.provider_refund_id = d.provider_refund_id`;

export function differenceFrom(row: DifferenceRow): StoredDifference {
  return {
    differenceId: row.difference_id, provider: row.provider, providerPaymentId: row.provider_payment_id, providerRefundId: row.provider_refund_id, kind: row.kind, ...(row.movement ? { movement: row.movement } : {}), ...(row.payment_id ? { paymentId: row.payment_id } : {}), ...(row.reference ? { reference: row.reference } : {}),
    day: row.day, ...(row.ours === null ? {} : { oursInPence: Number(row.ours) }), ...(row.theirs === null ? {} : { theirsInPence: Number(row.theirs) }), state: row.state, version: row.version, toldVersion: row.told_version, ...(row.case_reference ? { caseReference: row.case_reference } : {}), foundAt: row.found_at,
  };
}
