import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { CouncilReport, DoctorFinding } from '@guildhall/catalogue-contract';
import { jsonFile } from './council-settings';
import type { CopiedFrom, Manifest } from './installed-packages';

/** Folders in which nobody keeps a service of their own. */
const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.guildhall']);
const DEPTH = 4;

/** Services that were copied to be changed, and how far each has gone from what it was. */
export function copiesIn(folder: string): CouncilReport['copies'] {
  return packagesBelow(folder, '', DEPTH).flatMap((at) => {
    const { copiedFrom } = jsonFile(path.join(folder, at, 'package.json')) as Manifest;
    return copiedFrom ? [{ folder: at, from: copiedFrom.name, version: copiedFrom.version, filesChanged: changedSince(path.join(folder, at), copiedFrom) }] : [];
  });
}

/** @param latest by package: its newest version, where it is known */
export function lookAtCopies(copies: CouncilReport['copies'], latest: ReadonlyMap<string, string>): readonly DoctorFinding[] {
  return copies.map(({ folder, from, version, filesChanged }) => {
    const newer = latest.get(from);
    const text = `${folder} is a copy of ${from} ${version}: ${filesChanged === 0 ? 'nothing in it was changed, and the package itself would do' : `${filesChanged} file${filesChanged === 1 ? ' differs' : 's differ'}`}.${newer !== undefined && newer !== version ? ` ${newer} is out: what it mends is not in the copy.` : ''}`;
    return { weight: filesChanged === 0 || (newer !== undefined && newer !== version) ? 'advice' : 'fine', subject: folder, text };
  });
}

/** The files of a folder and their SHA-256 in hexadecimal. */
export function digestsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join('/'));
  return Object.fromEntries(files.filter((file) => file !== 'package.json').sort().map((file) => [file, createHash('sha256').update(readFileSync(path.join(folder, file))).digest('hex')]));
}

/** How many files were changed, added or taken away. */
function changedSince(folder: string, { files }: CopiedFrom): number {
  const now = digestsOf(folder);
  return [...new Set([...Object.keys(files), ...Object.keys(now)])].filter((file) => files[file] !== now[file]).length;
}

function packagesBelow(folder: string, at: string, depth: number): readonly string[] {
  const here = readdirSync(path.join(folder, at), { withFileTypes: true }).filter((one) => one.isDirectory() && !NOT_OURS.has(one.name)).map(({ name }) => path.posix.join(at, name));
  return here.flatMap((one) => [...(existsSync(path.join(folder, one, 'package.json')) ? [one] : []), ...(depth > 1 ? packagesBelow(folder, one, depth - 1) : [])]);
}
