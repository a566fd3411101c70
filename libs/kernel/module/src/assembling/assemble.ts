import type { Installation, Registration } from '@guildhall/kernel-contract';
import { isOfThisKernel, type ModuleInstallation } from './define-module';
import { satisfiesRange } from './version-range';

/** A wrong assembly, refused with a sentence that names both sides and the remedy. @public */
export class WrongAssembly extends Error {
  constructor(readonly council: string, readonly problems: readonly string[]) {
    super(`${council} cannot be assembled:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'WrongAssembly';
  }
}

/** @public */
export function isModule(installation: Installation): installation is ModuleInstallation {
  return installation.kind === 'module';
}

/**
 * Sorts a council's installations so that whatever provides a contract comes before what requires it.
 * @throws WrongAssembly on a cycle, a missing contract or one of the wrong version, an id used twice, a contract provided twice
 */
export function assemble(council: string, installations: readonly Installation[]): readonly Installation[] {
  const problems: string[] = [];
  const byId = new Map<string, Installation>();
  const providerOf = new Map<string, { installation: ModuleInstallation; version: string }>();
  for (const installation of installations) {
    if (byId.has(installation.id)) problems.push(`"${installation.id}" is in the list of modules twice. Keep one of them.`);
    byId.set(installation.id, installation);
    if (!isModule(installation)) continue;
    if (!isOfThisKernel(installation.definition)) problems.push(`"${installation.id}" (${installation.packageFolder}) was made by another copy of @guildhall/kernel than the one of this app. npm links folders: install it from a registry, or by npm install --install-links.`);
    for (const { contract } of installation.definition.provides ?? []) {
      const other = providerOf.get(contract.id);
      if (other) problems.push(`"${other.installation.id}" and "${installation.id}" both provide ${contract.id}. A council has one of each: remove one from modules.`);
      else providerOf.set(contract.id, { installation, version: contract.version });
    }
  }
  for (const { id, requires } of installations) {
    for (const { contract, range } of requires) {
      const provider = providerOf.get(contract.id);
      if (!provider) problems.push(`"${id}" requires ${contract.id} ${range}, and no module here provides it. Add ${contract.id}() to modules, or remove ${id}.`);
      else if (!satisfiesRange(provider.version, range)) problems.push(`"${id}" requires ${contract.id} ${range}, but "${provider.installation.id}" provides ${provider.version}. Install a version of one that fits the other.`);
    }
  }
  problems.push(...doubleRegistrations(installations));
  if (problems.length) throw new WrongAssembly(council, problems);
  return inOrder(council, installations, (id) => providerOf.get(id)?.installation);
}

function doubleRegistrations(installations: readonly Installation[]): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const installation of installations) {
    for (const registration of installation.registers) {
      const id = idOf(registration);
      if (id === undefined) continue;
      const slot = `${registration.point.id}:${id}`;
      const other = seen.get(slot);
      if (other) problems.push(`"${other}" and "${installation.id}" both register "${id}" at ${registration.point.id}. One must have another id, or be removed.`);
      seen.set(slot, installation.id);
    }
  }
  return problems;
}

function idOf({ extension }: Registration): string | undefined {
  if (typeof extension !== 'object' || extension === null) return undefined;
  const { id, slug, version } = extension as { id?: unknown; slug?: unknown; version?: unknown };
  const name = typeof id === 'string' ? id : typeof slug === 'string' ? slug : undefined;
  // Versions of one thing stand side by side: a case keeps the version of its type with which it was opened.
  return name !== undefined && typeof version === 'number' ? `${name}@${version}` : name;
}

function inOrder(council: string, installations: readonly Installation[], providerOf: (contract: string) => Installation | undefined): readonly Installation[] {
  const sorted: Installation[] = [];
  const state = new Map<string, 'visiting' | 'sorted'>();
  const visit = (installation: Installation, path: readonly string[]): void => {
    if (state.get(installation.id) === 'sorted') return;
    if (state.get(installation.id) === 'visiting') {
      const cycle = [...path.slice(path.indexOf(installation.id)), installation.id].join(' → ');
      throw new WrongAssembly(council, [`The modules require one another in a circle: ${cycle}. One of them must use an event or an optional contract instead.`]);
    }
    state.set(installation.id, 'visiting');
    for (const { contract } of installation.requires) {
      const provider = providerOf(contract.id);
      if (provider && provider.id !== installation.id) visit(provider, [...path, installation.id]);
    }
    state.set(installation.id, 'sorted');
    sorted.push(installation);
  };
  for (const installation of [...installations].sort((a, b) => a.id.localeCompare(b.id))) visit(installation, []);
  return sorted;
}
