import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../workspace/build.mjs';

/** @typedef {{ folder: string, name: string, manifest: Record<string, any> }} Package folder from the root; name without its scope; manifest is its package.json */

/**
 * The packages of this repository, in order of their names.
 *
 * @returns {Package[]}
 */
export function packages() {
  const folders = read('package.json').workspaces.flatMap((pattern) => foldersLike(pattern.split('/')));
  return [...new Set(folders)]
    .map((folder) => ({ folder, manifest: read(path.join(folder, 'package.json')) }))
    .map(({ folder, manifest }) => ({ folder, name: manifest.name.replace('@guildhall/', ''), manifest }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The packages that are published. */
export function publishedPackages() { return packages().filter(({ manifest }) => !manifest.private); }

/** The folders that hold a package and fit a pattern in which `*` stands for one folder. */
function foldersLike([part, ...rest], from = '') {
  if (part === undefined) return existsSync(path.join(root, from, 'package.json')) ? [from] : [];
  if (part !== '*') return existsSync(path.join(root, from, part)) ? foldersLike(rest, path.join(from, part)) : [];
  return readdirSync(path.join(root, from), { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap((entry) => foldersLike(rest, path.join(from, entry.name)));
}

function read(file) { return JSON.parse(readFileSync(path.join(root, file), 'utf8')); }
