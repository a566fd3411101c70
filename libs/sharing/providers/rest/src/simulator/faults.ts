/** What can go wrong. @public */
export const REST_REGISTER_FAULTS = ['unavailable', 'lose-connection', 'hang', 'too-many', 'forbidden', 'sign-in-page', 'cut-off', 'huge', 'redirect', 'somebody-else', 'error-as-answer', 'first-page', 'next-link'] as const;
/** @public */
export type RestRegisterFault = (typeof REST_REGISTER_FAULTS)[number];

/** The fault that is planned: a new plan takes the place of the one before. */
export class PlannedFault {
  #plan: { readonly fault: RestRegisterFault; left: number } | undefined;

  /** @throws RangeError when there is no such fault, or a number of times that is none: both come from outside */
  plan(fault: string, times: number): void {
    const known = REST_REGISTER_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${REST_REGISTER_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#plan = { fault: known, left: times };
  }
  next(): RestRegisterFault | undefined {
    const now = this.#plan;
    if (now && --now.left === 0) this.#plan = undefined;
    return now?.fault;
  }
  clear(): void { this.#plan = undefined; }
  get planned(): { readonly fault: RestRegisterFault; readonly left: number } | undefined { return this.#plan && { ...this.#plan }; }
}
