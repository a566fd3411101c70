import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CouncilReport, PackageKind } from '@guildhall/catalogue-contract';
import { CannotDo } from '../command';
import { jsonFile, textFile } from './council-settings';

type Ranges = Readonly<Record<string, string>>;
/** What a package says of itself, as far as it is needed here. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Ranges;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Ranges;
  readonly peerDependencies?: Ranges;
  readonly guildhall?: { readonly kind: PackageKind; readonly id: string; readonly owner?: string; readonly provides?: Ranges; readonly requires?: Ranges; readonly uses?: Ranges; readonly conformance?: readonly string[]; readonly isSandbox?: boolean };
  readonly copiedFrom?: CopiedFrom;
}
/** Where a service was copied from, and what its files were: SHA-256 in hexadecimal, by their paths. */
export interface CopiedFrom { readonly name: string; readonly version: string; readonly files: Readonly<Record<string, string>> }

/** A package of this kind of packages that lies in node_modules. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly guildhall: NonNullable<Manifest['guildhall']>;
  readonly node?: string;
  /** What it expects to find beside it. */
  readonly peers?: Ranges;
  /** As npm writes it; nothing for what lies in the council's own repository. */
  readonly integrity?: string;
  /** Its folder, from the council's: `node_modules/@guildhall/payments`. */
  readonly at: string;
}

interface Lock { readonly packages?: Readonly<Record<string, { readonly version?: string; readonly integrity?: string; readonly link?: boolean }>> }

/** The council's own package.json. @throws CannotDo where there is none */
export function ownManifest(folder: string): Manifest {
  const found = jsonFile(path.join(folder, 'package.json'));
  if (found === undefined) throw new CannotDo(`There is no package.json in ${folder}. Go to the folder of the council’s app first.`);
  return found as Manifest;
}

/** What npm has written down, of what is there or is to be there. */
export function lockedIn(folder: string, file = 'package-lock.json'): NonNullable<Lock['packages']> { return (jsonFile(path.join(folder, file)) as Lock | undefined)?.packages ?? {}; }

/** Packages that say what they are to a council, wherever they lie in node_modules. @throws CannotDo when nothing is installed */
export function installedPackages(folder: string): readonly InstalledPackage[] {
  if (!existsSync(path.join(folder, 'node_modules'))) throw new CannotDo('Nothing is installed here. Run: npm install');
  const locked = Object.entries({ ...lockedIn(folder), ...lockedIn(folder, 'node_modules/.package-lock.json') });
  return locked.filter(([at]) => at.startsWith('node_modules/') || at.includes('/node_modules/')).flatMap(([at, { integrity }]) => {
    const manifest = jsonFile(path.join(folder, at, 'package.json')) as Manifest | undefined;
    if (!manifest?.guildhall || manifest.name === undefined || manifest.version === undefined) return [];
    return [{ name: manifest.name, version: manifest.version, guildhall: manifest.guildhall, at, ...(manifest.engines?.node !== undefined && { node: manifest.engines.node }), ...(manifest.peerDependencies && { peers: manifest.peerDependencies }), ...(integrity !== undefined && { integrity }) }];
  }).sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/** Packages that a council's configuration names, and the files of the council's own that it takes in. Another configuration beside it, for trials, is another app. */
export function namedInCode(folder: string, configuration: string): ReadonlySet<string> {
  const names = new Set<string>();
  const read = new Set<string>();
  const follow = (file: string): void => {
    const text = read.has(file) ? undefined : textFile(path.join(folder, file));
    read.add(file);
    for (const [, from = ''] of (text ?? '').matchAll(/\bfrom\s+['"]([^'"]+)['"]/g)) {
      const beside = path.posix.join(path.posix.dirname(file), from.replace(/\.[cm]?js$/, ''));
      if (from.startsWith('.')) for (const one of [`${beside}.ts`, `${beside}/index.ts`]) follow(one);
      else names.add(from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  follow(configuration);
  return names;
}

/** As a council's report lists them. */
export function reported({ name, version, guildhall: { kind, id }, integrity }: InstalledPackage): CouncilReport['packages'][number] { return { name, version, kind, id, ...(integrity !== undefined && { integrity }) }; }
