import type { AssurancePolicy } from '@guildhall/assurance-contract';

/** What runs here, what was found of it, and what the council demands of it before it runs. @public */
export interface Deployment {
  /** The file that lists what it is made of: a lockfile, or a list of components that says as much. Unless told, `components.json` or `package-lock.json` in the program's folder, or the nearest one above it. */
  readonly components?: string;
  /** The folder with what assessors have signed of it and of what is installed, a file (DSSE, JSON) each. */
  readonly assessments?: string;
  /** Who makes and runs it for this body: `host-it`. Whoever belongs to these does not look at it from outside. */
  readonly suppliers?: readonly string[];
  /**
   * What must have been found of it, and of what is installed: as an object, or in the words in which the council decided on it.
   * @example 'hosting: third party for principles 1, 2, 9, 10; modules: kit passed and one peer’s review; otherwise: refuse'
   */
  readonly policy?: AssurancePolicy | string;
}
