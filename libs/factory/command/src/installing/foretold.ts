import path from 'node:path';
import { CannotDo } from '../command';
import { installedAs, type AppFolder } from './app-folder';
import { filesIn, migrationsIn } from './contractions';
import type { Examined } from './examined';

/** What would be done to build the app and bring its database up to date, a line for whoever is asked. @throws CannotDo where it cannot be built */
export function foretold({ folder, manifest, packages, settings: { main } }: AppFolder, found: readonly Examined[]): readonly string[] {
  if (manifest.scripts?.['build'] === undefined) throw new CannotDo('package.json has no script “build”, by which the app would be built. Leave --migrate out, and build and migrate it yourself.');
  const migrations = found.flatMap(({ believed: { facts: { name } }, files }) => {
    const installed = installedAs(packages, name);
    const before = installed ? migrationsIn(filesIn(path.join(folder, installed.at))) : [];
    return migrationsIn(files).filter((id) => !before.includes(id)).map((id) => `${id} of ${name}`);
  });
  return ['', `  Then the app is built (npm run build), and its database brought up to date (node ${main} migrate): ${migrations.join(', ') || 'nothing of this is new to it'}.`];
}
