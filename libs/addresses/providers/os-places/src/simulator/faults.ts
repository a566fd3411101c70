/** What can go wrong at the far end or on the way to it. @public */
export const OS_PLACES_FAULTS = ['too-many', 'unavailable', 'gateway-timeout', 'key-refused', 'not-in-plan', 'lose-connection', 'hang', 'delay', 'sign-in-page', 'cut-off', 'no-header', 'odd-records', 'oversize'] as const;
/** @public */
export type OsPlacesFault = (typeof OS_PLACES_FAULTS)[number];

/** The faults that are planned: the oldest happens next. */
export class Faults {
  readonly #planned: { readonly fault: OsPlacesFault; left: number }[] = [];

  plan(fault: string, times: number): void {
    const known = OS_PLACES_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${OS_PLACES_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, left: times });
  }
  next(): OsPlacesFault | undefined {
    const [first] = this.#planned;
    if (first && --first.left === 0) this.#planned.shift();
    return first?.fault;
  }
  clear(): void { this.#planned.length = 0; }
  get planned(): readonly { readonly fault: OsPlacesFault; readonly left: number }[] { return this.#planned.map((each) => ({ ...each })); }
}
