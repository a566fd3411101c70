import { extensionsOf } from '@guildhall/kernel';
import { CASE_TYPE, findCaseType, permittedTransitions, stateOf, type CaseTransition, type CaseView } from '@guildhall/cases-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { SentUpdate } from './sent-update';

/** What stands on the timeline of a case that was opened again without a word of why: everybody who follows it reads it. */
export const NOT_RIGHT_YET: Text = { en: 'It is not right yet.', cy: 'Nid yw’n iawn eto.' };

/** Whether an update asks that a closed report be opened again: it says so, or it was written after the closing and says that the report is open. */
export function asksToReopen({ status, at }: SentUpdate, view: CaseView): boolean {
  if (view.stateKind !== 'closed') return false;
  return status === 'reopen' || (status === 'open' && view.closedAt !== undefined && at > view.closedAt);
}

/** The step that opens a closed case again, where its type has one for such a caller: rather one that residents may take themselves. */
export function wayBack(acting: RequestContext, view: CaseView): CaseTransition | undefined {
  const type = findCaseType(extensionsOf(acting, CASE_TYPE), view.caseType, view.caseTypeVersion);
  if (!type) return undefined;
  const ways = permittedTransitions(acting, type, view.state).filter((transition) => !transition.decision && stateOf(type, transition.to).kind !== 'closed');
  return ways.find(({ by }) => by?.includes('resident')) ?? ways[0];
}
