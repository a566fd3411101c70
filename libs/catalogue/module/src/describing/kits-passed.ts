import type { PackageFacts } from '@guildhall/catalogue-contract';

/** A report of a kit with how much of it was passed. */
export interface KitPassed { readonly kit: string; readonly contract: string; readonly version: string; readonly implementation: string; readonly passed: number; readonly failed: number; readonly applicable: number; /** Of the whole: a report by which nothing applies is none of passing. */ readonly result: PackageFacts['reports'][number]['results'][number]['result']; readonly results: PackageFacts['reports'][number]['results'] }

/** Each report of a package, counted; those that failed stand first, for these are what somebody looks for. */
export function kitsPassed({ reports }: Pick<PackageFacts, 'reports'>): readonly KitPassed[] {
  return reports.map(({ kit, contract, version, implementation, results }) => {
    const of = (wanted: string): number => results.filter(({ result }) => result === wanted).length;
    return { kit, contract, version, implementation, passed: of('passed'), failed: of('failed'), applicable: of('passed') + of('failed'), result: of('failed') ? 'failed' : of('passed') ? 'passed' : 'not-applicable', results: [...results].sort((a, b) => Number(b.result === 'failed') - Number(a.result === 'failed')) };
  });
}
