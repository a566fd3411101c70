import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isOfKitFor } from '@guildhall/assurance-contract';
import { kitsOf } from '../docs/standards.mjs';
import { root } from '../workspace/build.mjs';
import { publishedPackages } from './packages.mjs';

/**
 * kits.json of each contract that has kits: by a kit's id, those of its cases that no implementation may lack, whatever it can do; those that came with a later version of it stand under `kit@version`. A council's policy holds reports
 * against it (docs/decisions/0016).
 *
 * @returns {Map<string, string>} by path below the root
 */
export function kitReports() {
  return new Map(contractsWithKits().map(({ folder, kits }) => [`${folder}/kits.json`, `${JSON.stringify(Object.fromEntries(kits.flatMap(demandsOf)), undefined, 2)}\n`]));
}

/** What keeps a contract from bringing it, and what would have older reports lack what nobody had asked of them. @returns {string[]} sentences */
export function kitProblems(reports) {
  return contractsWithKits().flatMap(({ folder, manifest, kits }) => {
    const file = path.join(root, folder, 'kits.json');
    return [
      ...(manifest.files?.includes('kits.json') ? [] : [`${folder}: its kits.json would not be packed. Name it under "files" in its package.json.`]),
      ...kits.flatMap((kit) => kitFaults(folder, manifest.guildhall, kit)),
      ...grownWithoutVersion(folder, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}, JSON.parse(reports.get(`${folder}/kits.json`) ?? '{}')),
    ];
  });
}

/** A contract speaks for its own kits only; and whoever provides a port's version has passed a kit that is no older. */
export function kitFaults(folder, { id: contract, provides = {} }, kit) {
  return [
    ...(kit.id.includes('.') && kit.id.split('.')[0] !== contract ? [`${folder}: the kit ${kit.id} bears another contract's id. Begin it with ${contract}.`] : []),
    ...Object.entries(provides).filter(([port, version]) => isOfKitFor({ kit: kit.id, contract: kit.contract }, port) && kit.version.localeCompare(version, 'en', { numeric: true }) < 0).map(([port, version]) => `${folder}: the kit ${kit.id} is at ${kit.version}, and ${port} at ${version}. Raise the kit's version to that.`),
  ];
}

/** No list that stands gains a case: reports by that version were made without it. */
export function grownWithoutVersion(folder, before, after) {
  return Object.entries(after).filter(([key]) => before[key]).map(([key, ids]) => [key, ids.filter((id) => !before[key].includes(id))]).filter(([, added]) => added.length > 0)
    .map(([key, added]) => `${folder}: ${added.join(', ')} of ${key} would be demanded of reports that were made before. Raise the kit's "version", and say it as the case's "since".`);
}

function contractsWithKits() {
  return publishedPackages().map(({ folder, manifest }) => ({ folder, manifest, kits: kitsOf(folder, manifest) })).filter(({ kits }) => kits.length > 0);
}

/** @returns {[string, string[]][]} */
export function demandsOf({ id, cases }) {
  const demanded = cases.filter(({ needs }) => needs === undefined);
  const versions = [...new Set(demanded.flatMap(({ since }) => since ?? []))].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return [undefined, ...versions].map((version) => [version ? `${id}@${version}` : id, demanded.filter(({ since }) => since === version).map((one) => one.id).sort()]);
}
