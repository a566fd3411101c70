/** What can go wrong at the far end or on the way to it. `lose-answer`: the report is taken and nobody hears of it. @public */
export const GEOREPORT_FAULTS = ['too-many', 'missing-field', 'key-refused', 'unavailable', 'lose-connection', 'lose-answer', 'hang', 'delay', 'sign-in-page', 'cut-off', 'document-type', 'moved'] as const;
/** @public */
export type GeoReportFault = (typeof GEOREPORT_FAULTS)[number];

/** The faults that are planned: the oldest happens next. */
export class Faults {
  readonly #planned: { readonly fault: GeoReportFault; left: number }[] = [];

  get planned(): readonly { readonly fault: GeoReportFault; readonly left: number }[] { return this.#planned; }

  plan(fault: string, times: number): void {
    const known = GEOREPORT_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${GEOREPORT_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, left: times });
  }
  next(): GeoReportFault | undefined {
    const [first] = this.#planned;
    if (first && --first.left === 0) this.#planned.shift();
    return first?.fault;
  }
  clear(): void { this.#planned.length = 0; }
}
