import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Generated, World } from './generator';

/** A folder as the world that a generator sees. @public */
export function worldAt(folder: string): World {
  return {
    read: (file) => {
      try {
        return readFileSync(path.join(folder, file), 'utf8');
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
        throw error;
      }
    },
    list: (below) => (existsSync(path.join(folder, below)) ? readdirSync(path.join(folder, below), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort() : []),
  };
}

/** Writes what was generated: a file that has come since is not overwritten. @public @throws Error of the file system */
export function writeTo(folder: string, { files, changes }: Pick<Generated, 'files' | 'changes'>): void {
  for (const [file, text, flag] of [...Object.entries(files).map(([name, words]) => [name, words, 'wx'] as const), ...Object.entries(changes).map(([name, words]) => [name, words, 'w'] as const)]) {
    const to = path.join(folder, file);
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, text, { flag });
  }
}
