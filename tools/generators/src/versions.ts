import { readFileSync } from 'node:fs';
import path from 'node:path';

// What generated packages are built with stands among this package's own development dependencies: releases and updates move it there as everywhere else.
const { devDependencies } = JSON.parse(readFileSync(path.join(__dirname, '../package.json'), 'utf8')) as { devDependencies: Readonly<Record<string, string>> };

/** The versions of these packages with which this generator's output was tested, in the order of their names. @throws Error for one that is not known: a fault of ours */
export function versionsOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...names].sort().map((name) => {
    const version = devDependencies[name];
    if (version === undefined) throw new Error(`No version of ${name} is known.`);
    return [name, version];
  }));
}
