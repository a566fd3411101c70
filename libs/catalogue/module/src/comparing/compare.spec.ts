import type { PackageFacts } from '@guildhall/catalogue-contract';
import { askedToCompare, compare, type Side } from './compare';

const facts: PackageFacts = {
  name: '@westmarch/parking', version: '1.0.0', description: 'Parking permits', licence: 'MIT', keywords: [], kind: 'module', id: 'parking', owner: 'Westmarch', maturity: 'beta', provides: { parking: '1.0.0' }, requires: { payments: '^0.1.0' }, uses: {}, events: [],
  permissions: ['parking.end-permits'], personalData: [], languages: ['en', 'cy'], dependencies: {}, peerDependencies: {}, node: '>=20', installScripts: [], readme: '', screenshots: [], files: 3, bytes: 2048,
  reports: [{ kit: 'parking-kit', contract: 'parking', version: '1.0.0', implementation: 'parking', results: [{ id: 'PRK-001', title: 'A permit ends', result: 'passed' }, { id: 'PRK-002', title: 'A permit is paid once', result: 'failed' }, { id: 'PRK-003', title: 'Zones', result: 'not-applicable' }] }],
};
const side: Side = { facts, publisher: 'westmarch', publishedAt: '2026-11-01T00:00:00Z', noticed: [], assessments: 1, adopters: 2, offers: 0 };

describe('packages side by side', () => {
  it('are told thing by thing, and where they differ', () => {
    const rows = compare([side, { ...side, facts: { ...facts, version: '2.0.0', licence: 'Apache-2.0' } }], 'cy');
    expect(rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(['version', 'licence']);
    expect(rows.find(({ key }) => key === 'permissions')?.cells[0]).toEqual(['End permits']);
    const titled = { ...side, facts: { ...facts, permissionTitles: { 'parking.end-permits': { en: 'End permits early', cy: 'Dod â thrwyddedau i ben yn gynnar' } } } };
    expect((['en', 'cy'] as const).map((language) => compare([side, titled], language).find(({ key }) => key === 'permissions')?.cells)).toEqual([[['End permits'], ['End permits early']], [['End permits'], ['Dod â thrwyddedau i ben yn gynnar']]]);
    expect(rows.find(({ key }) => key === 'conformance')?.cells[0]).toEqual(['parking-kit 1/2']);
  });

  it.each([
    [undefined, [], 'too-few'], [['@a/b'], [{ name: '@a/b' }], 'too-few'], [['@a/b', '@a/b'], [{ name: '@a/b' }], 'too-few'],
    [['@a/b@1.0.0', '@a/b@2.0.0'], [{ name: '@a/b', version: '1.0.0' }, { name: '@a/b', version: '2.0.0' }], undefined],
    [['@a/b', '@a/c', '@a/d', '@a/e', '@a/f'], [{ name: '@a/b' }, { name: '@a/c' }, { name: '@a/d' }, { name: '@a/e' }], 'too-many'],
  ])('are asked for as %j', (given, asked, fault) => expect(askedToCompare(given)).toEqual({ asked, ...(fault && { fault }) }));
});
