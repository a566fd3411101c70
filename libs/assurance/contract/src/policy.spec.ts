import { allDemands, packageGaps, type ConformanceReport, type JudgedPackage, type KitDemands } from './index';

const NAME = '@westmarch/pay-by-bank';
const KIT = 'payments.payment-provider';
const NOW = new Date('2026-11-30T12:00:00Z');
const report = (results: Readonly<Record<string, string>>): ConformanceReport => ({ kit: KIT, contract: '@guildhall/payments-contract', implementation: NAME, results: Object.entries(results).map(([id, result]) => ({ id, result })) });
const gaps = (results: Readonly<Record<string, string>>, demands?: KitDemands): readonly string[] => {
  const judged: JudgedPackage = { name: NAME, version: '1.0.0', kind: 'provider', provides: { [KIT]: '0.1.0' }, reports: [report(results)], ...(demands && { demands }) };
  return packageGaps({ modules: { kit: 'passed' } }, judged, [], { bodies: [], assessors: [] }, NOW).map(({ en }) => en);
};

describe('a kit that was passed', () => {
  const demands = { [KIT]: ['PAY-001', 'PAY-002'] };
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['with all that nobody may lack', { 'PAY-001': 'passed', 'PAY-002': 'passed', 'PAY-003': 'not-applicable' }, []],
    ['with one left out', { 'PAY-001': 'passed' }, [`${NAME} 1.0.0 does not say that it passes PAY-002 of ${KIT}, which nobody may lack.`]],
    ['with one that is said not to apply', { 'PAY-001': 'not-applicable', 'PAY-002': 'passed' }, [`${NAME} 1.0.0 does not say that it passes PAY-001 of ${KIT}, which nobody may lack.`]],
    ['with one that failed', { 'PAY-001': 'failed', 'PAY-002': 'passed' }, [`${NAME} 1.0.0 has not passed PAY-001 of ${KIT}.`]],
  ])('%s', (_what, results, said) => { expect(gaps(results, demands)).toEqual(said); });
  it('is judged by what is known of it: nothing is demanded of a kit of which nobody says what nobody may lack', () => {
    const others: readonly (KitDemands | undefined)[] = [undefined, {}, { 'other.kit': ['OTH-001'] }];
    for (const known of others) expect(gaps({ 'PAY-001': 'passed' }, known)).toEqual([]);
    expect(gaps({ 'PAY-001': 'passed' }, { [KIT]: Array.from({ length: 9 }, (_one, at) => `PAY-00${at + 1}`) })[0]).toContain('PAY-002, PAY-003, PAY-004, PAY-005, PAY-006 … (8) of');
  });
  it('demands what any contract says of it: none takes back what another has said', () => {
    expect(allDemands([demands, { [KIT]: [] }, { [KIT]: ['PAY-004'] }, { 'other.kit': ['OTH-001'] }])).toEqual({ [KIT]: ['PAY-001', 'PAY-002', 'PAY-004'], 'other.kit': ['OTH-001'] });
  });
});
