import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What differs between the packages that package-lock.json names and those that npm has put into node_modules.
 *
 * @param {string} root the repository's folder
 * @returns {string[]} paths of packages; empty when all is in place
 */
export function notInstalled(root) {
  const kept = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(kept)) return ['node_modules'];
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const found = packagesOf(kept);
  const missing = Object.entries(wanted).filter(([at, entry]) => at !== '' && !isSame(entry, found[at]) && !(found[at] === undefined && mayBeMissing(entry)));
  const surplus = Object.keys(found).filter((at) => wanted[at] === undefined);
  return [...missing.map(([at]) => at), ...surplus];
}

/** Optional packages are for one kind of machine each; npm installs those of this one. */
function mayBeMissing(entry) { return entry.optional === true || entry.devOptional === true || entry.peer === true; }

function isSame(one, other) {
  return other !== undefined && one.version === other.version && one.integrity === other.integrity && one.link === other.link && one.resolved === other.resolved;
}

function packagesOf(file) { return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}; }
