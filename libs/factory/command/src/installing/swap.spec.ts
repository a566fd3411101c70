import type { ConformanceReport, ConformanceResult } from '@guildhall/kernel-contract';
import { sameKits } from './swap';

type Result = ConformanceResult['result'];
const report = (kit: string, results: Readonly<Record<string, Result>>, version = '0.1.0'): ConformanceReport => ({ kit, contract: 'payments', version, implementation: 'invented', results: Object.entries(results).map(([id, result]) => ({ id, title: id, result }) as ConformanceResult) });
const between = (old: readonly ConformanceReport[], other: readonly ConformanceReport[]): string => {
  const same = sameKits({ name: 'old', reports: old }, { name: 'other', reports: other });
  return same.ok ? same.value : `${same.refusal.reason}: ${same.refusal.message}`;
};
const both: Readonly<Record<string, Result>> = { 'PAY-001': 'passed', 'PAY-002': 'passed' };

describe('whether one provider can stand for another', () => {
  it.each<[string, readonly ConformanceReport[], readonly ConformanceReport[], string]>([
    ['both have passed all', [report('a', both)], [report('a', both)], 'Both have passed a 0.1.0.'],
    ['what does not apply to it is named, of each kit', [report('a', both), report('b', both)], [report('a', { ...both, 'PAY-002': 'not-applicable' }), report('b', { ...both, 'PAY-001': 'not-applicable' })], 'Both have passed a 0.1.0 and b 0.1.0. other cannot do what PAY-002, PAY-001 are about.'],
    ['a kit after one with less fails', [report('a', both), report('b', both)], [report('a', { ...both, 'PAY-002': 'not-applicable' }), report('b', { ...both, 'PAY-001': 'failed' })], 'not-passed: other has not passed PAY-001 of b.'],
    ['a kit after one with less has another version', [report('a', both), report('b', both)], [report('a', { ...both, 'PAY-002': 'not-applicable' }), report('b', both, '0.2.0')], 'another-kit: old has passed b 0.1.0, and other 0.2.0. Upgrade the one that is behind first.'],
    ['a kit is missing', [report('a', both), report('b', both)], [report('a', both)], 'another-kit: old has passed b, and other brings no report of it, so that nobody knows whether one can stand for the other.'],
    ['a case that says nothing of the old one is left out', [report('a', { ...both, 'PAY-003': 'not-applicable' })], [report('a', both)], 'Both have passed a 0.1.0.'],
    ['of two reports of one kit the second fails', [report('a', both), report('a', both)], [report('a', both), report('a', { ...both, 'PAY-002': 'failed' })], 'not-passed: other has not passed PAY-002 of a.'],
    ['both have two reports of one kit', [report('a', both), report('a', both)], [report('a', both), report('a', { ...both, 'PAY-002': 'not-applicable' })], 'Both have passed a 0.1.0. other cannot do what PAY-002 is about.'],
    ['a report says nothing', [report('a', both)], [report('a', {})], 'not-passed: The report of other leaves out PAY-001, PAY-002 of a, so that nobody knows whether it passes.'],
    ['nothing applies to it', [report('a', both)], [report('a', { 'PAY-001': 'not-applicable', 'PAY-002': 'not-applicable' })], 'not-passed: other has passed nothing of what old has of a.'],
    ['the old one has no report', [], [report('a', both)], 'another-kit: old brings no report of a kit, so that nobody knows whether other can stand for it.'],
  ])('%s', (_when, old, other, said) => { expect(between(old, other)).toBe(said); });
});
