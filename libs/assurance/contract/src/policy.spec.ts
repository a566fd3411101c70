import { kitDemands, olderKits, packageEnds, packageGaps, type AssurancePolicy, type ConformanceReport, type JudgedPackage, type KitDemands } from './index';

const NAME = '@westmarch/pay-by-bank';
const KIT = 'payments.payment-provider';
const NOW = new Date('2026-11-30T12:00:00Z');
const KNOWN = { bodies: [], assessors: [] };
const DEMANDS = kitDemands([{ contract: 'payments', kits: { [KIT]: ['PAY-001', 'PAY-002'], [`${KIT}@0.2.0`]: ['PAY-004', 'PAY-005'] } }]);
const BEFORE = { 'PAY-001': 'passed', 'PAY-002': 'passed' };
type Results = Readonly<Record<string, string>>;
const report = (results: Results, more: Partial<ConformanceReport> = {}): ConformanceReport => ({ kit: KIT, contract: '@guildhall/payments-contract', version: '0.1.0', implementation: NAME, results: Object.entries(results).map(([id, result]) => ({ id, result })), ...more });
const judged = (results: Results, demands?: KitDemands, more: Partial<ConformanceReport> = {}, provided = '0.1.0'): JudgedPackage => ({ name: NAME, version: '1.0.0', kind: 'provider', provides: { [KIT]: provided }, reports: [report(results, more)], ...(demands && { demands }) });
const held = (one: JudgedPackage, kit: NonNullable<AssurancePolicy['modules']>['kit'] = 'passed'): readonly string[] => packageGaps({ modules: { kit } }, one, [], KNOWN, NOW).map(({ en }) => en);
const lacks = (ids: string): string => `${NAME} 1.0.0 does not say that it passes ${ids} of ${KIT}, which nobody may lack.`;

describe('a kit that was passed', () => {
  const demands = kitDemands([{ contract: 'payments', kits: { [KIT]: ['PAY-001', 'PAY-002'] } }]);
  it.each<readonly [string, Results, readonly string[]]>([
    ['with all that nobody may lack', { ...BEFORE, 'PAY-003': 'not-applicable' }, []],
    ['with one left out', { 'PAY-001': 'passed' }, [lacks('PAY-002')]],
    ['with one that is said not to apply', { 'PAY-001': 'not-applicable', 'PAY-002': 'passed' }, [lacks('PAY-001')]],
    ['with one that failed', { 'PAY-001': 'failed', 'PAY-002': 'passed' }, [`${NAME} 1.0.0 has not passed PAY-001 of ${KIT}.`]],
  ])('%s', (_what, results, said) => { expect(held(judged(results, demands))).toEqual(said); });
  it('is judged by what is known of it: nothing is demanded of a kit of which nobody says what nobody may lack', () => {
    const others: readonly (KitDemands | undefined)[] = [undefined, {}, kitDemands([{ contract: 'other', kits: { 'other.kit': ['OTH-001'] } }])];
    for (const known of others) expect(held(judged({ 'PAY-001': 'passed' }, known))).toEqual([]);
    const many = kitDemands([{ contract: 'payments', kits: { [KIT]: Array.from({ length: 9 }, (_one, at) => `PAY-00${at + 1}`) } }]);
    expect(held(judged({ 'PAY-001': 'passed' }, many))[0]).toContain('PAY-002, PAY-003, PAY-004, PAY-005, PAY-006 … (8) of');
  });
});

describe('a kit that has gained cases since', () => {
  const older = `${NAME} 1.0.0 passed ${KIT} of 0.1.0; the present one has 2 more cases.`;
  it('was passed as it was then: that is said, and refused only where the present kit is demanded', () => {
    const one = judged(BEFORE, DEMANDS);
    expect(held(one)).toEqual([]);
    expect(olderKits(one)).toEqual([{ en: older, cy: `Pasiodd ${NAME} 1.0.0 ${KIT} o 0.1.0; mae gan yr un presennol 2 achos arall.` }]);
    expect(packageEnds({ modules: { kit: 'passed' } }, one, [], KNOWN, NOW).map(({ en }) => en)).toEqual([older]);
    expect(packageEnds({ modules: { kit: 'passed', except: ['@westmarch/*'] } }, one, [], KNOWN, NOW)).toEqual([]);
    expect(held(one, 'present')).toEqual([`${NAME} 1.0.0 passed ${KIT} of 0.1.0, which did not have PAY-004, PAY-005 yet.`]);
  });
  it('was not passed by whoever lacks what the kit had then', () => { expect(held(judged({ 'PAY-001': 'passed' }, DEMANDS))).toEqual([lacks('PAY-002')]); });
  it.each<readonly [string, string | undefined]>([['its present version', '0.2.0'], ['a version that is yet to come', '9.0.0'], ['what is no version', 'old'], ['no version', undefined]])('is demanded whole of a report that says %s', (_what, version) => {
    const one = judged(BEFORE, DEMANDS, { version });
    expect([held(one), olderKits(one)]).toEqual([[lacks('PAY-004, PAY-005')], []]);
  });
  it('is known by its cases, whatever older version a report says', () => { expect(held(judged({ ...BEFORE, 'PAY-004': 'not-applicable' }, DEMANDS))).toEqual([lacks('PAY-004, PAY-005')]); });
  it('may be no older than what the package says that it provides', () => {
    expect(held(judged(BEFORE, DEMANDS, {}, '0.2.0'))).toEqual([`${NAME} 1.0.0 provides ${KIT} 0.2.0, and brings a report of the older ${KIT} 0.1.0.`]);
    expect(held(judged(BEFORE, DEMANDS, { version: '0.0.1' }))).toEqual([`${NAME} 1.0.0 provides ${KIT} 0.1.0, and brings a report of the older ${KIT} 0.0.1.`]);
    expect(held(judged({ 'PAY-001': 'passed' }, DEMANDS, { version: '0.0.1' }))[0]).toBe(lacks('PAY-002'));
  });
});

describe('what contracts demand', () => {
  it('is of their own kits: a stranger’s contract says nothing of another’s', () => {
    const strangers = { contract: 'strangers', kits: { [KIT]: ['PAY-999'], [`${KIT}@0.1.1`]: ['PAY-998'], 'code-sign-in': ['COD-999'], 'strangers.kit': ['STR-001'] } };
    const told = kitDemands([{ contract: 'payments', kits: { [KIT]: ['PAY-001'] } }, { contract: 'identity', kits: { 'code-sign-in': ['COD-001'] } }, strangers]);
    expect(told).toEqual({ [KIT]: [{ id: 'PAY-001' }], 'identity/code-sign-in': [{ id: 'COD-001' }], 'strangers/code-sign-in': [{ id: 'COD-999' }], 'strangers.kit': [{ id: 'STR-001' }] });
  });
  it('is what any version of one says: none takes back what another has said', () => {
    const told = [{ [KIT]: ['PAY-001'], [`${KIT}@0.2.0`]: ['PAY-004'] }, { [KIT]: ['PAY-004'], [`${KIT}@0.3.0`]: ['PAY-001', 'PAY-006'] }, { [KIT]: 'all' }].map((kits) => ({ contract: 'payments', kits }));
    for (const order of [told, [...told].reverse()]) expect(kitDemands(order)).toEqual({ [KIT]: [{ id: 'PAY-001' }, { id: 'PAY-004' }, { id: 'PAY-006', since: '0.3.0' }] });
  });
  it('is demanded of a kit without a point by the contract that the report names, and a kit that this does not have counts for nothing', () => {
    const demands = kitDemands([{ contract: 'identity', kits: { 'code-sign-in': ['COD-001'] } }]);
    const signsIn = (kit: string, results: Results): JudgedPackage => ({ name: NAME, version: '1.0.0', kind: 'provider', provides: { 'identity.resident-sign-in': '0.1.0' }, reports: [report(results, { kit, contract: '@guildhall/identity-contract' })], demands });
    expect(held(signsIn('code-sign-in', { 'COD-001': 'passed' }))).toEqual([]);
    expect(held(signsIn('code-sign-in', { 'COD-002': 'passed' }))).toEqual([`${NAME} 1.0.0 does not say that it passes COD-001 of code-sign-in, which nobody may lack.`]);
    expect(held(signsIn('easy-sign-in', { 'EAS-001': 'passed' }))).toEqual([`${NAME} 1.0.0 brings no report that it has passed its kit.`]);
  });
});
