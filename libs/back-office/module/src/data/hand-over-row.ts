/** How far a case has got on its way to the other system. */
export type HandOverState = 'waiting' | 'taken' | 'handed-over' | 'refused';

/** One row of back_office.hand_over. */
export interface HandOverRow {
  readonly case_id: string;
  readonly case_type: string;
  readonly provider_id: string;
  readonly state: HandOverState;
  readonly case_reference: string | null;
  readonly far_reference: string | null;
  readonly ticket: string | null;
  readonly tries: number;
  readonly next_try_at: Date;
  /** When the last try began, however the tries have counted since. */
  readonly last_tried_at: Date | null;
  readonly claimed_until: Date | null;
  readonly last_code: string | null;
  readonly last_message: string | null;
  readonly opened_at: Date;
  readonly handed_over_at: Date | null;
  readonly refused_at: Date | null;
  readonly applied_through: Date | null;
  readonly links_ended_at: Date | null;
}

/** The columns of {@link HandOverRow}. */
export const HAND_OVER_COLUMNS = 'case_id, case_type, provider_id, state, case_reference, far_reference, ticket, tries, next_try_at, last_tried_at, claimed_until, last_code, last_message, opened_at, handed_over_at, refused_at, applied_through, links_ended_at';

/** The code of a case that was finished here before its turn: nobody has to do anything about it. */
export const CLOSED_BEFORE = 'closed-before';
/** Of the refused ones, those about which somebody has to do something. */
export const NEEDS_SOMEBODY = `state = 'refused' and last_code is distinct from '${CLOSED_BEFORE}'`;
