import { Faults } from '@guildhall/payments-contract/far-end';

/** What can be let go wrong. @public */
export type PayOperation = 'create' | 'fetch' | 'events' | 'cancel' | 'capture' | 'refund' | 'refunds' | 'search' | 'search-refunds' | 'search-disputes' | 'create-agreement' | 'fetch-agreement' | 'cancel-agreement' | 'search-agreements' | 'auth';
/**
 * `lose-request`: cut before it is read. `lose-answer`: done, then cut. `unavailable`: 503. `server-error`: 500. `too-many`: 429. `nonsense`: a page of a proxy. `cut-off`: half of the answer.
 * `oversize`: an answer of several megabytes. `unknown-state`: a word that nobody documented. `key-race`: 409 as for two of the same at once, and nothing done. `elsewhere`: an address to pay at that is not ours. `delay`: done late.
 * @public
 */
export type PayFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'server-error' | 'too-many' | 'nonsense' | 'cut-off' | 'oversize' | 'unknown-state' | 'key-race' | 'elsewhere' | 'delay';
/** The faults that wait for their operation. */
export type PayFaults = Faults<PayOperation, PayFault>;

const OPERATIONS: readonly PayOperation[] = ['create', 'fetch', 'events', 'cancel', 'capture', 'refund', 'refunds', 'search', 'search-refunds', 'search-disputes', 'create-agreement', 'fetch-agreement', 'cancel-agreement', 'search-agreements', 'auth'];
const FAULTS: readonly PayFault[] = ['lose-request', 'lose-answer', 'unavailable', 'server-error', 'too-many', 'nonsense', 'cut-off', 'oversize', 'unknown-state', 'key-race', 'elsewhere', 'delay'];

/** None yet. */
export function noFaults(): PayFaults { return new Faults(OPERATIONS, FAULTS); }
