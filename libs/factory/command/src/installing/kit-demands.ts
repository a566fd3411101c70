import path from 'node:path';
import { kitDemands, type KitDemands } from '@guildhall/assurance-contract';
import { jsonFile } from './council-settings';
import type { InstalledPackage } from './installed-packages';

/** What the kits of an app's contracts demand of everybody. @throws CannotDo when a kits.json is no JSON */
export function installedDemands(folder: string, packages: readonly InstalledPackage[]): KitDemands {
  return kitDemands(packages.filter(({ guildhall: { kind } }) => kind === 'contract').map(({ at, guildhall: { id } }) => ({ contract: id, kits: jsonFile(path.join(folder, at, 'kits.json')) ?? {} })));
}
