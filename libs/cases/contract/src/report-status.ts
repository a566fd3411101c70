import type { CaseType } from './case-type';
import { stateOf } from './transitions';

/**
 * What a state is called where reports of many councils are read side by side: the words of Open311 as FixMyStreet extended them.
 * @see https://www.open311.org (GeoReport v2), mySociety's extended statuses
 * @public
 */
export const REPORT_STATUSES = [
  'open', 'investigating', 'in_progress', 'planned', 'action_scheduled', 'for_triage',
  'fixed', 'closed', 'no_further_action', 'not_councils_responsibility', 'duplicate', 'internal_referral', 'cancelled',
] as const;
/** @public */
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** The status of a case in one of its type's states: what the state says, else what its kind comes to. @public */
export function reportStatusOf(type: CaseType, name: string): ReportStatus {
  const state = stateOf(type, name);
  if (state.reportStatus) return state.reportStatus;
  if (state.kind === 'closed') return 'closed';
  return state.kind === 'waiting' ? 'investigating' : name === type.initial ? 'open' : 'in_progress';
}
