import type { DoctorFinding } from '@guildhall/catalogue-contract';
import { satisfies } from 'semver';
import type { InstalledPackage } from './installed-packages';

/** What the packages that a council's code names need of each other, by what they say of themselves. */
export function lookAtPackages(packages: readonly InstalledPackage[], named: ReadonlySet<string>, contracts: Readonly<Record<string, string>>, node: string): readonly DoctorFinding[] {
  const used = packages.filter(({ name }) => named.has(name));
  const findings = [...used.flatMap((one) => [...lacks(one, contracts), ...otherNode(one, node)]), ...doubles(used), ...twice(packages)];
  return findings.length ? findings : [{ weight: 'fine', subject: 'contracts', text: `${used.length} package${used.length === 1 ? '' : 's'} in use; each finds the contracts that it needs.` }];
}

/** Contracts that modules in use provide, with their versions, by what they say of themselves. */
export function providedBy(packages: readonly InstalledPackage[], named: ReadonlySet<string>): Readonly<Record<string, string>> {
  return Object.fromEntries(packages.filter(({ name, guildhall: { kind } }) => kind === 'module' && named.has(name)).flatMap(({ guildhall: { provides = {} } }) => Object.entries(provides)));
}

function lacks({ name, version, guildhall: { requires = {}, uses = {} } }: InstalledPackage, contracts: Readonly<Record<string, string>>): readonly DoctorFinding[] {
  const wrong = (contract: string, range: string): readonly DoctorFinding[] => {
    const has = contracts[contract];
    if (has === undefined || satisfies(has, range)) return [];
    return [{ weight: 'mend', subject: name, text: `${name} ${version} needs the contract “${contract}” ${range}, and this app has ${has}. Upgrade the one that is behind: npx guildhall upgrade` }];
  };
  return [
    ...Object.entries(requires).flatMap(([contract, range]): readonly DoctorFinding[] => contracts[contract] === undefined ? [{ weight: 'mend', subject: name, text: `${name} ${version} needs the contract “${contract}” (${range}), and nothing in this app provides it. Add a module that does.` }] : wrong(contract, range)),
    ...Object.entries(uses).flatMap(([contract, range]) => wrong(contract, range)),
  ];
}

function otherNode({ name, version, node }: InstalledPackage, running: string): readonly DoctorFinding[] {
  return node === undefined || satisfies(running, node) ? [] : [{ weight: 'mend', subject: name, text: `${name} ${version} needs Node.js ${node}, and this is ${running}.` }];
}

/** Two modules that provide the same contract, and two packages that call themselves the same. */
function doubles(used: readonly InstalledPackage[]): readonly DoctorFinding[] {
  const modules = used.filter(({ guildhall: { kind } }) => kind === 'module');
  return modules.flatMap((one, index) => modules.slice(index + 1).flatMap((other): readonly DoctorFinding[] => {
    const both = Object.keys(one.guildhall.provides ?? {}).filter((contract) => contract in (other.guildhall.provides ?? {}));
    return both.length ? [{ weight: 'mend', subject: one.name, text: `${one.name} and ${other.name} both provide ${both.join(', ')}. A council has one of each: npx guildhall remove ${other.name}, or the other.` }] : [];
  }));
}

/** A package that lies there in two versions: what one gives the other does not know. */
function twice(packages: readonly InstalledPackage[]): readonly DoctorFinding[] {
  const names = [...new Set(packages.map(({ name }) => name))];
  return names.flatMap((name): readonly DoctorFinding[] => {
    const versions = [...new Set(packages.filter((one) => one.name === name).map(({ version }) => version))];
    return versions.length > 1 ? [{ weight: 'mend', subject: name, text: `${name} is installed in the versions ${versions.join(' and ')}. Upgrade what needs the older one: npm ls ${name}` }] : [];
  });
}
