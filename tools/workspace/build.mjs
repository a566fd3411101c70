import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Compiles what has changed.
 *
 * @param {string[]} projects folders to build with what they need; everything when empty
 * @returns {boolean} whether it compiles
 */
export function build(projects = []) {
  return spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b', ...projects], { cwd: root, stdio: 'inherit' }).status === 0;
}
