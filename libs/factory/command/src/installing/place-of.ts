import type { PackageFacts } from '@guildhall/catalogue-contract';
import { CannotDo } from '../command';
import type { Place } from './configuration/configure';
import type { InstalledPackage } from './installed-packages';

/** Among what a package goes in a configuration; nothing for what is not in a list there (a theme), or not written there at all (a contract, a tool). @throws CannotDo */
export function placeOf({ name, kind, provides }: Pick<PackageFacts, 'name' | 'kind' | 'provides'>, packages: readonly InstalledPackage[], { into = 'providers', council }: { readonly into?: string; readonly council?: string }): Place | undefined {
  if (kind === 'module' || kind === 'service-pack') return { ...(council !== undefined && { council }) };
  return kind === 'provider' ? { module: moduleFor(name, Object.keys(provides), packages), part: into } : undefined;
}

/** The package of the module to which a port belongs: `payments.payment-provider` is of whatever provides payments. @throws CannotDo */
export function moduleFor(name: string, ports: readonly string[], packages: readonly InstalledPackage[]): string {
  const capabilities = ports.map((port) => port.split('.')[0] ?? port);
  const module = packages.find(({ guildhall: { kind, id, provides = {} } }) => kind === 'module' && (capabilities.includes(id) || capabilities.some((one) => one in provides)));
  if (!module) throw new CannotDo(`${name} is for ${ports.join(', ') || 'no port'}, and no module that has a place for it is installed.`);
  return module.name;
}
