/** What can go wrong with clamd or on the way to it. @public */
export const CLAMD_FAULTS = ['refuse-connection', 'hang', 'delay', 'lose-connection', 'cut-answer', 'cannot-scan', 'clean-too-early', 'odd-words', 'endless-answer', 'web-server', 'finds-nothing'] as const;
/** @public */
export type ClamdFault = (typeof CLAMD_FAULTS)[number];

/** The faults that are planned: the oldest happens next. */
export class Faults {
  readonly #planned: { readonly fault: ClamdFault; left: number }[] = [];

  /** @throws RangeError when there is no such fault, or it is planned less than once */
  plan(fault: string, times: number): void {
    const known = CLAMD_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${CLAMD_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, left: times });
  }
  next(): ClamdFault | undefined {
    const [first] = this.#planned;
    if (first && --first.left === 0) this.#planned.shift();
    return first?.fault;
  }
  clear(): void { this.#planned.length = 0; }
  get planned(): readonly { readonly fault: ClamdFault; readonly left: number }[] { return this.#planned.map((each) => ({ ...each })); }
}
