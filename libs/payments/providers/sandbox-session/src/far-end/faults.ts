/** What a test may let go wrong. */
export type FarOperation = 'create' | 'fetch' | 'cancel' | 'refund' | 'refunds';
/** `lose-request`: cut before it is read. `lose-answer`: done, then cut. `unavailable`: 503. `nonsense`: a page of a proxy. `unknown-state`: a word that nobody documented. `delay`: done late. */
export type FarFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'nonsense' | 'unknown-state' | 'delay';
/** A fault and how long it takes. */
export interface PlannedFault { readonly operation: FarOperation; readonly fault: FarFault; readonly delayInSeconds: number }

const OPERATIONS: readonly string[] = ['create', 'fetch', 'cancel', 'refund', 'refunds'] satisfies readonly FarOperation[];
const FAULTS: readonly string[] = ['lose-request', 'lose-answer', 'unavailable', 'nonsense', 'unknown-state', 'delay'] satisfies readonly FarFault[];

/** The faults that wait for their operation, the oldest first. */
export class Faults {
  readonly #planned: PlannedFault[] = [];

  plan(operation: string, fault: string, times = 1, delayInSeconds = 1): boolean {
    if (!OPERATIONS.includes(operation) || !FAULTS.includes(fault)) return false;
    for (let i = 0; i < times; i++) this.#planned.push({ operation: operation as FarOperation, fault: fault as FarFault, delayInSeconds });
    return true;
  }

  next(operation: FarOperation): PlannedFault | undefined {
    const at = this.#planned.findIndex((planned) => planned.operation === operation);
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0];
  }

  clear(): void { this.#planned.length = 0; }
}
