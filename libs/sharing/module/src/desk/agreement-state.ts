import type { Agreement } from '@guildhall/sharing-contract';

/** `to-sign`: the others have signed; `waiting`: for the others; `to-come`: signed by all, and not begun. */
export type AgreementState = 'draft' | 'to-sign' | 'waiting' | 'to-come' | 'in-force' | 'review-due' | 'ended';

/** Where an agreement that all have signed is in its time. Its last day is in it; the day on which it is ended is not. */
export function stateOn(today: string, { from, until, review }: Pick<Agreement, 'from' | 'until' | 'review'>, endedOn?: string | null): AgreementState {
  if (until < today || (endedOn && endedOn <= today)) return 'ended';
  if (from > today) return 'to-come';
  return review <= today ? 'review-due' : 'in-force';
}
