import path from 'node:path';
import { allDemands, readDemands, type KitDemands } from '@guildhall/assurance-contract';
import { jsonFile } from './council-settings';
import type { InstalledPackage } from './installed-packages';

/** What kits demand of everybody: each contract that is installed says it of its own (`kits.json`). @throws CannotDo when one of these is no JSON */
export function kitDemands(folder: string, packages: readonly InstalledPackage[]): KitDemands {
  const contracts = packages.filter(({ guildhall: { kind } }) => kind === 'contract');
  return allDemands(contracts.map(({ at }) => { const told = readDemands(jsonFile(path.join(folder, at, 'kits.json')) ?? {}); return told.ok ? told.value : {}; }));
}
