import { InvalidInput } from '@guildhall/kernel-contract';
import type { Audience } from './case-record';
import type { CaseSort, ListCases } from './requests';

/**
 * The order of a list. Only open cases have deadlines and wait: of a whole council, closed ones come last changed first, and in no other order.
 * @public
 * @throws InvalidInput for another order of closed cases, unless they are a person's or were searched for
 */
export function caseSortOf(request: ListCases, audience: Audience): CaseSort {
  const { status = 'unfinished', sort, dueBy, overdue, personId, text } = request;
  const areOpen = status === 'unfinished' || Boolean(dueBy ?? overdue);
  if (sort && sort !== 'moved' && !areOpen && audience === 'staff' && personId === undefined && text === undefined) {
    throw new InvalidInput('Closed cases are listed last changed first: leave out the order, or ask for open cases, for a person, or for words.', [{ field: 'sort', message: 'must be moved, unless only open cases are asked for' }]);
  }
  return sort ?? (audience === 'staff' && areOpen ? 'due' : 'moved');
}
