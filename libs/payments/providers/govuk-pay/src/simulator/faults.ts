/** What can be let go wrong. @public */
export type PayOperation = 'create' | 'fetch' | 'events' | 'cancel' | 'capture' | 'refund' | 'refunds' | 'search' | 'search-refunds' | 'auth';
/**
 * `lose-request`: cut before it is read. `lose-answer`: done, then cut. `unavailable`: 503. `server-error`: 500. `too-many`: 429. `nonsense`: a page of a proxy. `cut-off`: half of the answer.
 * `oversize`: an answer of several megabytes. `unknown-state`: a word that nobody documented. `key-race`: 409 as for two of the same at once, and nothing done. `elsewhere`: an address to pay at that is not ours. `delay`: done late.
 * @public
 */
export type PayFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'server-error' | 'too-many' | 'nonsense' | 'cut-off' | 'oversize' | 'unknown-state' | 'key-race' | 'elsewhere' | 'delay';
/** A fault and, for a delay, how long it takes. */
export interface PlannedFault { readonly operation: PayOperation; readonly fault: PayFault; readonly delayInSeconds: number }

/** @internal */
export const EVERY_OPERATION: readonly string[] = ['create', 'fetch', 'events', 'cancel', 'capture', 'refund', 'refunds', 'search', 'search-refunds', 'auth'] satisfies readonly PayOperation[];
/** @internal */
export const EVERY_FAULT: readonly string[] = ['lose-request', 'lose-answer', 'unavailable', 'server-error', 'too-many', 'nonsense', 'cut-off', 'oversize', 'unknown-state', 'key-race', 'elsewhere', 'delay'] satisfies readonly PayFault[];

/** The faults that wait for their operation, the oldest first. */
export class Faults {
  readonly #planned: PlannedFault[] = [];

  /** @throws RangeError when there is no such operation or fault */
  plan(operation: string, fault: string, times = 1, delayInSeconds = 1): void {
    if (!EVERY_OPERATION.includes(operation) || !EVERY_FAULT.includes(fault)) throw new RangeError(`There is no fault "${fault}" of "${operation}".`);
    for (let i = 0; i < times; i++) this.#planned.push({ operation: operation as PayOperation, fault: fault as PayFault, delayInSeconds });
  }

  next(operation: PayOperation): PlannedFault | undefined {
    const at = this.#planned.findIndex((planned) => planned.operation === operation);
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0];
  }

  all(): readonly PlannedFault[] { return this.#planned; }
  clear(): void { this.#planned.length = 0; }
}
