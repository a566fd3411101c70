import { productionPackages } from './production-packages.mjs';

const link = (folder: string) => ({ resolved: folder, link: true });

describe('the packages of a packaged app', () => {
  it('are those that its dependencies lead to, and no development package', () => {
    const found = productionPackages({
      'apps/town': { dependencies: { '@guildhall/payments': '^0.1.0' }, devDependencies: { '@guildhall/embedded-database': '^0.1.0' } },
      'node_modules/@guildhall/payments': link('libs/payments/module'), 'libs/payments/module': { dependencies: { pg: '8' }, devDependencies: { jest: '30' }, peerDependencies: { rxjs: '^7' } },
      'node_modules/@guildhall/embedded-database': link('libs/kernel/embedded-database'), 'libs/kernel/embedded-database': {},
      'node_modules/pg': {}, 'node_modules/jest': {}, 'node_modules/rxjs': { dependencies: { tslib: '2' } }, 'node_modules/tslib': {},
    }, 'apps/town');
    expect(found).toEqual([
      { from: 'libs/payments/module', to: 'node_modules/@guildhall/payments' },
      { from: 'node_modules/pg', to: 'node_modules/pg' }, { from: 'node_modules/rxjs', to: 'node_modules/rxjs' }, { from: 'node_modules/tslib', to: 'node_modules/tslib' },
    ]);
  });

  it('keep the version that stands next to the package that needs it', () => {
    const found = productionPackages({
      'apps/town': { dependencies: { '@guildhall/ui': '1', nunjucks: '2' } },
      'node_modules/@guildhall/ui': link('libs/ui'), 'libs/ui': { dependencies: { nunjucks: '3' } },
      'libs/ui/node_modules/nunjucks': { dependencies: { asap: '2', commander: '5' } }, 'libs/ui/node_modules/nunjucks/node_modules/commander': {},
      'node_modules/nunjucks': {}, 'node_modules/asap': {}, 'node_modules/commander': {},
    }, 'apps/town').map(({ from, to }) => `${from} → ${to}`);
    expect(found).toEqual([
      'libs/ui → node_modules/@guildhall/ui',
      'libs/ui/node_modules/nunjucks → node_modules/@guildhall/ui/node_modules/nunjucks',
      'libs/ui/node_modules/nunjucks/node_modules/commander → node_modules/@guildhall/ui/node_modules/nunjucks/node_modules/commander',
      'node_modules/asap → node_modules/asap', 'node_modules/nunjucks → node_modules/nunjucks',
    ]);
  });

  it('leave out peers that are optional, and optional packages of other machines', () => {
    const found = productionPackages({
      'apps/town': { dependencies: { kernel: '1' } },
      'node_modules/kernel': { peerDependencies: { 'playwright-core': '1', '@embedded/postgres': '1' }, peerDependenciesMeta: { 'playwright-core': { optional: true }, '@embedded/postgres': { optional: true } }, optionalDependencies: { '@img/windows': '1' } },
      'node_modules/playwright-core': {},
    }, 'apps/town');
    expect(found).toEqual([{ from: 'node_modules/kernel', to: 'node_modules/kernel' }]);
  });

  it('are refused when the lock lacks one, and when two would lie in one place', () => {
    expect(() => productionPackages({ 'apps/town': { dependencies: { pg: '8' } } }, 'apps/town')).toThrow('apps/town needs pg, which package-lock.json does not have');
    expect(() => productionPackages({ 'apps/town': { dependencies: { pg: '7', kernel: '1' } }, 'apps/town/node_modules/pg': {}, 'node_modules/pg': {}, 'node_modules/kernel': { dependencies: { pg: '8' } } }, 'apps/town')).toThrow('would both lie at node_modules/pg');
  });
});
