/** What can go wrong there or on the way. `lose-answer`: the case is taken and nobody hears of it. @public */
export const DEPOT_FAULTS = ['too-many', 'missing-field', 'signature-refused', 'unavailable', 'gone', 'moved', 'lose-connection', 'lose-answer', 'hang', 'delay', 'sign-in-page', 'odd-reference'] as const;
/** @public */
export type DepotFault = (typeof DEPOT_FAULTS)[number];

/** The faults that are planned: the oldest happens next. */
export class Faults {
  readonly #planned: { readonly fault: DepotFault; left: number }[] = [];

  get planned(): readonly { readonly fault: DepotFault; readonly left: number }[] { return this.#planned; }
  plan(fault: string, times: number): void {
    const known = DEPOT_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${DEPOT_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, left: times });
  }
  next(): DepotFault | undefined {
    const [first] = this.#planned;
    if (first && --first.left === 0) this.#planned.shift();
    return first?.fault;
  }
  clear(): void { this.#planned.length = 0; }
}
