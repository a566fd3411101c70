import { EMPTY, type World } from './generator';
import { migration } from './migration';

const place = (files: Readonly<Record<string, string>>): World => ({ read: (file) => files[file], list: (folder) => Object.keys(files).filter((file) => file.startsWith(`${folder}/`)).sort() });
const manifest = '{ "guildhall": { "kind": "module" } }';

describe('a migration', () => {
  it('comes after the module’s last, wherever that stands', () => {
    const made = migration({ folder: 'packages/hall/', name: 'colours', sql: 'alter table hall.entry add column colour text;' }, place({
      'packages/hall/package.json': manifest,
      'packages/hall/src/data/migrations.ts': `import { migration } from '@guildhall/kernel';\nimport { later } from '../later/migration';\n\nexport const migrations = [\n  migration('001-hall', \`select 1\`),\n  later,\n];\n`,
      'packages/hall/src/later/migration.ts': `export const later = migration('002-later', \`select 2\`);\n`,
    }));
    expect(made).toEqual({ ok: true, files: {}, nextSteps: [expect.stringContaining('Run the module’s tests')], changes: { 'packages/hall/src/data/migrations.ts': expect.stringContaining('  later,\n  migration(\'003-colours\', `\n    alter table hall.entry add column colour text;\n  `),\n];\n') } });
  });
  it('is a file of its own where the module has one for each', () => {
    const made = migration({ folder: 'libs/hall/module', name: 'old-names', kind: 'contract' }, place({ 'libs/hall/module/package.json': manifest, 'libs/hall/module/src/migrations/004-hall.ts': `migration('004-hall', ''` }));
    expect(made.ok && Object.entries(made.files)).toEqual([['libs/hall/module/src/migrations/005-old-names.ts', expect.stringMatching(/export const oldNames = migration\('005-old-names', `[^`]*`, 'contract'\);/)]]);
    expect(made.ok && made.nextSteps.join(' ')).toMatch(/Write its SQL.*It removes.*List it at the end/);
  });
  it('keeps SQL as it was written, whatever signs it has', () => {
    const made = migration({ folder: 'hall', name: 'odd', sql: 'select \'`\', \'\\\', \'${x}\'' }, place({ 'hall/package.json': manifest, 'hall/src/data/migrations.ts': 'export const migrations = [\n];\n' }));
    expect(made.ok && made.changes['hall/src/data/migrations.ts']).toContain('select \'\\`\', \'\\\\\', \'\\${x}\'');
  });
  it('belongs to a module that keeps data', () => {
    const problems = (world: World) => { const made = migration({ folder: 'hall', name: 'x1' }, world); return made.ok ? [] : made.problems; };
    expect(problems(EMPTY)).toEqual([expect.stringContaining('hall is no module')]);
    expect(problems(place({ 'hall/package.json': manifest }))).toEqual([expect.stringContaining('it keeps no data yet')]);
  });
});
