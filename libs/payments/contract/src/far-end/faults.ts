/** A fault that waits for its operation, and, for a delay, how long it takes. @beta */
export interface PlannedFault<Operation extends string, Fault extends string> { readonly operation: Operation; readonly fault: Fault; readonly delayInSeconds: number }

/**
 * The faults that a test or a person planned, the oldest first: each happens once, to the next call of its operation.
 * @beta
 * @example const faults = new Faults(['create', 'fetch'], ['unavailable']); faults.plan('create', 'unavailable'); faults.next('create');
 */
export class Faults<Operation extends string, Fault extends string> {
  readonly #planned: PlannedFault<Operation, Fault>[] = [];

  constructor(readonly operations: readonly Operation[], readonly faults: readonly Fault[]) {}

  /** @throws RangeError when there is no such operation or fault: their names come from outside */
  plan(operation: string, fault: string, times = 1, delayInSeconds = 1): void {
    const [known, what] = [this.operations.find((one) => one === operation), this.faults.find((one) => one === fault)];
    if (!known || !what) throw new RangeError(`There is no fault "${fault}" of "${operation}".`);
    for (let i = 0; i < times; i++) this.#planned.push({ operation: known, fault: what, delayInSeconds });
  }

  /** The fault that this call meets, which is then used up. */
  next(operation: Operation): PlannedFault<Operation, Fault> | undefined {
    const at = this.#planned.findIndex((planned) => planned.operation === operation);
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0];
  }

  clear(): void { this.#planned.length = 0; }
  all(): readonly PlannedFault<Operation, Fault>[] { return this.#planned; }
}
