import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Outside } from '../test/outside';
import { anotherModule, capability } from './capability';
import { council } from './council';
import { migration } from './migration';
import { provider } from './provider';
import { servicePack } from './service-pack';
import { theme } from './theme';

/** Each compiles or runs much in processes of its own. */
const THREE_MINUTES = 180_000;
const outside = new Outside();
afterAll(() => outside.forget());

/** Each kind of thing, made as a region would make it: what it is made with, and how many of its tests must pass at least. */
const MADE = [
  { what: 'a theme', folder: 'packages/theme-westmarch', make: () => outside.make(theme, { name: 'westmarch', brand: '#5b2c6f', owner: 'Westmarch region' }), atLeast: 10 },
  { what: 'a provider of payments', folder: 'packages/payments-provider-ferry-pay', make: () => outside.make(provider, { port: 'payments', name: 'ferry-pay' }), atLeast: 35 },
  { what: 'a provider of messages', folder: 'packages/notifications-provider-ferry', make: () => outside.make(provider, { port: 'notifications', name: 'ferry' }), atLeast: 18 },
  ...([['addresses', 'addresses', 20], ['back-office', 'back-office', 20], ['document-store', 'documents', 20], ['virus-scanner', 'documents', 14], ['evidence-source', 'sharing', 20], ['resident-sign-in', 'identity', 25], ['resident-sign-in-by-code', 'identity', 22], ['officer-sign-in', 'identity', 25]] as const).map(([port, capability, atLeast]) => (
    { what: `a provider: ${port}`, folder: `packages/${capability}-provider-quay-${port}`, make: () => outside.make(provider, { port, name: `quay-${port}` }), atLeast }
  )),
  { what: 'a service that costs nothing', folder: 'packages/allotment-swap', make: () => outside.make(servicePack, { name: 'allotment-swap', title: { en: 'Swap an allotment', cy: 'Cyfnewid rhandir' } }), atLeast: 10 },
  { what: 'a service with a fee', folder: 'packages/mooring-permit', make: () => outside.make(servicePack, { name: 'mooring-permit', fee: 12.5 }), atLeast: 11 },
  { what: 'a contract', folder: 'packages/lost-property-contract', make: () => outside.make(capability, { name: 'lost-property', title: { en: 'Lost property', cy: 'Eiddo coll' } }), atLeast: 5 },
  { what: 'a module, with two more migrations', folder: 'packages/lost-property', make: () => ['', 'alter table lost_property.entry add column colour text;'].map((sql, at) => outside.make(migration, { folder: 'packages/lost-property', name: `step-${at}`, ...(sql && { sql }) })), atLeast: 8 },
  { what: 'another module for that contract', folder: 'packages/found-things', make: () => outside.make(anotherModule, { name: 'found-things', capability: 'lost-property', title: { en: 'Found things', cy: 'Pethau a ganfuwyd' } }), atLeast: 8 },
  {
    what: 'a council', folder: 'marshborough', atLeast: 1,
    make: () => outside.make(council, { name: 'Marshborough District Council', slug: 'marshborough', gss: 'E07000997', languages: ['en', 'cy'], brand: '#1d4f3a', id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17' }),
  },
] as const;

describe('outside this repository, from what is published', () => {
  it('all that is generated compiles', () => {
    for (const { make } of MADE) make();
    expect(outside.compile(...MADE.map(({ folder }) => folder))).toBe('');
  }, THREE_MINUTES);
  it('every package passes lint', () => {
    const packages = MADE.map(({ folder }) => folder).filter((folder) => folder.startsWith('packages/'));
    // Nothing else is found but what was put there, so lint has looked.
    const planted = path.join(outside.folder, 'packages/theme-westmarch/src/planted.ts');
    writeFileSync(planted, 'export const planted: any = 1;\n');
    const found = outside.lint(...packages);
    rmSync(planted);
    expect(found).toEqual([expect.stringContaining('packages/theme-westmarch/src/planted.ts: @typescript-eslint/no-explicit-any')]);
  }, THREE_MINUTES);
  it.each(MADE)('$what passes its tests at once', ({ folder, atLeast }) => {
    const { status, said, passed } = outside.test(folder);
    expect(status === 0 ? '' : said).toBe('');
    expect(passed).toBeGreaterThanOrEqual(atLeast);
  }, THREE_MINUTES);
});
