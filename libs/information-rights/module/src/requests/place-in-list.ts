import { InvalidInput, isUuid } from '@guildhall/kernel-contract';

/** Where a page of open requests ends, and the next one begins. */
export interface PlaceInList { readonly dueOn: string; readonly requestId: string }

export function placeOf({ dueOn, requestId }: PlaceInList): string { return `${dueOn}_${requestId}`; }

/** A place that came from outside. @throws InvalidInput */
export function placeIn(after: string | undefined): PlaceInList | undefined {
  if (after === undefined) return undefined;
  const [dueOn = '', requestId = ''] = after.split('_');
  if (!/^\d{4}-\d\d-\d\d$/.test(dueOn) || Number.isNaN(Date.parse(dueOn)) || !isUuid(requestId)) throw new InvalidInput('This place in the list is not known. Begin at the first page.', [{ field: 'after', message: 'is malformed' }]);
  return { dueOn, requestId };
}
