import { InvalidInput, isUuid } from '@guildhall/kernel-contract';
import type { DeliveryState } from '@guildhall/subscriptions-contract';

const STATES: readonly string[] = ['waiting', 'delivered', 'dead'] satisfies DeliveryState[];

const A_PAGE = 25;
const MOST = 100;

/** Where a page of deliveries ended. */
export interface PlaceInList { readonly at: Date; readonly id: string }

/** Reads a place that came from outside. @throws InvalidInput */
export function placeOf(text: string): PlaceInList {
  const [, milliseconds = '', id = ''] = /^(\d{1,15})_(.{36})$/.exec(text) ?? [];
  const at = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(at.getTime()) || !isUuid(id)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'before', message: 'is not a place in this list' }]);
  return { at, id };
}

/** Which deliveries; undefined for all. @throws InvalidInput */
export function stateOf(given: string | undefined): DeliveryState | undefined {
  if (given !== undefined && !STATES.includes(given)) throw new InvalidInput('There is no such state of a delivery.', [{ field: 'state', message: `must be one of ${STATES.join(', ')}` }]);
  return given as DeliveryState | undefined;
}

/** How many at once. @throws InvalidInput */
export function limitOf(given: number | undefined): number {
  if (given === undefined) return A_PAGE;
  if (!Number.isInteger(given) || given < 1 || given > MOST) throw new InvalidInput(`limit must be a whole number from 1 to ${MOST}.`, [{ field: 'limit', message: `must be a whole number from 1 to ${MOST}` }]);
  return given;
}
