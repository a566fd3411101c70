import { Faults } from '@guildhall/payments-contract/far-end';

/** What a test may let go wrong. */
export type FarOperation = 'create' | 'fetch' | 'cancel' | 'refund' | 'refunds';
/** `lose-request`: cut before it is read. `lose-answer`: done, then cut. `unavailable`: 503. `nonsense`: a page of a proxy. `unknown-state`: a word that nobody documented. `delay`: done late. */
export type FarFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'nonsense' | 'unknown-state' | 'delay';
/** The faults that wait for their operation. */
export type FarFaults = Faults<FarOperation, FarFault>;

/** None yet. */
export function noFaults(): FarFaults {
  return new Faults<FarOperation, FarFault>(['create', 'fetch', 'cancel', 'refund', 'refunds'], ['lose-request', 'lose-answer', 'unavailable', 'nonsense', 'unknown-state', 'delay']);
}
