import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { notInstalled } from './installed.mjs';

let root: string;
beforeEach(() => { root = mkdtempSync(path.join(os.tmpdir(), 'guildhall-installed-')); });
afterEach(() => rmSync(root, { recursive: true }));

const PG = { version: '8.23.1', integrity: 'sha512-a' };

function lock(wanted: Record<string, object>): void {
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'guildhall' }, ...wanted } }));
}
function installed(found: Record<string, object>): void {
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: found }));
}

describe('knowing whether packages must be installed', () => {
  it('says yes in a fresh clone', () => {
    lock({ 'node_modules/pg': PG });
    expect(notInstalled(root)).toEqual(['node_modules']);
  });

  it('says no when all that the lock names is in place', () => {
    lock({ 'node_modules/pg': PG });
    installed({ 'node_modules/pg': PG });
    expect(notInstalled(root)).toEqual([]);
  });

  it('names a package that is missing, of another version, of other content, or no longer wanted', () => {
    lock({ 'node_modules/pg': PG, 'node_modules/pino': { version: '10.0.0' }, 'node_modules/@guildhall/ui': { resolved: 'libs/ui', link: true } });
    installed({ 'node_modules/pg': { ...PG, integrity: 'sha512-b' }, 'node_modules/pino': { version: '9.0.0' }, 'node_modules/old': { version: '1.0.0' } });
    expect(notInstalled(root)).toEqual(['node_modules/pg', 'node_modules/pino', 'node_modules/@guildhall/ui', 'node_modules/old']);
  });

  it(`does not miss another machine's optional packages, but does see one of the wrong version`, () => {
    const elsewhere = { version: '1.0.0', optional: true };
    lock({ 'node_modules/@swc/core-win32-x64-msvc': elsewhere, 'node_modules/@swc/core-linux-x64-gnu': elsewhere });
    installed({ 'node_modules/@swc/core-linux-x64-gnu': { version: '0.9.0', optional: true } });
    expect(notInstalled(root)).toEqual(['node_modules/@swc/core-linux-x64-gnu']);
  });
});
