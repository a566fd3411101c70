/** What can go wrong. @public */
export const POSTCODES_IO_FAULTS = ['too-many', 'unavailable', 'lose-connection', 'hang', 'sign-in-page', 'cut-off', 'no-codes'] as const;
/** @public */
export type PostcodesIoFault = (typeof POSTCODES_IO_FAULTS)[number];

/** The fault that is planned: a new plan takes the place of the one before. */
export class PlannedFault {
  #plan: { readonly fault: PostcodesIoFault; left: number } | undefined;

  /** @throws RangeError when there is no such fault, or a number of times that is none: both come from outside */
  plan(fault: string, times: number): void {
    const known = POSTCODES_IO_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${POSTCODES_IO_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#plan = { fault: known, left: times };
  }
  next(): PostcodesIoFault | undefined {
    const now = this.#plan;
    if (now && --now.left === 0) this.#plan = undefined;
    return now?.fault;
  }
  clear(): void { this.#plan = undefined; }
  get planned(): { readonly fault: PostcodesIoFault; readonly left: number } | undefined { return this.#plan && { ...this.#plan }; }
}
