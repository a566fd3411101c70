import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LookedAt } from './look-at-code';

/** What is wrong with a package, or to be thought of, and what to do. */
export interface Finding { readonly weight: 'mend' | 'advice'; readonly subject: string; readonly text: string }

/** What package.json says, as far as it was looked at. */
export interface PackageJson {
  readonly name?: string; readonly version?: string; readonly description?: string; readonly license?: string; readonly files?: readonly string[]; readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string }; readonly repository?: unknown; readonly dependencies?: Readonly<Record<string, string>>; readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly guildhall?: {
    readonly kind?: string; readonly id?: string; readonly provides?: Readonly<Record<string, string>>; readonly requires?: Readonly<Record<string, string>>; readonly uses?: Readonly<Record<string, string>>;
    readonly events?: readonly string[]; readonly permissions?: readonly string[]; readonly permissionTitles?: Readonly<Record<string, { readonly en?: string; readonly cy?: string }>>; readonly extensionPoints?: readonly string[]; readonly personalData?: readonly { readonly data?: string; readonly toldElsewhere?: string }[]; readonly languages?: readonly string[]; readonly descriptions?: Readonly<Record<string, string>>; readonly conformance?: readonly string[]; readonly harness?: string; readonly screenshots?: readonly { readonly file?: string; readonly text?: { readonly en?: string; readonly cy?: string } }[];
  };
}

/** A package as it is checked. */
export interface ToCheck {
  readonly folder: string;
  readonly json: PackageJson;
  /** What npm would pack: paths, and how many bytes each has. */
  readonly files: ReadonlyMap<string, number>;
  /** What its code does; nothing where it was not loaded. */
  readonly code?: LookedAt;
}

export const mend = (subject: string, text: string): Finding => ({ weight: 'mend', subject, text });
export const advice = (subject: string, text: string): Finding => ({ weight: 'advice', subject, text });

/** A file of the package's as text; nothing where it is not packed. */
export function textOf({ folder, files }: ToCheck, file: string): string | undefined {
  return files.has(file) ? readFileSync(path.join(folder, file), 'utf8') : undefined;
}
