import { Faults } from '@guildhall/payments-contract/far-end';

/** What can be let go wrong. `fetch` is one session or payment intent, `search` a list of sessions, `settlements` payouts and balance transactions, `account` the account and its webhooks. @public */
export type StripeOperation = 'create' | 'fetch' | 'cancel' | 'refund' | 'refunds' | 'search' | 'settlements' | 'account';
/**
 * `lose-request`: cut before it is read. `lose-answer`: done, then cut. `unavailable`: 503. `server-error`: 500, not to be tried again. `too-many`: 429. `lock-timeout`: 429, to be tried again. `key-race`: 409 as for two of the same at once,
 * and nothing done. `proxy-error`: a page with 502. `nonsense`: a page of a proxy. `cut-off`: half of the answer. `oversize`: an answer of many megabytes. `unknown-state`: a word that nobody documented. `elsewhere`: an address to pay at that is not Stripe's. `delay`: done late.
 * @public
 */
export type StripeFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'server-error' | 'too-many' | 'lock-timeout' | 'key-race' | 'proxy-error' | 'nonsense' | 'cut-off' | 'oversize' | 'unknown-state' | 'elsewhere' | 'delay';
/** The faults that wait for their operation. */
export type StripeFaults = Faults<StripeOperation, StripeFault>;

const OPERATIONS: readonly StripeOperation[] = ['create', 'fetch', 'cancel', 'refund', 'refunds', 'search', 'settlements', 'account'];
const FAULTS: readonly StripeFault[] = ['lose-request', 'lose-answer', 'unavailable', 'server-error', 'too-many', 'lock-timeout', 'key-race', 'proxy-error', 'nonsense', 'cut-off', 'oversize', 'unknown-state', 'elsewhere', 'delay'];

/** None yet. */
export function noFaults(): StripeFaults { return new Faults(OPERATIONS, FAULTS); }
