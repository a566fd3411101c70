import type { S3Operation } from './operation';

/**
 * What can go wrong at the far end or on the way to it. `lose-answer` does what was asked and then says nothing; `cut-body`, `stall-body`, `slow-body` and `damage-body` happen to an object that is read;
 * `error-after-200` is what CompleteMultipartUpload may do: the status is sent before it is known how it ends.
 * @public
 */
export const S3_FAULTS = ['slow-down', 'internal-error', 'lose-connection', 'lose-answer', 'hang', 'delay', 'access-denied', 'cut-body', 'stall-body', 'slow-body', 'damage-body', 'error-after-200', 'sign-in-page', 'cut-xml'] as const;
/** @public */
export type S3Fault = (typeof S3_FAULTS)[number];

interface Planned { readonly fault: S3Fault; readonly on: S3Operation | undefined; left: number }

/** The faults that are planned: the oldest that concerns an operation happens to it. */
export class Faults {
  #planned: Planned[] = [];

  /** @throws RangeError when there is no such fault, or it is planned less than once */
  plan(fault: string, times: number, on?: S3Operation): void {
    const known = S3_FAULTS.find((each) => each === fault);
    if (!known) throw new RangeError(`There is no fault "${fault}". Known: ${S3_FAULTS.join(', ')}.`);
    if (times !== Number.POSITIVE_INFINITY && (!Number.isInteger(times) || times < 1)) throw new RangeError('A fault happens once or more.');
    this.#planned.push({ fault: known, on, left: times });
  }
  next(operation: S3Operation): S3Fault | undefined {
    const found = this.#planned.find(({ fault, on }) => (on === undefined || on === operation) && (!fault.endsWith('-body') || operation === 'GetObject'));
    if (found && --found.left === 0) this.#planned = this.#planned.filter((each) => each !== found);
    return found?.fault;
  }
  clear(): void { this.#planned = []; }
  get planned(): readonly Readonly<Planned>[] { return this.#planned.map((each) => ({ ...each })); }
}
