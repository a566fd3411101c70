import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Remembered, printOf } from './remembered.mjs';

let folder: string;
const file = (name: string): string => path.join(folder, name);
const git = (...args: string[]): void => { expect(spawnSync('git', args, { cwd: folder }).status).toBe(0); };
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-remembered-'));
  git('init', '-q');
  writeFileSync(file('.gitignore'), 'dist/\n');
  writeFileSync(file('one.ts'), 'export const one = 1;\n');
  git('add', '.');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what a working folder is', () => {
  it('is the same until a file of it changes, comes or goes, and again when that is taken back', () => {
    const before = printOf(folder);
    expect(printOf(folder)).toBe(before);
    writeFileSync(file('one.ts'), 'export const one = 2;\n');
    const changed = printOf(folder);
    writeFileSync(file('one.ts'), 'export const one = 1;\n');
    expect(printOf(folder)).toBe(before);
    writeFileSync(file('two.ts'), '');
    const more = printOf(folder);
    rmSync(file('two.ts'));
    rmSync(file('one.ts'));
    expect(new Set([before, changed, more, printOf(folder)]).size).toBe(4);
  });
  it('does not change with what is made from it', () => {
    const before = printOf(folder);
    mkdirSync(file('dist'));
    writeFileSync(file('dist/one.js'), 'exports.one = 1;\n');
    expect(printOf(folder)).toBe(before);
  });
  it('is not known where Git is not asked', () => {
    rmSync(file('.git'), { recursive: true });
    expect(printOf(folder)).toBeUndefined();
  });
});

describe('what passed', () => {
  const kept = { passed: 5, failed: 0, skipped: 1 };
  it('is remembered as long as the folder is what it was', () => {
    new Remembered(file('kept.json'), 'as it was').keep('unit', kept);
    new Remembered(file('kept.json'), 'as it was').keep('lint', { passed: 1, failed: 0, skipped: 0 });
    expect(new Remembered(file('kept.json'), 'as it was').find('unit')).toEqual(kept);
    expect(new Remembered(file('kept.json'), 'otherwise').find('unit')).toBeUndefined();
    new Remembered(file('kept.json'), 'otherwise').keep('lint', { passed: 1, failed: 0, skipped: 0 });
    expect(new Remembered(file('kept.json'), 'otherwise').find('unit')).toBeUndefined();
  });
  it('is not what failed, nor what ran no test, nor anything of a folder that is not known', () => {
    const remembered = new Remembered(file('kept.json'), 'as it was');
    remembered.keep('unit', { passed: 5, failed: 1, skipped: 0 });
    remembered.keep('lint', { passed: 0, failed: 0, skipped: 0 });
    new Remembered(file('kept.json'), undefined).keep('unit', kept);
    expect([remembered.find('unit'), remembered.find('lint'), new Remembered(file('kept.json'), undefined).find('unit')]).toEqual([undefined, undefined, undefined]);
  });
  it('is nothing where what was kept cannot be read', () => {
    writeFileSync(file('kept.json'), '{');
    expect(new Remembered(file('kept.json'), 'as it was').find('unit')).toBeUndefined();
  });
});
