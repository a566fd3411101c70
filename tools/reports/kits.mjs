import { publishedPackages } from './packages.mjs';
import { kitsOf } from '../docs/standards.mjs';

/**
 * kits.json of each contract that has kits: by a kit's id, those of its cases that no implementation may lack, whatever it can do. A council's policy holds reports against it.
 *
 * @returns {Map<string, string>} by path below the root
 */
export function kitReports() {
  const found = publishedPackages().map(({ folder, manifest }) => [folder, kitsOf(folder, manifest)]).filter(([, kits]) => kits.length > 0);
  return new Map(found.map(([folder, kits]) => [`${folder}/kits.json`, `${JSON.stringify(Object.fromEntries(kits.map(({ id, cases }) => [id, cases.filter(({ needs }) => needs === undefined).map((one) => one.id).sort()])), undefined, 2)}\n`]));
}

/** What keeps a contract from bringing it. @returns {string[]} sentences */
export function kitProblems(reports) {
  return publishedPackages().filter(({ folder, manifest }) => reports.has(`${folder}/kits.json`) && !manifest.files?.includes('kits.json')).map(({ folder }) => `${folder}: its kits.json would not be packed. Name it under "files" in its package.json.`);
}
