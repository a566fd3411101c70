import type { CouncilReport, PackageFacts } from '@guildhall/catalogue-contract';
import { newestTogether, type AsItIs, type Mover } from './newest-together';

type Needs = Readonly<Record<string, string>>;
const parking = (version: string): PackageFacts => facts('parking', version, { provides: { parking: version } });
const permits = (version: string, requires: Needs): PackageFacts => facts('permits', version, { requires });
function facts(id: string, version: string, more: { readonly provides?: Needs; readonly requires?: Needs }): PackageFacts {
  return {
    name: `@westmarch/${id}`, version, description: 'Invented.', licence: 'MIT', keywords: [], kind: 'module', id, owner: 'Westmarch Digital', maturity: 'beta', provides: {}, requires: {}, uses: {}, events: [], permissions: [], personalData: [], languages: ['en', 'cy'], dependencies: {}, peerDependencies: {},
    node: '*', installScripts: [], reports: [], readme: '', screenshots: [], files: 1, bytes: 1, ...more,
  };
}
/** An app that has these. */
function app(...has: readonly PackageFacts[]): AsItIs {
  const council: CouncilReport = {
    format: 1, at: '2026-11-30T12:00:00Z', council: { slug: 'brackenfield', languages: ['en', 'cy'], nation: 'england' }, node: '20.20.0', packages: has.map(({ name, version, kind, id }) => ({ name, version, kind, id })),
    contracts: Object.assign({}, ...has.map(({ provides }) => provides)) as Needs, copies: [], findings: [],
  };
  return { council, named: new Set(has.map(({ name }) => name)), packages: has.map(({ name, version, kind, id, provides, requires }) => ({ name, version, at: `node_modules/${name}`, guildhall: { kind, id, provides, requires } })) };
}
const moving = (name: string, ...offers: readonly PackageFacts[]): Mover => ({ name: `@westmarch/${name}`, offers });
const versions = ({ taken }: ReturnType<typeof newestTogether>): readonly string[] => taken.map(({ id, version }) => `${id} ${version}`);

describe('the newest versions that fit together', () => {
  const now = app(parking('1.0.0'), permits('1.0.0', { parking: '^1.0.0' }));
  it('are the newest of all where nothing is against it', () => {
    const found = newestTogether([moving('parking', parking('2.0.0'), parking('1.1.0')), moving('permits', permits('2.0.0', { parking: '^2.0.0' }))], now);
    expect([versions(found), [...found.held]]).toEqual([['parking 2.0.0', 'permits 2.0.0'], []]);
  });
  it('are older ones of what another that stays could not live with', () => {
    const found = newestTogether([moving('parking', parking('2.0.0'), parking('1.2.0'), parking('1.1.0'))], now);
    expect([versions(found), [...found.held]]).toEqual([['parking 1.2.0'], [['@westmarch/parking', '@westmarch/permits 1.0.0 needs the contract “parking” ^1.0.0, and it would be 2.0.0.']]]);
  });
  it('are as they are of what needs a version that nobody has', () => {
    const found = newestTogether([moving('parking', parking('1.1.0')), moving('permits', permits('3.0.0', { parking: '^3.0.0' }))], now);
    expect([versions(found), [...found.held.keys()]]).toEqual([['parking 1.1.0'], ['@westmarch/permits']]);
    expect(found.held.get('@westmarch/permits')).toContain('@westmarch/permits 3.0.0 does not fit: ');
  });
  it('are as new as can be of one that gave way before the other did', () => {
    const found = newestTogether([moving('parking', parking('2.0.0'), parking('1.1.0')), moving('permits', permits('1.5.0', { parking: '^1.0.0' }))], now);
    expect([versions(found), [...found.held.keys()]]).toEqual([['parking 1.1.0', 'permits 1.5.0'], ['@westmarch/parking']]);
  });
  it('are older ones of what another that stays is not made for', () => {
    const made = app(parking('1.0.0'));
    const old = { ...made, packages: made.packages.map((one) => ({ ...one, peers: { '@guildhall/kernel': '^0.1.0' } })) };
    const kernel = (version: string): PackageFacts => ({ ...facts('kernel', version, {}), name: '@guildhall/kernel', kind: 'kernel' });
    const found = newestTogether([{ name: '@guildhall/kernel', offers: [kernel('0.2.0'), kernel('0.1.4')] }], old);
    expect([versions(found), [...found.held.values()]]).toEqual([['kernel 0.1.4'], ['@westmarch/parking 1.0.0 needs @guildhall/kernel ^0.1.0, and it would be 0.2.0.']]);
  });
  it('take nothing away that another needs', () => {
    const found = newestTogether([moving('parking', facts('parking', '1.1.0', {}))], now);
    expect([versions(found), [...found.held.values()]]).toEqual([[], ['@westmarch/permits 1.0.0 needs the contract “parking” ^1.0.0, and nothing would provide it any more.']]);
  });
});
