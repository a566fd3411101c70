/**
 * One numbered rule of a port or an API, executable. Ids are never reused.
 * @public
 */
export interface ConformanceCase<Harness> {
  /** `PAY-002` */
  readonly id: string;
  /** A sentence of behaviour: `the same key never charges twice`. */
  readonly title: string;
  /** An ability that the implementation may lack; without it the case is reported as not applicable. */
  readonly needs?: string;
  /** The version of the kit with which it came: `0.2.0`. Absent: with the kit's first, so that a report by any version must have it. */
  readonly since?: string;
  run(harness: Harness): Promise<void>;
}
/** A kit: its cases. Its id begins with its contract's (`payments.payment-provider` of `payments`) or has no point. @public */
export interface ConformanceKit<Harness> {
  readonly id: string;
  readonly contract: string;
  /** Raised with each case that is added: reports say it. */
  readonly version: string;
  readonly cases: readonly ConformanceCase<Harness>[];
}
/** A test runner's two functions, passed in, so that a kit needs no test framework. @public */
export interface TestRunner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}
/** What a kit needs to know of an implementation. @public */
export interface HarnessSource<Harness> {
  readonly abilities?: readonly string[];
  /** A fresh implementation and far end for each case. */
  open(): Promise<Harness>;
  close?(harness: Harness): Promise<void>;
}
/** One line of `conformance.json`. @public */
export interface ConformanceResult { readonly id: string; readonly title: string; readonly result: 'passed' | 'failed' | 'not-applicable'; readonly detail?: string }
/** What ships in a package and shows in the catalogue. @public */
export interface ConformanceReport { readonly kit: string; readonly contract: string; readonly version: string; readonly implementation: string; readonly results: readonly ConformanceResult[] }

/** Declares a kit; refuses an id used twice, and a case that came with a later version than the kit has. @public */
export function defineKit<Harness>(kit: ConformanceKit<Harness>): ConformanceKit<Harness> {
  const seen = new Set<string>();
  for (const { id, since } of kit.cases) {
    if (!/^[A-Z0-9]{2,6}-\d{3}$/.test(id) || seen.has(id)) throw new Error(`The conformance case id ${id} is malformed or used twice in ${kit.id}.`);
    if (since !== undefined && (!/^\d+\.\d+\.\d+$/.test(since) || since.localeCompare(kit.version, 'en', { numeric: true }) > 0)) throw new Error(`The conformance case ${id} of ${kit.id} came with ${since}, and the kit is at ${kit.version}: raise the kit's version.`);
    seen.add(id);
  }
  return kit;
}

/** Runs every case under a test runner (jest, node:test, …), one test each. @public */
export function testConformance<Harness>(kit: ConformanceKit<Harness>, runner: TestRunner, source: HarnessSource<Harness>): void {
  testReportedConformance(kit, runner, source);
}

/**
 * Runs every case under a test runner as `testConformance` does, and gives the report of that very run to a test that comes after.
 *
 * @returns the report for an implementation's name; throws an Error naming a case that should have run before and has not
 * @example const reported = testReportedConformance(kit, { describe, it }, source);
 * it('is reported', () => expect(reported('my provider')).toEqual(kept));
 * @public
 */
export function testReportedConformance<Harness>(kit: ConformanceKit<Harness>, runner: TestRunner, source: HarnessSource<Harness>): (implementation: string) => ConformanceReport {
  const tried = new Map<string, ConformanceResult>();
  runner.describe(`${kit.id} conformance`, () => {
    for (const testCase of kit.cases) {
      if (isNotApplicable(testCase, source)) continue;
      runner.it(`${testCase.id} ${testCase.title}`, async () => {
        const harness = await source.open();
        try { await testCase.run(harness); tried.set(testCase.id, passed(testCase)); }
        catch (error) { tried.set(testCase.id, failed(testCase, error)); throw error; }
        finally { await source.close?.(harness); }
      });
    }
  });
  return (implementation) => reportOf(kit, implementation, kit.cases.map((testCase) => {
    if (isNotApplicable(testCase, source)) return notApplicable(testCase);
    const result = tried.get(testCase.id);
    if (!result) throw new Error(`${testCase.id} has not run, and the report would lack it: run all tests of the file.`);
    return result;
  }));
}

/** Runs every case without a test runner and returns the report. @public */
export async function reportConformance<Harness>(kit: ConformanceKit<Harness>, implementation: string, source: HarnessSource<Harness>): Promise<ConformanceReport> {
  const results: ConformanceResult[] = [];
  for (const testCase of kit.cases) {
    if (isNotApplicable(testCase, source)) { results.push(notApplicable(testCase)); continue; }
    const harness = await source.open();
    try { await testCase.run(harness); results.push(passed(testCase)); }
    catch (error) { results.push(failed(testCase, error)); }
    finally { await source.close?.(harness); }
  }
  return reportOf(kit, implementation, results);
}

type Titled = Pick<ConformanceCase<never>, 'id' | 'title'>;
function isNotApplicable({ needs }: { readonly needs?: string }, { abilities }: { readonly abilities?: readonly string[] }): boolean { return needs !== undefined && !abilities?.includes(needs); }
function notApplicable({ id, title }: Titled): ConformanceResult { return { id, title, result: 'not-applicable' }; }
function passed({ id, title }: Titled): ConformanceResult { return { id, title, result: 'passed' }; }
function failed({ id, title }: Titled, error: unknown): ConformanceResult { return { id, title, result: 'failed', detail: error instanceof Error ? error.message : String(error) }; }
function reportOf({ id, contract, version }: Omit<ConformanceKit<never>, 'cases'>, implementation: string, results: readonly ConformanceResult[]): ConformanceReport { return { kit: id, contract, version, implementation, results }; }
