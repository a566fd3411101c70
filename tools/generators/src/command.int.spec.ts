import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FsTree, flushChanges, type Tree } from 'nx/src/generators/tree';
import { EMPTY } from './generator';
import { GENERATORS, schemaOf } from './by-name';
import { generatorsCommand } from './command';
import * as inNx from './nx/generators';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-generators-'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: '@westmarch/modules', workspaces: ['packages/*'] }));
});
afterEach(() => rmSync(folder, { recursive: true }));
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

describe('the command', () => {
  it('makes something, names every file and says what comes now', () => {
    const { code, text } = generatorsCommand(['service-pack', 'mooring-permit', '--fee', '12.50', '--title', 'Mooring permit', '--title-cy', 'Trwydded angori'], folder);
    expect([code, text]).toEqual([0, expect.stringMatching(/ {2}new {6}packages\/mooring-permit\/src\/case-type\.ts[^]*Now:\n {2}npm install[^]*Put the service's own/)]);
    expect(read('packages/mooring-permit/package.json')).toContain('"name": "@westmarch/mooring-permit"');
    expect(read('packages/mooring-permit/src/mooring-permit.ts')).toContain(`title: { en: 'Mooring permit', cy: 'Trwydded angori' }`);
  });
  it('overwrites nothing', () => {
    const again = () => generatorsCommand(['theme', 'westmarch', '--brand', '#5b2c6f'], folder);
    expect([again().code, again()]).toEqual([0, { code: 1, text: expect.stringContaining('packages/theme-westmarch/package.json is there already') }]);
  });
  it('says what is wrong, and how it is used', () => {
    expect(generatorsCommand(['provider', 'ferry', '--port', 'weather'], folder)).toEqual({ code: 1, text: expect.stringContaining('The port is "weather": a provider can be made for') });
    expect(generatorsCommand(['provider', 'ferry', '--gate', 'x'], folder)).toEqual({ code: 2, text: expect.stringMatching(/--gate[^]*Usage: npx @guildhall\/generators provider <name>/) });
    expect(generatorsCommand(['provider', '--help'], folder)).toEqual({ code: 0, text: expect.stringContaining('(payments, notifications, addresses, ') });
    expect(generatorsCommand(['cathedral'], folder)).toEqual({ code: 2, text: expect.stringContaining('Usage: npx @guildhall/generators <what> <name>') });
  });
});

describe('the guides', () => {
  const guides = path.join(__dirname, '../../../docs/guides');
  const commands = readdirSync(guides).sort().flatMap((guide) => [...readFileSync(path.join(guides, guide), 'utf8').matchAll(/^npx @guildhall\/generators (.+)$/gm)].map(([, typed = '']) => ({ guide, typed })));

  it('name commands that make what they say, one after another', () => {
    expect(commands.length).toBeGreaterThan(4);
    for (const { guide, typed } of commands) {
      const argv = [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      const { code, text } = generatorsCommand(argv, folder);
      expect([guide, typed, code, text]).toEqual([guide, typed, 0, expect.stringMatching(/^ {2}(new|changed) /)]);
    }
  });
});

describe('in a workspace of Nx', () => {
  const tree = (): Tree => new FsTree(folder, false);

  it('every generator that is listed is there, with what it takes', () => {
    const { generators } = JSON.parse(readFileSync(path.join(__dirname, '../generators.json'), 'utf8')) as { generators: Record<string, { factory: string; description: string }> };
    expect(Object.keys(generators)).toEqual(Object.keys(GENERATORS));
    for (const [name, { factory, description }] of Object.entries(generators)) {
      expect(typeof (inNx as unknown as Record<string, unknown>)[factory.split('#')[1] ?? '']).toBe('function');
      expect(schemaOf(name).title).toBe(description);
      const made = GENERATORS[name]?.({}, EMPTY);
      expect(made?.ok).toBe(false);
    }
  });
  it('the same files come as from the command', () => {
    const one = tree();
    inNx.capability(one, { name: 'lost-property', title: 'Lost property', titleCy: 'Eiddo coll' });
    inNx.migration(one, { name: 'colours', folder: 'packages/lost-property' });
    flushChanges(folder, one.listChanges());
    expect(read('packages/lost-property/src/data/migrations.ts')).toMatch(/001-entry[^]*002-colours/);
    const made = GENERATORS['capability']?.({ name: 'lost-property', title: 'Lost property', titleCy: 'Eiddo coll' }, { ...EMPTY, read: (file) => (file === 'package.json' ? read(file) : undefined) });
    expect(made?.ok && made.files['packages/lost-property-contract/package.json']).toBe(read('packages/lost-property-contract/package.json'));
  });
  it('what is wrong is said, and nothing is written', () => {
    const one = tree();
    expect(() => inNx.theme(one, { name: 'Westmarch', brand: 'red' })).toThrow(/The name of the theme is "Westmarch"[^]*The brand colour is "red"/);
    expect(one.listChanges()).toEqual([]);
  });
});
