/**
 * What can be wrong with the next file of what happened. `delay`: it is there in part until somebody finishes it. `twice`: it comes in two files. The others cannot be read, in whole or in a row.
 * @public
 */
export const EXCHANGE_FAULTS = ['delay', 'twice', 'no-status', 'odd-time', 'unknown-case', 'other-columns', 'no-utf8', 'open-quote'] as const;
/** @public */
export type ExchangeFault = (typeof EXCHANGE_FAULTS)[number];

/** The faults that are planned: the oldest happens next. */
export class Faults {
  readonly #planned: { readonly fault: ExchangeFault; left: number }[] = [];

  get planned(): readonly { readonly fault: ExchangeFault; readonly left: number }[] { return this.#planned; }
  plan(fault: string, times: number): void {
    const known = EXCHANGE_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${EXCHANGE_FAULTS.join(', ')}.`);
    if (!Number.isInteger(times) || times < 1) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, left: times });
  }
  next(): ExchangeFault | undefined {
    const [first] = this.#planned;
    if (first && --first.left === 0) this.#planned.shift();
    return first?.fault;
  }
  clear(): void { this.#planned.length = 0; }
}
