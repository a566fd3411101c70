import { defineKit, reportConformance, testReportedConformance, type TestRunner } from './conformance';

const kit = defineKit<{ readonly colour: string }>({ id: 'lamps.lamp', contract: 'lamps', version: '1.0', cases: [
  { id: 'LMP-001', title: 'it is green', run: async ({ colour }) => { if (colour !== 'green') throw new Error(`It is ${colour}.`); } },
  { id: 'LMP-002', title: 'it has a colour', run: async ({ colour }) => { if (!colour) throw new Error('It has none.'); } },
  { id: 'LMP-003', title: 'it can be dimmed', needs: 'dimming', run: async () => { throw new Error('It was not asked for.'); } },
] });

/** A test runner that keeps the tests, to run them when it is told to. */
function kept(): TestRunner & { readonly tests: Map<string, () => Promise<void>> } {
  const tests = new Map<string, () => Promise<void>>();
  return { tests, describe: (_name, body) => body(), it: (name, body) => void tests.set(name, body) };
}

describe('the report of a kit that was tested', () => {
  it.each(['green', 'red'])('is that of a kit that is only reported, for a %s lamp', async (colour) => {
    const source = { open: async () => ({ colour }) };
    const runner = kept();
    const reported = testReportedConformance(kit, runner, source);
    expect([...runner.tests.keys()]).toEqual(['LMP-001 it is green', 'LMP-002 it has a colour']);
    const outcomes = await Promise.allSettled([...runner.tests.values()].map((test) => test()));
    expect(outcomes.map(({ status }) => status)).toEqual([colour === 'green' ? 'fulfilled' : 'rejected', 'fulfilled']);
    const report = reported('a lamp');
    expect(report.results.map(({ result }) => result)).toEqual([colour === 'green' ? 'passed' : 'failed', 'passed', 'not-applicable']);
    expect(report).toEqual(await reportConformance(kit, 'a lamp', source));
  });

  it('is refused while a case has not run: it would lack it', async () => {
    const runner = kept();
    const reported = testReportedConformance(kit, runner, { open: async () => ({ colour: 'green' }) });
    await runner.tests.get('LMP-001 it is green')?.();
    expect(() => reported('a lamp')).toThrow('LMP-002 has not run');
  });
});

it('a case that came with a later version than the kit has is refused, and one that came with an earlier is not', () => {
  const of = (version: string, since: string): (() => unknown) => () => defineKit({ id: 'lamps.lamp', contract: 'lamps', version, cases: [{ id: 'LMP-001', title: 'shines', since, run: () => Promise.resolve() }] });
  expect(of('0.10.0', '0.9.0')).not.toThrow();
  for (const [version, since] of [['0.9.0', '0.10.0'], ['0.2.0', 'new']] as const) expect(of(version, since)).toThrow(`The conformance case LMP-001 of lamps.lamp came with ${since}, and the kit is at ${version}: raise the kit's version.`);
});
