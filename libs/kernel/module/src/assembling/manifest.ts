import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isModule } from './assemble';
import type { Council } from '@guildhall/kernel-contract';
import { installedCouncilOf, type Councils } from './installed-council';

/** What of people a package keeps, what for and for how long. @public */
export interface KeptOfPeople { readonly data: string; readonly purpose: string; readonly retention: string }

/** What package.json says under "guildhall", so that a catalogue can read it without running code. @public */
export interface Manifest {
  readonly kind: 'module' | 'provider' | 'service-pack' | 'theme' | 'contract';
  readonly id: string;
  readonly provides?: Readonly<Record<string, string>>;
  readonly requires?: Readonly<Record<string, string>>;
  readonly events?: readonly string[];
  readonly permissions?: readonly string[];
  /** What of people it keeps, what for and for how long: in English, and in Welsh where its maker says it. */
  readonly personalData?: readonly (KeptOfPeople & { readonly cy?: KeptOfPeople })[];
}

const read = new Map<string, Manifest | undefined>();

/** The manifests of the council's modules and service packs, as far as they have one. @public */
export function manifestsOf(ctx: { readonly council: Council }): readonly Manifest[] {
  return [...installedCouncilOf(ctx).installations.values()].flatMap(({ packageFolder }) => {
    if (packageFolder === undefined) return [];
    if (!read.has(packageFolder)) read.set(packageFolder, manifestIn(packageFolder));
    return read.get(packageFolder) ?? [];
  });
}

function manifestIn(packageFolder: string): Manifest | undefined {
  const file = join(packageFolder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { guildhall?: Manifest }).guildhall : undefined;
}

/**
 * Compares every module's manifest with its definition: a catalogue, and a council that trusts it, would otherwise be told something else than what runs.
 * @throws Error naming each difference
 */
export function checkManifests(councils: Councils): void {
  const problems = new Set<string>();
  const checked = new Set<unknown>();
  for (const { installations } of councils.all) {
    for (const installation of installations.values()) {
      if (!isModule(installation) || checked.has(installation.definition)) continue;
      const { definition } = installation;
      checked.add(definition);
      const guildhall = manifestIn(definition.packageFolder);
      if (!guildhall) continue;
      compare(problems, definition.id, 'events', guildhall.events, definition.events?.map((event) => event.type));
      compare(problems, definition.id, 'permissions', guildhall.permissions, definition.permissions?.map((permission) => permission.id));
      compare(problems, definition.id, 'contracts provided', Object.keys(guildhall.provides ?? {}), definition.provides?.map(({ contract }) => contract.id));
      if (guildhall.id !== definition.id) problems.add(`${definition.id}: its package.json says it is "${guildhall.id}".`);
    }
  }
  if (problems.size) throw new Error(`Manifests that do not say what the code does:\n${[...problems].map((problem) => `  - ${problem}`).join('\n')}`);
}

function compare(problems: Set<string>, module: string, what: string, said: readonly string[] = [], done: readonly string[] = []): void {
  const missing = done.filter((item) => !said.includes(item));
  const extra = said.filter((item) => !done.includes(item));
  if (missing.length) problems.add(`${module}: package.json does not name its ${what} ${missing.join(', ')}.`);
  if (extra.length) problems.add(`${module}: package.json names ${what} that it does not have: ${extra.join(', ')}.`);
}
