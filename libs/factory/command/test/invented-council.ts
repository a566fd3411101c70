import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { World } from '../src/command';
import type { Manifest } from '../src/installing/installed-packages';

/** A council's repository in a folder of its own, with packages that say what they are and do nothing. */
export class InventedCouncil {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-council-'));
  readonly said: string[] = [];
  readonly #locked: Record<string, { version: string; integrity?: string }> = {};

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write('package.json', JSON.stringify({ name: 'brackenfield', version: '1.0.0', private: true }));
    this.write('src/council.config.ts', CONFIGURATION);
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    mkdirSync(path.join(this.folder, 'node_modules'), { recursive: true });
    symlinkSync(path.dirname(require.resolve('typescript/package.json')), path.join(this.folder, 'node_modules/typescript'));
    this.has('@guildhall/cases', { kind: 'module', id: 'cases', provides: { cases: '0.1.0' } });
    this.has('@guildhall/payments', { kind: 'module', id: 'payments', provides: { payments: '0.1.0' }, uses: { cases: '^0.1.0' } });
  }

  world(changes: Partial<World> = {}): World {
    return { folder: this.folder, now: new Date('2026-11-30T12:00:00Z'), env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_|NODE_OPTIONS|JEST_)/.test(name))), say: (line) => void this.said.push(line), confirm: () => Promise.resolve(undefined), ...changes };
  }

  write(file: string, text: string): void {
    const at = path.join(this.folder, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
  read(file: string): string { return readFileSync(path.join(this.folder, file), 'utf8'); }

  /** A package that is installed, as npm would have written it down. */
  has(name: string, guildhall: Manifest['guildhall'], { version = '0.1.0', at = `node_modules/${name}`, integrity, ...manifest }: Omit<Manifest, 'name' | 'guildhall'> & { readonly at?: string; readonly integrity?: string } = {}): this {
    this.write(`${at}/package.json`, JSON.stringify({ name, version, guildhall, ...manifest }));
    this.#locked[at] = { version, ...(integrity !== undefined && { integrity }) };
    this.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: this.#locked }));
    return this;
  }

  forget(): void { rmSync(this.folder, { recursive: true, force: true }); }
}

export const CONFIGURATION = `import { cases } from '@guildhall/cases';
import { defineCouncil } from '@guildhall/kernel-contract';
import { payments } from '@guildhall/payments';

/** What is in the council's app. */
export const brackenfield = defineCouncil('brackenfield', () => ({
  council: { name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england' },
  modules: [
    payments({ providers: [] }), // Nobody pays yet.
    cases(),
  ],
}));
`;
