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
  run(harness: Harness): Promise<void>;
}
/** A kit: the cases, and how long each may take before it counts as failed. @public */
export interface ConformanceKit<Harness> {
  readonly id: string;
  readonly contract: string;
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

/** Declares a kit; refuses an id used twice. @public */
export function defineKit<Harness>(kit: ConformanceKit<Harness>): ConformanceKit<Harness> {
  const seen = new Set<string>();
  for (const { id } of kit.cases) {
    if (!/^[A-Z0-9]{2,6}-\d{3}$/.test(id) || seen.has(id)) throw new Error(`The conformance case id ${id} is malformed or used twice in ${kit.id}.`);
    seen.add(id);
  }
  return kit;
}

/** Runs every case under a test runner (jest, node:test, …), one test each. @public */
export function testConformance<Harness>(kit: ConformanceKit<Harness>, runner: TestRunner, source: HarnessSource<Harness>): void {
  runner.describe(`${kit.id} conformance`, () => {
    for (const testCase of kit.cases) {
      if (testCase.needs && !source.abilities?.includes(testCase.needs)) continue;
      runner.it(`${testCase.id} ${testCase.title}`, async () => {
        const harness = await source.open();
        try { await testCase.run(harness); } finally { await source.close?.(harness); }
      });
    }
  });
}

/** Runs every case without a test runner and returns the report. @public */
export async function reportConformance<Harness>(kit: ConformanceKit<Harness>, implementation: string, source: HarnessSource<Harness>): Promise<ConformanceReport> {
  const results: ConformanceResult[] = [];
  for (const testCase of kit.cases) {
    const line = { id: testCase.id, title: testCase.title };
    if (testCase.needs && !source.abilities?.includes(testCase.needs)) { results.push({ ...line, result: 'not-applicable' }); continue; }
    const harness = await source.open();
    try { await testCase.run(harness); results.push({ ...line, result: 'passed' }); }
    catch (error) { results.push({ ...line, result: 'failed', detail: error instanceof Error ? error.message : String(error) }); }
    finally { await source.close?.(harness); }
  }
  return { kit: kit.id, contract: kit.contract, version: kit.version, implementation, results };
}
